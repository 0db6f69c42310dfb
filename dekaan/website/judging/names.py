"""Names of people as a page writes them: with a title or without, first name first or last."""

import re
import unicodedata

TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Rev(?:erend)?|Sir|Dame|Fr|Sr|Canon)\b\.?"
_WORD = (
    r"(?:(?:O['’]|Mc|Mac|D['’])[A-Z][a-zà-öø-ÿ]+(?:-[A-Z][a-zà-öø-ÿ]+)*|[A-Z][a-zà-öø-ÿ]+(?:[’'-][A-Z]?[a-zà-öø-ÿ]+)*)"
)
_INITIAL = r"(?:[A-Z](?:\.\s?[A-Z])*\.?)"
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
NAME = re.compile(
    rf"(?:{TITLE}\s+(?:{_INITIAL}\s+){{0,3}}{_SMALL}?{_WORD}(?:\s+{_SMALL}?{_WORD}){{0,3}}"
    rf"|{_WORD}(?:\s+{_INITIAL}){{0,2}}(?:\s+{_SMALL}?{_WORD}){{1,3}}"
    rf"|{_INITIAL}(?:\s+{_INITIAL}){{0,2}}\s+{_SMALL}?{_WORD}"
    rf"|{_WORD},\s+(?:{TITLE}\s+)?(?:{_WORD}|{_INITIAL})(?!\w))"
)
_TITLED = re.compile(rf"^{TITLE}\s")


def names_in(text: str) -> list[re.Match[str]]:
    """What looks like a person's name, in order."""
    found, at = [], 0
    while match := NAME.search(text, at):
        name = _without_no_names(match.group())
        if name == match.group():
            found.append(match)
            at = match.end()
        else:  # begin again after its first word
            at = match.start() + max(1, len(re.split(r"[\s,]", match.group())[0]))
    return found


def _without_no_names(name: str) -> str:
    """The name, or "" where a word of it is none."""
    words = re.sub(rf"^{TITLE}", "", name)
    plain = [each.strip(".,").casefold() for each in words.split()]
    if any(each in NO_NAMES for each in plain):
        return ""
    return name


def name_at_start(text: str) -> str:
    """The name with which the text begins; empty where it begins with none."""
    found = names_in(text[:80])
    return found[0].group() if found and not text[: found[0].start()].strip(" :–—-|•") else ""


def is_only_a_name(text: str) -> bool:
    """Whether the text is a name and nothing more."""
    found = names_in(text)
    return bool(found) and text.strip(" :–—-|•,.") == found[0].group().strip(" ,.")


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
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
    plain = re.sub(rf"^\s*{TITLE}", "", plain)
    if "," in plain:
        surname, _, rest = plain.partition(",")
        plain = re.sub(rf"^\s*{TITLE}", "", rest) + f" {surname}"
    return [each for each in re.split(r"[\s.]+", plain.casefold().replace("'", "")) if each]
