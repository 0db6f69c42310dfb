"""Recognising leavers in other people's files by weighed evidence: numbers, names, birth dates, tutor groups, schools.

A council or college rarely has our numbers, and writes names as it heard them. Every piece of evidence has a weight; one
person far enough ahead of all others is sure, anybody less is put to a person, who sees what fits and what does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dekaan.core.folding import folded
from dekaan.exchange.matching import NUMBERS, Known, Match, Register, plain_number
from dekaan.exchange.schools_named import OurSchool

NUMBER, OTHER_NUMBER = 8, -4
NAME, SWAPPED, NICKNAME, HALF_NAME, OTHER_NAME = 4, 3, 3, 1, -4
BIRTH_DATE, NEARLY_BORN, OTHER_BIRTH_DATE = 4, 1, -6
TUTOR_GROUP = 3
# All our leavers came from here, so that our own name tells them from nobody but another school's 11A; another school's name
# speaks against, and is not enough by itself, since schools change names and a college knows only the last of two.
THIS_SCHOOL, OTHER_SCHOOL = 1, -3
SURE, AHEAD, PERHAPS = 7, 3, 4
OFFERED = 4
# A temporary UPN ends in a letter and is replaced, so another one speaks against nobody; an e-mail address changes.
CHANGEABLE = {"email", "upn"}
# Names that are one name: what a college writes for what the school's register has. Our own list.
_SAME_NAME = (
    "alexander alex al xander sasha", "alexandra alex alexa lexi sandra sasha", "andrew andy drew", "anthony tony",
    "benjamin ben benny benji", "catherine katherine kathryn cathy kate katie kath kat", "charles charlie chas",
    "charlotte charlie lottie", "christopher chris kit", "christina christine chris tina", "daniel dan danny",
    "david dave davey", "deborah debbie deb", "edward ed eddie ted teddy ned", "eleanor ellie nell nora",
    "elizabeth liz lizzie beth betty eliza libby elsie lily", "emily em emmie", "francesca fran frankie",
    "frederick fred freddie freddy", "gabriel gabe", "gabrielle gabby", "george georgie", "georgina georgia georgie gina",
    "gregory greg", "harold harry", "harriet hattie", "henry harry hal", "isabella isabelle isabel izzy bella belle",
    "jacob jake", "james jim jimmy jamie", "jennifer jen jenny", "jessica jess jessie", "jonathan jon jonny johnny",
    "john johnny jack", "joseph joe joey", "joshua josh", "kenneth ken kenny", "kimberley kim", "laurence lawrence larry",
    "leonard len lenny leo", "lewis louis lou", "louise lou", "lucas luke", "lucy lucinda", "madeleine maddie maddy",
    "margaret maggie meg peggy", "matthew matt matty", "maxwell maximilian max", "megan meg",
    "michael mike mick mickey", "mohammed muhammad mohammad mohamed muhammed mo", "natalie nat", "natasha tasha",
    "nathan nathaniel nat nate", "nicholas nick nicky", "nicola nicky nikki", "oliver olly ollie", "olivia liv livvy",
    "oscar oz", "patricia pat tricia trish", "patrick pat paddy", "peter pete", "philip phillip phil", "rachel rach",
    "rebecca becky becca bex", "richard rich richie rick dick", "robert rob robbie bob bobby bert", "ronald ron ronnie",
    "rosemary rose rosie", "samuel sam sammy", "samantha sam sammy", "sarah sara sally", "sebastian seb",
    "stephen steven steve stevie", "susan sue suzie", "theodore theo ted teddy", "theresa teresa tess terry",
    "thomas tom tommy", "timothy tim timmy", "tobias toby", "victoria vicky tori", "vincent vince vinny",
    "william will bill billy liam willy", "yusuf yousef youssef", "zachary zach zak", "zoe zoey",
)  # fmt: skip
SAME_NAME: dict[str, set[int]] = {}
for _number, _names in enumerate(_SAME_NAME):
    for _name in _names.split():
        SAME_NAME.setdefault(_name, set()).add(_number)


@dataclass(frozen=True)
class Evidence:
    """How strongly a row speaks for being one person, and what of it fits and what does not."""

    known: Known
    weight: int
    fits: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    is_by_number: bool = False
    is_contradicted: bool = False


@dataclass(frozen=True)
class LastKnown:
    """Where somebody was when they were last in a year group here, and whether they have left."""

    year_group: int | None = None
    tutor_group: str = ""
    left_on: date | None = None


@dataclass
class Leavers:
    """Those of whom a file of destinations may speak: leavers from Year 11 up, and those of these years on the roll."""

    register: Register
    last: dict[int, LastKnown]
    school: OurSchool = field(default_factory=OurSchool)
    names: dict[int, tuple[set[str], set[str]]] = field(default_factory=dict)
    of_age: list[Known] = field(default_factory=list)

    def __post_init__(self) -> None:
        for each in self.register.known:
            self.names[each.pk] = _names_of(each.values)
            # Plans are asked for from Year 9 on, and whoever left below it changed schools.
            if (self.last.get(each.pk, LastKnown()).year_group or 0) >= 9:
                self.of_age.append(each)

    def find(self, values: dict[str, Any]) -> Match:
        """Who the row with these values is: one person surely, some whom it may be, or nobody."""
        found = self.weighed(values)
        if not found:
            return Match()
        best = found[0]
        second = found[1].weight if len(found) > 1 else -SURE
        is_anothers = best.is_by_number and _half_named(best) and any("name" in each.fits for each in found)
        if best.weight >= SURE and best.weight - second >= AHEAD and not best.is_contradicted and not is_anothers:
            return Match(pupil=best.known)
        return Match(
            candidates=tuple(each.known for each in found[:OFFERED]), why=_why(best, found, is_anothers=is_anothers)
        )

    def weighed(self, values: dict[str, Any]) -> list[Evidence]:
        """Everybody whom the row may be about, the likeliest first."""
        said = _names_of(values)
        shared: dict[int, list[str]] = {}
        for key in NUMBERS:
            number = plain_number(key, values.get(key))
            for each in self.register.by_number.get((key, number), []) if number else []:
                shared.setdefault(each.pk, []).append(key)
        pool = {each.pk: each for each in self.of_age} if all(said) else {}
        pool |= {each.pk: each for each in self.register.known if each.pk in shared}
        every = [self._weigh(values, said, each, shared.get(pk, [])) for pk, each in pool.items()]
        likely = [each for each in every if _is_likely(each) or shared.get(each.known.pk)]
        return sorted(likely, key=lambda each: (-each.weight, each.known.pk))

    def _weigh(
        self, values: dict[str, Any], said: tuple[set[str], set[str]], known: Known, shared: list[str]
    ) -> Evidence:
        total, fits, differs = 0, [], []
        for key in shared:
            total += NUMBER
            fits.append(_CALLED[key])
        for key in NUMBERS:
            ours, theirs = plain_number(key, known.values.get(key)), plain_number(key, values.get(key))
            if ours and theirs and ours != theirs and key not in shared and not _is_changeable(key, ours, theirs):
                total += OTHER_NUMBER
                differs.append(_CALLED[key])
        weight, what = _by_name(said, self.names[known.pk])
        total += weight
        (fits if weight > 0 else differs).extend(what)
        born, held = values.get("birth_date"), known.values.get("birth_date")
        if isinstance(born, date) and held:
            nearly = born != held and _nearly(born, held)
            total += BIRTH_DATE if born == held else NEARLY_BORN if nearly else OTHER_BIRTH_DATE
            (fits if born == held else differs).append("date of birth by one digit" if nearly else "date of birth")
        group = self.last.get(known.pk, LastKnown()).tutor_group
        if values.get("tutor_group") and group and folded(values["tutor_group"]) == folded(group):
            total += TUTOR_GROUP
            fits.append("tutor group")
        is_ours = self.school.is_named(values)
        if is_ours is not None:
            total += THIS_SCHOOL if is_ours else OTHER_SCHOOL
            (fits if is_ours else differs).append("school")
        # A number that says one thing while the name says another is somebody's mistake, and not ours to settle.
        contradicted = bool(shared) and ("name" in differs or "date of birth" in differs)
        return Evidence(known, total, tuple(fits), tuple(differs), bool(shared), contradicted)


_CALLED = {
    "upn": "UPN", "uln": "ULN", "admission_number": "admission number", "mis_id": "information system’s number",
    "email": "e-mail address",
}  # fmt: skip


def _is_likely(evidence: Evidence) -> bool:
    """Whether a person is asked about it: a name alone is a question, unless another day of birth and school answer it."""
    if evidence.weight >= PERHAPS:
        return True
    return "name" in evidence.fits and not {"date of birth", "school"} <= {*evidence.differs}


def _half_named(evidence: Evidence) -> bool:
    """Whether of the name the surname alone fits, or the forename: as a twin's does."""
    return not {"name", "a short form of the forename"} & {*evidence.fits} and bool(
        {"surname", "forename"} & {*evidence.fits}
    )


def _is_changeable(key: str, ours: str, theirs: str) -> bool:
    return key == "email" or (key == "upn" and (ours[-1].isalpha() or theirs[-1].isalpha()))


def _names_of(values: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Surnames and forenames that somebody goes by, folded; of two forenames the first alone too."""
    surnames = {folded(values.get(key) or "") for key in ("surname", "preferred_surname")} - {""}
    written = [values.get(key) or "" for key in ("forename", "preferred_forename")]
    forenames = {folded(each) for each in written} | {folded(each.split()[0]) for each in written if each.split()}
    return surnames, forenames - {""}


def _by_name(said: tuple[set[str], set[str]], ours: tuple[set[str], set[str]]) -> tuple[int, list[str]]:
    surname, forename = said[0] & ours[0], said[1] & ours[1]
    if not all(said):
        return 0, []
    if surname and forename:
        return NAME, ["name"]
    if said[0] & ours[1] and said[1] & ours[0]:
        return SWAPPED, ["name", "surname and forename the other way round"]
    if surname and _nick(said[1]) & _nick(ours[1]):
        return NICKNAME, ["surname", "a short form of the forename"]
    if surname:
        return HALF_NAME, ["surname"]
    if forename:
        return HALF_NAME, ["forename"]
    return OTHER_NAME, ["name"]


def _nick(names: Iterable[str]) -> set[int]:
    return {number for name in names for number in SAME_NAME.get(name, ())}


def _nearly(one: date, other: date) -> bool:
    """Whether one digit is another, or day and month are the other way round."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return sum(left != right for left, right in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


def _why(best: Evidence, found: list[Evidence], *, is_anothers: bool) -> str:
    """Why a person has to say who it is; `is_anothers` where the number is of one and the whole name of another."""
    if best.is_contradicted:
        return f"has the {best.fits[0]} of this pupil, but another {best.differs[0]}"
    if is_anothers:
        return f"has the {best.fits[0]} of one pupil, and the name of another"
    if len(found) > 1 and found[1].weight == best.weight:
        return f"fits {'two' if len(found) == 2 else 'several'} pupils alike"
    if len(found) > 1 and best.weight >= SURE:
        return "fits one pupil, and another nearly as well"
    if best.weight - OTHER_SCHOOL >= SURE and "school" in best.differs:
        return "fits this pupil, but came from another school"
    return f"fits by {' and '.join(best.fits)} only" if best.fits else "fits nobody well"
