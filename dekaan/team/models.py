"""How careers is led, who holds which role, who answers for what; terms, learning, and what people have read."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.frameworks.queries import key_roles, leadership_models
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned


class Leadership(SchoolOwned):
    """How careers is led from a day on: the model, to whom it reports, time and help. The latest one begun holds.

    `checks` answers what the model needs because of its weakness: "yes" or "no" by key; what is not there nobody said.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="starts_on model reporting_line days_a_week hours_a_week admin_hours checks next_meeting_on meets"
    )

    starts_on = models.DateField()
    model = models.CharField(max_length=20)
    reporting_line = models.CharField(max_length=200, blank=True)
    days_a_week = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    admin_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)  # of help, a week
    checks = models.JSONField(default=dict, blank=True)
    next_meeting_on = models.DateField(
        null=True, blank=True
    )  # of a leader of several schools with a senior leader here
    meets = models.CharField(max_length=120, blank=True)  # with whom and how often

    class Meta(SchoolOwned.Meta):
        ordering = ("starts_on", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "starts_on"], name="led_one_way_at_a_time"),)

    def __str__(self) -> str:
        found = leadership_models().get(self.model)
        return found.name if found else self.model


class Post(SchoolOwned):
    """Somebody holds a key role from one day until another: a colleague, or by name somebody who is not on the staff."""

    data_classes: ClassVar[dict[str, str]] = classed(P="role staff name of_what starts_on ends_on")

    role = models.CharField(max_length=30)
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    of_what = models.CharField(max_length=80, blank=True)  # "Year 10", "Science"
    starts_on = models.DateField()
    # The first day on which they no longer hold it.
    ends_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("role", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(staff__isnull=False, name="") | (Q(staff__isnull=True) & ~Q(name="")),
                name="a_post_is_held_by_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="a_post_ends_after"
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder}: {self.role_name}"

    @property
    def holder(self) -> str:
        """Whoever holds it, by name."""
        return str(self.staff) if self.staff else self.name

    @property
    def role_name(self) -> str:
        """The role in words, with of what it is."""
        found = key_roles().get(self.role)
        return (found.name if found else self.role) + (f", {self.of_what}" if self.of_what else "")

    def has_left(self, on: date) -> bool:
        """Whether the colleague works here no more, though nobody ended the post."""
        return bool(self.staff and self.staff.ends_on and self.staff.ends_on <= on)

    def is_held(self, on: date) -> bool:
        """Whether it is held on that day, by somebody who works here."""
        ended = self.ends_on is not None and self.ends_on <= on
        return self.starts_on <= on and not ended and not self.has_left(on)


class Assignment(SchoolOwned):
    """Who is responsible and who accountable for one of the thirty, from one day until another.

    By a key role where it can be, so that it goes over with the post; or by a colleague.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="responsibility responsible_role responsible_staff accountable_role accountable_staff starts_on ends_on"
    )

    responsibility = models.CharField(max_length=10)
    responsible_role = models.CharField(max_length=30, blank=True)
    responsible_staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    accountable_role = models.CharField(max_length=30, blank=True)
    accountable_staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it is otherwise

    class Meta(SchoolOwned.Meta):
        ordering = ("responsibility", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(responsible_role="") | Q(responsible_staff__isnull=True), name="responsible_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(accountable_role="") | Q(accountable_staff__isnull=True), name="accountable_in_one_way"
            ),
            models.UniqueConstraint(
                fields=["school", "responsibility"], condition=Q(ends_on__isnull=True), name="assigned_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.responsibility


class TermsOfPost(SchoolOwned):
    """On what terms somebody holds a post; for the Careers Leader and the senior leader who line-manages careers alone."""

    data_classes: ClassVar[dict[str, str]] = classed(T="post grade teaching_hours other_posts secondment")

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+")
    grade = models.CharField(max_length=120, blank=True)
    teaching_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)  # a week
    other_posts = models.CharField(max_length=300, blank=True)
    secondment = models.CharField(max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "terms of post"

    def __str__(self) -> str:
        return f"terms of post {self.post_id}"


class Profile(SchoolOwned):
    """Where a colleague comes from, what training in leading careers they have, and how they were brought in."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="staff background training trained_on mentor mentor_name induction_begins_on induction_done_on"
    )

    staff = models.OneToOneField(StaffMember, on_delete=models.CASCADE, related_name="+")
    background = models.CharField(max_length=30, blank=True)
    training = models.CharField(max_length=30, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    mentor = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mentor_name = models.CharField(max_length=120, blank=True)  # of somebody who is not on the staff
    induction_begins_on = models.DateField(null=True, blank=True)
    induction_done_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"profile of {self.staff_id}"

    @property
    def mentor_is(self) -> str:
        """The mentor by name."""
        return str(self.mentor) if self.mentor else self.mentor_name


class DevelopmentNeed(SchoolOwned):
    """A line of a colleague's development plan: what is to be learnt, for which responsibilities, how and by when."""

    data_classes: ClassVar[dict[str, str]] = classed(P="staff what serves how due_on done_on")

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)
    serves = models.JSONField(default=list, blank=True)  # responsibilities by id
    how = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("done_on", "due_on", "pk")

    def __str__(self) -> str:
        return self.what


class NetworkJoined(SchoolOwned):
    """A hub, network or professional body that a colleague has joined."""

    data_classes: ClassVar[dict[str, str]] = classed(P="staff kind name joined_on met_on left_on")

    class Kind(models.TextChoices):
        HUB = "hub", "Careers hub"
        NETWORK = "network", "Local network of careers leaders"
        BODY = "body", "Professional body"
        OTHER = "other", "Other"

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    joined_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)  # when they were last there
    left_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("kind", "name", "pk")
        verbose_name = "network joined"

    def __str__(self) -> str:
        return self.name


class Training(SchoolOwned):
    """What a colleague did on a day to do careers better: by whom, how long, for which responsibilities, what shows it."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="staff done_on title provider hours what_for serves level evidence"
    )

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    done_on = models.DateField()
    title = models.CharField(max_length=150)
    provider = models.CharField(max_length=120, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    what_for = models.CharField(max_length=200, blank=True)
    serves = models.JSONField(default=list, blank=True)  # responsibilities by id
    level = models.CharField(max_length=8, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-done_on", "-pk")
        verbose_name_plural = "training"

    def __str__(self) -> str:
        return self.title


class Acknowledgement(SchoolOwned):
    """A colleague said that they had read what the programme means for them, in the words that the digest is of."""

    data_classes: ClassVar[dict[str, str]] = classed(P="staff page digest given_on given_by")

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    given_on = models.DateField()
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("given_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "staff", "page", "digest"], name="acknowledged_once_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.page} by {self.staff_id}"


class AgreedDescription(SchoolOwned):
    """The job description as it was agreed on a day, word for word, by whom and in what capacity."""

    data_classes: ClassVar[dict[str, str]] = classed(P="agreed_on agreed_by capacity digest content")

    agreed_on = models.DateField()
    agreed_by = models.CharField(max_length=120)
    capacity = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta(SchoolOwned.Meta):
        ordering = ("-agreed_on", "-pk")

    def __str__(self) -> str:
        return f"job description of {self.agreed_on}"


class GuidedStart(SchoolOwned):
    """How far the school has come in setting up the role, so that it can be left and come back to."""

    data_classes: ClassVar[dict[str, str]] = classed(P="done begun_on finished_on")

    done = models.JSONField(default=list)  # steps by key
    begun_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school"], name="set_up_once"),)

    def __str__(self) -> str:
        return f"set up since {self.begun_on}"
