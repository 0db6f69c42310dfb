"""What others publish: occupations, destination measures, and what services answered."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dekaan.core.folding import folded
from dekaan.library.models import DestinationRow, Loaded, LookUp, OccupationGroup
from dekaan.library.published import Measure, Service, destinations, measures, services, stages
from dekaan.schools.models import School

MOST = 60
OCCUPATIONS = "soc-2020"
UNIT = 4  # digits of a unit group's code
WHOLE = "Total"


def loaded(key: str) -> Loaded | None:
    """The file of that kind that was loaded last."""
    return Loaded.objects.filter(key=key).first()


def occupations_found(words: str) -> list[OccupationGroup]:
    """Groups whose code begins with what was typed or whose title holds every word; without words, the major groups."""
    typed = words.strip()
    rows = OccupationGroup.objects.all()
    if not typed:
        return list(rows.filter(code__regex=r"^\d$"))
    if typed.isdigit() and typed.isascii():
        return list(rows.filter(code__startswith=typed)[:MOST])
    for word in typed.split():
        if plain := folded(word):
            rows = rows.filter(plain__contains=plain)
    return list(rows[:MOST])


@dataclass(frozen=True)
class Answered:
    """A service, and what it answered of the occupation, if it was ever asked."""

    service: Service
    look_up: LookUp | None
    is_on: bool

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is shown: a name, and what it is."""
        return [(str(name), str(said)) for name, said in (self.look_up.answer.get("lines", []) if self.look_up else [])]


@dataclass(frozen=True)
class OccupationPage:
    """A group, those above and below it, and what services said of it."""

    group: OccupationGroup
    above: list[OccupationGroup]
    below: list[OccupationGroup]
    answers: list[Answered]


def services_on() -> list[Service]:
    """The services that a technician has switched on."""
    return [each for each in services().values() if each.key in settings.LOOK_UPS and _is_ready(each)]


@dataclass(frozen=True)
class Kept:
    """What a service answered of one occupation, or why it did not, and when."""

    look_up: LookUp
    title: str

    @property
    def lines(self) -> list[list[str]]:
        """What was answered, a name and its words each."""
        return list(self.look_up.answer.get("lines", []))


@dataclass(frozen=True)
class ServiceStanding:
    """A service: whether it may be asked, what it lacks to be, and what of it is kept, the newest first."""

    service: Service
    is_on: bool
    lacks_key: bool  # it is named as switched on, and its key is not given
    kept: list[Kept]  # no more than MOST_KEPT
    answers: int
    newest: LookUp | None
    oldest: LookUp | None


MOST_KEPT = 50


def service_standings() -> list[ServiceStanding]:
    """Each service as it stands at this installation, off or on."""
    held = list(LookUp.objects.order_by("-answered_at", "-pk"))
    titles = dict(OccupationGroup.objects.filter(code__in={each.about for each in held}).values_list("code", "title"))
    on, found = {each.key for each in services_on()}, []
    for each in services().values():
        answered = [row for row in held if row.service == each.key and row.answered_at]
        others = [row for row in held if row.service == each.key and not row.answered_at]
        found.append(
            ServiceStanding(
                each,
                is_on=each.key in on,
                lacks_key=each.key in settings.LOOK_UPS and each.key not in on,
                kept=[Kept(row, titles.get(row.about, row.about)) for row in (answered + others)[:MOST_KEPT]],
                answers=len(answered),
                newest=answered[0] if answered else None,
                oldest=answered[-1] if answered else None,
            )
        )
    return found


def _is_ready(service: Service) -> bool:
    return not service.key_header or bool(settings.JOB_PROFILES_KEY)


def asked_of(group: OccupationGroup) -> list[Answered]:
    """Each service with what it answered of the group: those that are on, and those that once answered."""
    if len(group.code) < UNIT:
        return []
    held = {each.service: each for each in LookUp.objects.filter(about=group.code)}
    on = {each.key for each in services_on()}
    return [
        Answered(each, held.get(each.key), each.key in on)
        for each in services().values()
        if each.key in on or each.key in held
    ]


def occupation_page(group: OccupationGroup) -> OccupationPage:
    """The group with its neighbours above and below."""
    prefixes = [group.code[:digits] for digits in range(1, len(group.code))]
    above = list(OccupationGroup.objects.filter(code__in=prefixes))
    below = list(OccupationGroup.objects.filter(code__regex=rf"^{group.code}\d$"))
    return OccupationPage(group, above, below, asked_of(group))


@dataclass(frozen=True)
class Published:
    """One measure of one row, in the publisher's marks and in words."""

    measure: Measure
    number: str
    share: str
    mark: str  # what the mark that stands for the share means; empty for a number


@dataclass(frozen=True)
class Destinations:
    """The published measures of a stage for one period: the school's, its groups of pupils, and England's beside them."""

    stage: str
    name: str
    loaded: Loaded
    period: str
    version: str
    cohort: str
    school: list[Published]
    england: dict[str, str]
    groups: list[tuple[str, str, str, str]]  # topic, group, cohort, headline share
    earlier: list[tuple[str, str, str]]  # period, version, headline share

    @property
    def lines(self) -> list[tuple[Published, str]]:
        """Each measure with England's share."""
        return [(each, self.england.get(each.measure.column, "")) for each in self.school]


def destinations_of(school: School) -> list[Destinations]:
    """What is published of the school, newest period of each stage; nothing where no file was loaded."""
    if not school.urn:
        return []
    rows = list(DestinationRow.objects.filter(urn__in=[school.urn, ""]))
    held = {each.key: each for each in Loaded.objects.filter(key__startswith="destinations-")}
    found = []
    for stage, name in stages().items():
        of_stage = [each for each in rows if each.stage == stage]
        ours = [each for each in of_stage if each.urn]
        if ours and (file := held.get(f"destinations-{stage}")):
            found.append(_destinations(stage, name, file, ours, [each for each in of_stage if not each.urn]))
    return found


def _destinations(
    stage: str, name: str, file: Loaded, ours: list[DestinationRow], england: list[DestinationRow]
) -> Destinations:
    newest = max(each.period for each in ours)
    now = [each for each in ours if each.period == newest]
    whole = next((each for each in now if each.topic == WHOLE and each.group == WHOLE), now[0])
    beside = next((each for each in england if each.period == newest and each.topic == WHOLE), None)
    headline = next(each.column for each in measures() if each.is_headline)
    return Destinations(
        stage,
        name,
        file,
        period_in_words(newest),
        whole.version,
        whole.cohort,
        [_published(each, whole) for each in measures() if each.column in whole.shares or each.column in whole.numbers],
        {column: _share(share) for column, share in (beside.shares if beside else {}).items()},
        [
            (each.topic, each.group, each.cohort, _share(each.shares.get(headline, "")))
            for each in now
            if each.topic != WHOLE
        ],
        [
            (period_in_words(each.period), each.version, _share(each.shares.get(headline, "")))
            for each in ours
            if each.period != newest and each.topic == WHOLE
        ],
    )


def _published(measure: Measure, row: DestinationRow) -> Published:
    share, number = row.shares.get(measure.column, ""), row.numbers.get(measure.column, "")
    return Published(measure, number, _share(share), marks().get(share, ""))


def _share(share: str) -> str:
    return f"{share}%" if share.replace(".", "", 1).isdigit() else share


def about_measures() -> dict[str, Any]:
    """What is to be said of the published measures whoever reads them, and what their marks mean."""
    said = destinations()
    return {"lag": said["lag"], "caution": said["caution"], "marks": list(said["marks"].items())}


def marks() -> dict[str, str]:
    """What each of the publisher's marks means."""
    found: dict[str, Any] = destinations()["marks"]
    return found


def period_in_words(period: str) -> str:
    """202223 → 2022/23."""
    return f"{period[:4]}/{period[4:]}" if len(period) == len("202223") and period.isdigit() else period
