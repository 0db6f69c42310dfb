"""What happens to who does what: how careers is led, who holds a role, who answers, who learns, who has read."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.fingerprint import digest_of
from dekaan.frameworks.queries import backgrounds, responsibilities
from dekaan.people.changes import colleague_of
from dekaan.people.models import StaffMember
from dekaan.people.queries import without
from dekaan.schools.models import School
from dekaan.team.models import (
    Acknowledgement,
    AgreedDescription,
    Assignment,
    DevelopmentNeed,
    GuidedStart,
    Leadership,
    NetworkJoined,
    Post,
    Profile,
    TermsOfPost,
    Training,
)
from dekaan.team.queries import STEPS, Page, assignments_of, job_description, leadership, part_key

WHOSE = ("responsible_role", "responsible_staff", "accountable_role", "accountable_staff")
CARRIED = (
    "model",
    "reporting_line",
    "days_a_week",
    "hours_a_week",
    "admin_hours",
    "checks",
    "next_meeting_on",
    "meets",
)


class HasTerms(Exception):
    """Terms are recorded of the post, and are its holder's: somebody else begins with a post of their own."""


class EndsBeforeItBegins(Exception):
    """A post cannot end before the day on which it began."""


class NotOneOfTheReaders(Exception):
    """The page is not for that colleague."""


class OtherWordsNow(Exception):
    """The words have changed since the page was opened."""


@transaction.atomic
def lead_by(*, starts_on: date, by: User | None, **fields: Any) -> Leadership:
    """From that day careers is led so; what is not given stays as it was. The days before stay as they were said.

    Where all of it is so already no new term begins.
    """
    before = leadership(starts_on)
    if before is not None and all(getattr(before, name) == value for name, value in fields.items()):
        return before
    if before is not None and before.starts_on == starts_on:
        led = before
    else:
        led = Leadership(starts_on=starts_on)
        if before is not None:
            for name in CARRIED:
                setattr(led, name, getattr(before, name))
    for name, value in fields.items():
        setattr(led, name, value)
    led.save()
    record(action="leadership changed", by=by, subject="leadership", subject_id=led.pk, detail={"fields": [*fields]})
    return led


@transaction.atomic
def step_done(step: str, *, by: User | None) -> GuidedStart:
    """Setting up has come past that step; once all are done it is finished, on that day."""
    start = GuidedStart.objects.first() or GuidedStart(begun_on=today())
    start.done = [each for each in STEPS if each == step or each in start.done]
    if start.finished_on is None and len(start.done) == len(STEPS):
        start.finished_on = today()
    start.save()
    record(action="setting up the role went on", by=by, subject="guided start", subject_id=start.pk)
    return start


@transaction.atomic
def begin_post(
    *,
    role: str,
    starts_on: date,
    by: User | None,
    staff: StaffMember | None = None,
    name: str = "",
    of_what: str = "",
    ends_on: date | None = None,
) -> Post:
    """Somebody holds the role from that day. Raises EndsBeforeItBegins."""
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItBegins
    post = Post.objects.create(
        role=role, staff=staff, name="" if staff else name, of_what=of_what, starts_on=starts_on, ends_on=ends_on
    )
    record(action="post begun", by=by, subject="post", subject_id=post.pk)
    return post


@transaction.atomic
def change_post(post: Post, *, by: User | None, **fields: Any) -> None:
    """The post is as given; it may have an end. Raises EndsBeforeItBegins.

    The terms of one person are not another's to read: where somebody else is to hold it, HasTerms is raised.
    """
    held_by = (post.staff_id, post.name)
    for name, value in fields.items():
        setattr(post, name, value)
    if post.staff:
        post.name = ""
    if held_by != (post.staff_id, post.name) and TermsOfPost.objects.filter(post=post).exists():
        raise HasTerms
    if post.ends_on is not None and post.ends_on < post.starts_on:
        raise EndsBeforeItBegins
    post.save()
    record(action="post changed", by=by, subject="post", subject_id=post.pk, detail={"fields": [*fields]})


@transaction.atomic
def fill_roles(filled: Mapping[str, tuple[StaffMember | User | None, str]], *, on: date, by: User | None) -> None:
    """From that day each of the roles is held by whom is given and by nobody else; by nobody where nobody is given.

    Whoever was known by their account alone stands on the staff list from now on.
    """
    for role, (who, name) in filled.items():
        staff = colleague_of(who, by=by) if isinstance(who, User) else who
        # Of a post that begins later nobody said anything.
        here = Post.objects.filter(role=role, starts_on__lte=on)
        open_posts = here.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        stays = False
        for post in open_posts:
            is_same = post.staff_id == staff.pk if staff else (post.staff_id is None and post.name == name)
            if is_same and (staff or name) and not stays:
                stays = True
                continue
            _end_post(post, on)
        if (staff or name) and not stays:
            Post.objects.create(role=role, staff=staff, name="" if staff else name, starts_on=on)
    record(action="key roles filled", by=by, subject="post", detail={"fields": [*filled]})


def _end_post(post: Post, on: date) -> None:
    """The post is held until the day before. One that had not begun never was, unless terms are recorded of it."""
    if post.starts_on >= on and not TermsOfPost.objects.filter(post=post).exists():
        post.delete()
        return
    post.ends_on = max(post.starts_on, on)
    post.save(update_fields=["ends_on"])


@transaction.atomic
def assign(said: Mapping[str, tuple[str, str]], *, on: date, by: User | None) -> int:
    """From that day each responsibility is whose it is said to be: "role:leader", "staff:12" or "" for nobody.

    What was said of the days before stays. Answers how many are otherwise than they were.
    """
    changed = 0
    people = StaffMember.objects.in_bulk(
        {int(key.removeprefix("staff:")) for pair in said.values() for key in pair if key.startswith("staff:")}
    )
    for responsibility, (responsible, accountable) in said.items():
        fields = _fields("responsible", responsible, people) | _fields("accountable", accountable, people)
        rows = list(Assignment.objects.filter(responsibility=responsibility).order_by("starts_on", "pk"))
        now = next((each for each in rows if each.starts_on <= on and (not each.ends_on or each.ends_on > on)), None)
        if now is not None and all(getattr(now, name) == value for name, value in fields.items()):
            continue
        if now is None:
            later = [each.starts_on for each in rows if each.starts_on > on]
            now = Assignment(responsibility=responsibility, starts_on=on, ends_on=min(later, default=None))
        _otherwise(now, on, fields)
        changed += 1
    record(action="responsibilities assigned", by=by, subject="assignment", detail={"changed": changed})
    return changed


def _otherwise(row: Assignment, on: date, fields: Mapping[str, Any]) -> None:
    """From that day until it ends the row says what is given; the days before stay as they were."""
    if row.starts_on < on:
        ends_on, row.ends_on = row.ends_on, on
        row.save(update_fields=["ends_on"])
        row = Assignment(
            responsibility=row.responsibility,
            starts_on=on,
            ends_on=ends_on,
            **{name: getattr(row, name) for name in WHOSE},
        )
    _fill(row, fields)


def _fields(part: str, key: str, people: Mapping[int, StaffMember]) -> dict[str, Any]:
    staff = people.get(int(key.removeprefix("staff:"))) if key.startswith("staff:") else None
    return {f"{part}_role": key.removeprefix("role:") if key.startswith("role:") else "", f"{part}_staff": staff}


@transaction.atomic
def say_terms(post: Post, *, by: User | None, **fields: Any) -> TermsOfPost:
    """The terms of the post are as given."""
    terms = TermsOfPost.objects.filter(post=post).first() or TermsOfPost(post=post)
    _fill(terms, fields)
    record(action="terms of a post changed", by=by, subject="terms of post", subject_id=terms.pk)
    return terms


@transaction.atomic
def say_profile(staff: StaffMember, *, by: User | None, **fields: Any) -> Profile:
    """Where the colleague comes from, their training, mentor and induction are as given."""
    profile = Profile.objects.filter(staff=staff).first() or Profile(staff=staff)
    _fill(profile, fields)
    record(action="colleague's background changed", by=by, subject="staff", subject_id=staff.pk)
    return profile


@transaction.atomic
def plan_usual_needs(staff: StaffMember, *, by: User | None) -> int:
    """What somebody of their background typically has to learn is on their plan; answers how many lines are new."""
    profile = Profile.objects.filter(staff=staff).first()
    background = backgrounds().get(profile.background) if profile else None
    there = set(DevelopmentNeed.objects.filter(staff=staff).values_list("what", flat=True))
    new = [each for each in background.develop if each.words not in there] if background else []
    for each in new:
        DevelopmentNeed.objects.create(staff=staff, what=each.words, serves=list(each.serves))
    record(action="development planned", by=by, subject="staff", subject_id=staff.pk)
    return len(new)


@transaction.atomic
def say_need(need: DevelopmentNeed, *, by: User | None, **fields: Any) -> DevelopmentNeed:
    """The line of a colleague's development plan is as given, and there if it was not."""
    _fill(need, fields)
    record(action="development planned", by=by, subject="staff", subject_id=need.staff_id)
    return need


@transaction.atomic
def say_network(network: NetworkJoined, *, by: User | None, **fields: Any) -> NetworkJoined:
    """The colleague's membership of a network is as given, and there if it was not."""
    _fill(network, fields)
    record(action="network noted", by=by, subject="staff", subject_id=network.staff_id)
    return network


@transaction.atomic
def log_training(training: Training, *, by: User | None, **fields: Any) -> Training:
    """The line of the training log is as given, and there if it was not."""
    _fill(training, fields)
    record(action="training logged", by=by, subject="training", subject_id=training.pk)
    return training


@transaction.atomic
def remove_training(training: Training, *, by: User | None) -> None:
    """The training log has the line no more."""
    record(action="training removed", by=by, subject="training", subject_id=training.pk)
    Training.objects.filter(pk=training.pk).delete()


def _fill(row: models.Model, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@transaction.atomic
def acknowledge(page: Page, *, staff: StaffMember, digest: str, by: User | None) -> Acknowledgement:
    """It is on record that the colleague has read the page, in those words. Raises NotOneOfTheReaders, OtherWordsNow."""
    if staff.pk not in {each.staff.pk for each in page.readers}:
        raise NotOneOfTheReaders
    if digest != page.digest:
        raise OtherWordsNow
    given, is_new = Acknowledgement.objects.get_or_create(
        staff=staff, page=page.key, digest=digest, defaults={"given_on": today(), "given_by": by}
    )
    if is_new:
        record(action="meaning acknowledged", by=by, subject="staff", subject_id=staff.pk)
    return given


@transaction.atomic
def agree_description(
    school: School, *, agreed_on: date, agreed_by: str, capacity: str, digest: str, by: User | None
) -> AgreedDescription:
    """The job description is agreed in the words that it has now, and kept in them. Raises OtherWordsNow."""
    content = job_description(school, today())
    if digest_of(content) != digest:
        raise OtherWordsNow
    agreed = AgreedDescription.objects.create(
        agreed_on=agreed_on, agreed_by=agreed_by, capacity=capacity, digest=digest, content=content
    )
    record(action="job description agreed", by=by, subject="agreed description", subject_id=agreed.pk)
    return agreed


@transaction.atomic
def hand_over(
    from_: StaffMember, to: StaffMember, *, by: User | None, on: date, but: Collection[str] = ()
) -> list[str]:
    """From that day `to` holds what `from_` held here: posts, responsibilities by name, colleagues to mentor.

    What stands in `but` by its key stays.

    Answers what went over, in words. The days before stay as they were.
    """
    moved = []
    for post in without(Post.objects.filter(staff=from_), but).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)):
        starts, ends = max(post.starts_on, on), post.ends_on
        _end_post(post, on)
        Post.objects.create(role=post.role, staff=to, of_what=post.of_what, starts_on=starts, ends_on=ends)
        moved.append(post.role_name)
    known = responsibilities()
    for each in assignments_of(from_, on):
        parts = [part for part in ("responsible", "accountable") if getattr(each, f"{part}_staff_id") == from_.pk]
        theirs = [part for part in parts if part_key(each, part) not in but]
        if not theirs:
            continue
        _otherwise(each, on, {f"{part}_staff": to for part in theirs})
        moved.append(known[each.responsibility].words if each.responsibility in known else each.responsibility)
    mentored = Profile.objects.filter(mentor=from_, induction_done_on__isnull=True).exclude(
        staff=to
    )  # nobody their own
    mentored = without(mentored, but)
    moved += [f"Mentor of {each.staff}" for each in mentored.select_related("staff")]
    mentored.update(mentor=to)
    record(
        action="roles in careers handed over",
        by=by,
        subject="staff",
        subject_id=from_.pk,
        detail={"to": to.pk, "things": len(moved)},
    )
    return moved
