"""Activities and sessions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.partners.models import Organisation
from dekaan.people.models import Carer, Group, Pupil, StaffMember
from dekaan.schools.models import SchoolOwned

HOURS_FROM = 2  # hours; less than that is said in minutes


def excludes(yes: str, no: str) -> Exact:
    """No flag stands in both masks: it is answered yes, or no, or not at all."""
    return Exact(models.F(yes).bitand(models.F(no)), 0)  # type: ignore[arg-type]  # the stubs know numbers only


class Mode(models.TextChoices):
    """Where and how; never added together silently."""

    IN_SCHOOL = "in_school", "In school"
    WORKPLACE = "workplace", "In the workplace"
    PROVIDER_SITE = "provider_site", "At a college, university or provider"
    LIVE_ONLINE = "live_online", "Live online"
    RECORDED = "recorded", "Recorded"


class Audience(models.TextChoices):
    """Who takes part; only pupils count towards pupils' criteria."""

    PUPILS = "pupils", "Pupils"
    STAFF = "staff", "Staff"
    CARERS = "carers", "Parents and carers"


class Activity(SchoolOwned):
    """Something the programme offers, put on in one or more sessions."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="title activity_type mode audience description criteria partner_name partner_kind organisation created_at "
        "flags_yes flags_no",
    )

    title = models.CharField(max_length=200)
    activity_type = models.CharField(max_length=10, help_text="Code of the list of activity types")
    mode = models.CharField(max_length=14, choices=Mode, default=Mode.IN_SCHOOL)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUPILS)
    description = models.TextField(blank=True, max_length=4000)
    criteria = models.BigIntegerField(default=0)  # mask, from the registry of criteria
    partner_name = models.CharField("Employer or provider", max_length=200, blank=True)
    partner_kind = models.CharField(max_length=30, blank=True)
    # The one of the directory that the name is of, once a person has said so; the ledger copies the text.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # What is said of the flags that make an encounter meaningful: masks of those answered yes and no.
    flags_yes = models.BigIntegerField(default=0)
    flags_no = models.BigIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("title", "pk")
        verbose_name_plural = "activities"
        constraints = (
            models.CheckConstraint(condition=excludes("flags_yes", "flags_no"), name="an_activity_flag_is_yes_or_no"),
        )

    def __str__(self) -> str:
        return self.title


class Session(SchoolOwned):
    """One occasion on which an activity is put on.

    `recorded_at` is set when it is said of everybody what became of them: by *It happened*, by a whole register, or by
    the last tutor group's register. What is said here follows from the session's acts (`programme.changes.acts`).
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="activity held_on starts_at minutes place partner_name partner_kind organisation led_by adviser catches_up recorded_at "
        "recorded_by absences_checked_at registers_to_come cancelled_at cancelled_because flags_yes flags_no",
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)
    # The occasion's own employer, provider or adviser where it differs from the activity's.
    partner_name = models.CharField(max_length=200, blank=True)
    partner_kind = models.CharField(max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    led_by = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
    )
    adviser = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="guidance_sessions",
    )
    # A catch-up is an occasion of its own, linked to the one that was missed.
    catches_up = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="catch_ups",
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    absences_checked_at = models.DateTimeField(null=True, blank=True)
    # Tutor groups whose register is still to come, once the first is in; null before, and when all is recorded.
    registers_to_come = models.PositiveSmallIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    # Where this occasion was otherwise than the activity says.
    flags_yes = models.BigIntegerField(default=0)
    flags_no = models.BigIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("held_on", "starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="happened_or_was_cancelled",
            ),
            models.CheckConstraint(condition=excludes("flags_yes", "flags_no"), name="a_session_flag_is_yes_or_no"),
        )
        indexes = (models.Index(fields=["school", "held_on"]),)

    def __str__(self) -> str:
        return f"{self.activity} on {self.held_on}"

    @property
    def has_happened(self) -> bool:
        """Whether somebody has said so, of everybody."""
        return self.recorded_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether it is recorded, or some tutor groups' registers are in."""
        return self.has_happened or self.registers_to_come is not None

    @property
    def title(self) -> str:
        """The activity's title, and whether this occasion makes up for one that was missed."""
        return f"Catch-up: {self.activity.title}" if self.catches_up_id else self.activity.title

    @property
    def called(self) -> str:
        """ "Futures day: Millworks, 9:50, 9B": what tells it from the others of its day in a list to choose from.

        What it invites should have been fetched with it.
        """
        invited = list(self.invitations.all())
        groups = [f"Year {each.year_group}" for each in invited if each.year_group is not None]
        groups += [each.group.name for each in invited if each.group]
        at = [f"{self.starts_at:%-H:%M}"] if self.starts_at else []
        return ", ".join([self.title, *at, *groups])

    @property
    def length(self) -> str:
        """ "50 minutes", and from two hours on "25 hours"; nothing where it is not said."""
        hours, minutes = divmod(self.minutes or 0, 60)
        if hours < HOURS_FROM:
            return f"{self.minutes} minutes" if self.minutes else ""
        return f"{hours} hours {minutes} minutes" if minutes else f"{hours} hours"

    @property
    def partner(self) -> str:
        """The employer or provider of this occasion, by name."""
        return self.partner_name or self.activity.partner_name

    @property
    def partner_id(self) -> int | None:
        """The number of the organisation that the name is of; none where nobody has said so."""
        return self.organisation_id or (None if self.partner_name else self.activity.organisation_id)


class Act(SchoolOwned):
    """One press that recorded something of a session, kept so that it can be undone: by whom, when, and in which batch.

    Acts stand in the order in which they were made until they are undone.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="session kind batch at by is_whole checks_absences undone_at undone_by",
        E="absent",
    )

    class Kind(models.TextChoices):
        """What was pressed, in the words of its button."""

        HAPPENED = "happened", "It happened"
        ATTENDANCE = "attendance", "the absences"  # struck off by the day's attendance export
        ABSENCES = "absences", "the absences"  # pasted or ticked
        REGISTER = "register", "the register"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind)
    batch = models.CharField(max_length=40)  # what the ledger's rows name it by
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_whole = models.BooleanField(default=True)  # it said something of everybody invited
    checks_absences = models.BooleanField(default=False)  # after it nobody's attendance was merely assumed
    absent = models.JSONField(default=list, blank=True)  # the ids of the pupils whom a pasted list has absent
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} of session {self.session_id}"


class Inviting(SchoolOwned):
    """One press that invited pupils by name to a session, kept so that it can be undone: by whom and when.

    `as_made` are the fields of the session where the press planned it too; else there is nothing in it.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="session at by as_made undone_at undone_by")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitings")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    as_made = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"to session {self.session_id}"


class Invitation(SchoolOwned):
    """Whom a session invites: a whole year group, a group, or one person. Exactly one of them."""

    data_classes: ClassVar[dict[str, str]] = classed(P="session year_group group staff came_with", D="carer", E="pupil")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitations")
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    carer = models.ForeignKey(Carer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    came_with = models.ForeignKey(
        Inviting, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )  # the press that invited them

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"to session {self.session_id}"


class DayAttendance(SchoolOwned):
    """The attendance export of a day is in: whoever it does not have absent was there, also where nobody was absent."""

    data_classes: ClassVar[dict[str, str]] = classed(P="day")

    day = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("day",)
        verbose_name_plural = "days of attendance"
        constraints = (models.UniqueConstraint(fields=["school", "day"], name="attendance_of_a_day_once"),)

    def __str__(self) -> str:
        return f"attendance of {self.day}"


class DayAbsence(SchoolOwned):
    """A pupil was marked absent on a day, in the attendance export; struck off whatever happened that day."""

    data_classes: ClassVar[dict[str, str]] = classed(D="pupil", E="day part code")

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    part = models.CharField(
        max_length=4,
        choices=[("am", "Morning"), ("pm", "Afternoon"), ("day", "All day")],
    )
    code = models.CharField(max_length=4, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("day", "pk")
        constraints = (models.UniqueConstraint(fields=["pupil", "day", "part"], name="absent_once_a_half_day"),)

    def __str__(self) -> str:
        return f"{self.pupil_id} on {self.day}"
