"""Training, what colleagues want to learn, networks joined; and everything that a colleague holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from dekaan.core.numbers import plain
from dekaan.frameworks.queries import Background, backgrounds, leader_trainings, responsibilities
from dekaan.people.models import StaffMember
from dekaan.people.queries import Held, row_key
from dekaan.team.models import Assignment, DevelopmentNeed, NetworkJoined, Post, Profile, Training

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class TrainingLine:
    """A line of the training log, with what it was for in words."""

    training: Training
    serves: tuple[str, ...]

    @property
    def hours(self) -> str:
        """ "2.5"; nothing where nobody said."""
        return plain(self.training.hours)


def training_log(on: date, *, years: int = 3) -> list[TrainingLine]:
    """What colleagues did in the last years, the latest first: one statement."""
    rows = Training.objects.filter(done_on__gt=on - years * YEAR, done_on__lte=on).select_related("staff")
    return [TrainingLine(each, in_words(each.serves)) for each in rows]


def in_words(serves: list[str]) -> tuple[str, ...]:
    """Responsibilities by their words; one that the file has no more by its id."""
    known = responsibilities()
    return tuple(known[each].words if each in known else each for each in serves)


def not_served(lines: list[TrainingLine], on: date) -> list[str]:
    """The responsibilities for which nobody did anything in the last twelve months, in words."""
    served = {each for line in lines if line.training.done_on > on - YEAR for each in line.training.serves}
    return [each.words for each in responsibilities().values() if each.id not in served]


def hours_in_a_year(lines: list[TrainingLine], on: date) -> Decimal:
    """Hours of training in the last twelve months."""
    return sum((each.training.hours or Decimal() for each in lines if each.training.done_on > on - YEAR), Decimal())


@dataclass(frozen=True)
class Development:
    """One colleague: where they come from, what they want to learn, whom they have met, what they did."""

    staff: StaffMember
    profile: Profile | None
    background: Background | None
    training: str
    needs: tuple[DevelopmentNeed, ...]
    networks: tuple[NetworkJoined, ...]
    log: tuple[TrainingLine, ...]
    posts: tuple[Post, ...]

    @property
    def not_on_the_plan(self) -> list[str]:
        """What somebody of this background typically has to learn, and is not on the plan."""
        there = {each.what for each in self.needs}
        return [each.words for each in self.background.develop if each.words not in there] if self.background else []


def development(staff: StaffMember, on: date) -> Development:
    """One colleague's background, plan, networks and training: five statements."""
    profile = Profile.objects.select_related("mentor").filter(staff=staff).first()
    log = Training.objects.filter(staff=staff).select_related("staff")
    posts = Post.objects.filter(staff=staff).select_related("staff")
    return Development(
        staff=staff,
        profile=profile,
        background=backgrounds().get(profile.background) if profile else None,
        training=leader_trainings().get(profile.training, "") if profile else "",
        needs=tuple(DevelopmentNeed.objects.filter(staff=staff)),
        networks=tuple(NetworkJoined.objects.filter(staff=staff)),
        log=tuple(TrainingLine(each, in_words(each.serves)) for each in log),
        posts=tuple(each for each in posts if each.is_held(on)),
    )


def held_by(staff: StaffMember, on: date) -> list[Held]:
    """The posts, responsibilities of their own and colleagues to mentor that they have on that day or will."""
    posts = Post.objects.filter(staff=staff).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    said = [Held("post", each.role_name, row=row_key(each)) for each in posts]
    known = responsibilities()
    for each in assignments_of(staff, on):
        words = known[each.responsibility].words if each.responsibility in known else each.responsibility
        if each.responsible_staff_id == staff.pk:
            said.append(Held("responsible", words, row=part_key(each, "responsible")))
        if each.accountable_staff_id == staff.pk:
            said.append(Held("accountable", words, row=part_key(each, "accountable")))
    for profile in Profile.objects.filter(mentor=staff, induction_done_on__isnull=True).select_related("staff"):
        said.append(Held("mentor", f"Mentor of {profile.staff}", row=row_key(profile)))
    return said


def part_key(row: Assignment, part: str) -> str:
    """Of one of the thirty two parts can be somebody's, and each can stay by itself."""
    return f"{row_key(row)}:{part}"


def assignments_of(staff: StaffMember, on: date) -> list[Assignment]:
    """What is theirs of the thirty by their own name, on that day or after."""
    mine = Q(responsible_staff=staff) | Q(accountable_staff=staff)
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return list(Assignment.objects.filter(mine & later).order_by("responsibility", "starts_on", "pk"))
