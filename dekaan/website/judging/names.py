"""Names of people as a page writes them: with a title or without, first name first or last."""

import re
import unicodedata
from dataclasses import dataclass

_SPANS = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))  # Latin letters, with those of Poland, Turkey and Vietnam
_LARGE = "".join(chr(each) for each in _SPANS if chr(each).isupper())
_LOW = "".join(chr(each) for each in _SPANS if chr(each).islower())
TITLE = r"(?:Mr|MR|Mrs|MRS|Ms|MS|Miss|MISS|Mx|MX|Dr|DR|Prof(?:essor)?|PROF(?:ESSOR)?|Rev(?:erend)?|Sir|Dame|Fr|Sr|Canon)\b\.?"
_CORE = rf"[{_LARGE}][{_LOW}]+(?:[{_LARGE}][{_LOW}]+)*"  # "Hall", "MacDonald", "LeAnne"
_WORD = rf"(?:(?:O['’]|D['’])?{_CORE}(?:[’'-](?:{_CORE}|[{_LOW}]+))*)"
_CAPITALS = rf"(?:[{_LARGE}]['’])?[{_LARGE}]{{2,}}(?:[-'’][{_LARGE}]+)*"  # only after a title
_INITIAL = rf"(?:[{_LARGE}](?:\.\s?[{_LARGE}])*\.?)"
_SMALL = r"(?:(?:van der|van den|van|von|de la|de|del|da|di|bin|ibn|al|el|le|la)\s)"
# Words that a page writes large and that name nobody.
NO_NAMES = frozenset(
    "a about ask see meet visit speak write academy access adviser advisor advisers advisors all an and annual apprenticeship apprenticeships arrange "
    "art assistant at autumn benchmark benchmarks biology book business by call career careers chemistry co-ordinator "
    "coordinator college company compass contact council curriculum date deputy details director education email e-mail "
    "employability employer employers english enquiries enterprise experience form further gatsby general geography "
    "governor governors group guidance head headteacher health hello history home how hub if impact in independent "
    "information is it key lead leader learning level library link local main management manager maths mentor monday "
    "national next north number of office officer on open opportunities or our page parent parents pastoral pathways "
    "personal phone please post principal programme progression provider pshe pupil pupils reception review role school "
    "science secretary senco senior service sixth social south spring stage staff statement student students subject "
    "learning lane street road hall house avenue centre trust foundation education institute "
    "summer support teacher tel telephone the their they this to tutor university us vice view we welcome west who work "
    "year years you your january february march april may june july august september october november december".split()
)
# Of these, those that are surnames or forenames too: after a title they name somebody.
_NAMES_TOO = frozenset(
    "april art august hall head house june lane march may north page road south spring stage street summer west".split()
)
_NEVER = NO_NAMES - _NAMES_TOO
NAME = re.compile(
    rf"(?:{TITLE}\s+(?:{_INITIAL}\s+){{0,3}}{_SMALL}?(?:{_WORD}|{_CAPITALS})(?:\s+{_SMALL}?(?:{_WORD}|{_CAPITALS})){{0,3}}"
    rf"|{_WORD}(?:\s+{_INITIAL}){{0,2}}(?:\s+{_SMALL}?{_WORD}){{1,3}}"
    rf"|{_INITIAL}(?:\s+{_INITIAL}){{0,2}}\s+{_SMALL}?{_WORD}"
    rf"|{_WORD},\s+(?:{TITLE}\s+)?(?:{_WORD}|{_INITIAL})(?!\w))"
)
_TITLED = re.compile(rf"^{TITLE}\s+")


@dataclass(frozen=True)
class Name:
    """What looks like a person's name, and where it begins and ends."""

    words: str
    at: int
    to: int


def names_in(text: str, ours: str = "") -> list[Name]:
    """What looks like a person's name, in order; `ours` is found wherever it stands, whatever its words mean besides."""
    found, at = _where_ours(text, ours), 0
    taken = [(each.at, each.to) for each in found]
    while match := NAME.search(text, at):
        name = _without_no_names(match.group())
        if name and all(match.start() + len(name) <= first or match.start() >= last for first, last in taken):
            found.append(Name(name, match.start(), match.start() + len(name)))
            at = match.start() + len(name)
        else:  # begin again after its first word
            at = match.start() + max(1, len(re.split(r"[\s,]", match.group())[0]))
    return sorted(found, key=lambda each: each.at)


def _where_ours(text: str, ours: str) -> list[Name]:
    """The name of our records: in either order, with an initial for the forename, in capitals or without accents."""
    parts = [re.escape(each).replace("'", "['’]?") for each in re.split(r"[\s.]+", _bare(ours)) if each]
    if len(parts) < 2:
        return []
    first, last, initials = parts[0], parts[-1], r"(?:[a-z]\.?\s*){0,2}"
    title, whole = rf"(?:{TITLE}\s+)?", r"\s+".join(parts)
    ways = (
        rf"{title}{whole}", rf"{title}{first}\s+{initials}{last}", rf"{title}{first[0]}\.?\s*{initials}{last}",
        rf"{last},?\s+{title}(?:{first}|{first[0]})", rf"{TITLE}\s+{last}",
    )  # fmt: skip
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)
    return [Name(text[each.start() : each.end()], each.start(), each.end()) for each in pattern.finditer(_bare(text))]


_LETTERS = str.maketrans({"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "\u0131": "i", "’": "'"})


def _bare(text: str) -> str:
    """The text without accents, letter for letter as long as it was."""
    return "".join(unicodedata.normalize("NFKD", each)[0] for each in text.translate(_LETTERS))


def _without_no_names(name: str) -> str:
    """The name, or "" where a word of it is none; after a title, as far as it is one: “Mrs Hall” of “Mrs Hall Careers”."""
    if not (titled := _TITLED.match(name)):
        return "" if any(each.strip(".,").casefold() in NO_NAMES for each in name.split()) else name
    kept = titled.end()
    for number, word in enumerate(re.finditer(r"\S+", name[titled.end() :])):
        if word.group().strip(".,").casefold() in _NEVER:
            return "" if number == 0 else name[:kept].rstrip()
        kept = titled.end() + word.end()
    return name


def name_at_start(text: str, ours: str = "") -> str:
    """The name with which the text begins; empty where it begins with none."""
    found = names_in(text[:80], ours)
    return found[0].words if found and not text[: found[0].at].strip(" :–—-|•") else ""


def is_only_a_name(text: str, ours: str = "") -> bool:
    """Whether the text is a name and nothing more."""
    found = names_in(text, ours)
    return bool(found) and text.strip(" :–—-|•,.") == found[0].words.strip(" ,.")


def same_person(one: str, other: str) -> bool:
    """Whether two ways of writing a name may be one person's: a title, initials and the order do not matter."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return False
    if set(first) == set(second):
        return True
    if not _same_surname(first[-1], second[-1]):
        return False
    given, other_given = first[:-1], second[:-1]
    if not given or not other_given:
        return True
    return given[0] == other_given[0] or (1 in {len(given[0]), len(other_given[0])} and given[0][0] == other_given[0][0])  # fmt: skip


def _same_surname(one: str, other: str) -> bool:
    """Of a double name one half may be left out."""
    return one == other or bool(set(one.split("-")) & set(other.split("-")))


def _parts(name: str) -> list[str]:
    """The words of a name in small letters, the surname last, without accents and titles."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    plain = re.sub(rf"^\s*{TITLE}", "", plain)
    if "," in plain:
        surname, _, rest = plain.partition(",")
        plain = re.sub(rf"^\s*{TITLE}", "", rest) + f" {surname}"
    return [each for each in re.split(r"[\s.]+", plain.casefold().replace("'", "")) if each]
