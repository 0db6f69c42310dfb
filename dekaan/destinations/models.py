"""The ledger of destinations: statements that nobody changes, rulings and wishes. It outlives a pupil's time on the roll."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import OpenedByLink, User
from dekaan.core.academic_year import today
from dekaan.core.classed import classed
from dekaan.frameworks.queries import activity_codes, routes
from dekaan.partners.models import Organisation
from dekaan.people.models import Pupil
from dekaan.schools.models import SchoolOwned


class Kind(models.TextChoices):
    """What a statement is of, in the order in which it happens. Moments are those of the data file of `frameworks`."""

    ASPIRATION = "aspiration", "What they would like to do"
    INTENTION = "intention", "Where they mean to go"
    OFFER = "offer", "Applied for or offered"
    ENROLMENT = "enrolment", "Enrolled in September"
    POSITION = "position", "On 1 November"
    SIX_MONTHS = "six-months", "At the end of March"
    CHANGE = "change", "A change on another day"
    YEAR_1 = "year-1", "One year on"
    YEAR_2 = "year-2", "Two years on"
    YEAR_3 = "year-3", "Three years on"


PLANS = (Kind.ASPIRATION, Kind.INTENTION, Kind.OFFER)  # of somebody who may still be here
OUTCOMES = tuple(kind for kind in Kind if kind not in PLANS)


def in_sentence(label: str) -> str:
    """A label as it stands within a sentence: “on 1 November”."""
    return label[:1].lower() + label[1:]


class Source(models.TextChoices):
    """Who said it."""

    PUPIL = "pupil", "The pupil"
    PARENT = "parent", "A parent or carer"
    SCHOOL = "school", "The school"
    PROVIDER = "provider", "The provider"
    COUNCIL = "council", "The council"
    PUBLISHED = "published", "Published data"


class Confidence(models.TextChoices):
    """How sure it is."""

    HIGH = "high", "Sure"
    SOME = "some", "Fairly sure"
    LOW = "low", "Not sure"


class OfferState(models.TextChoices):
    """How far an application is."""

    APPLIED = "applied", "Applied"
    INTERVIEWED = "interviewed", "Interviewed"
    CONDITIONAL = "conditional", "Offered, with conditions"
    UNCONDITIONAL = "unconditional", "Offered"
    ACCEPTED = "accepted", "Offer accepted"
    DECLINED = "declined", "Offer declined"
    REJECTED = "rejected", "Turned down"
    WITHDRAWN = "withdrawn", "Application withdrawn"


class Statement(SchoolOwned):
    """What one source said of one person's plan or place: of which day, said when, how sure, checked by whom.

    Nobody changes it. A correction is another statement, which `corrects` it; one that `is_withdrawal` takes it back.
    """

    # PostgreSQL lets the web role touch no more than this: an organisation that is erased is pointed at no longer.
    may_update: ClassVar[list[str]] = ["provider_id"]
    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil",
        I="kind as_of said_on source confidence verified_by verified_on words sector occupation route provider "
        "provider_name course level is_backup code starts_on ends_on offer_state corrects is_withdrawal batch "
        "recorded_at recorded_by",
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    as_of = models.DateField()  # the day of which it is said
    said_on = models.DateField()
    source = models.CharField(max_length=9, choices=Source)
    confidence = models.CharField(max_length=4, choices=Confidence, default=Confidence.SOME)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=30, blank=True)  # by key
    provider = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    provider_name = models.CharField(max_length=200, blank=True)  # as it was said
    course = models.CharField(max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    is_backup = models.BooleanField(default=False)
    code = models.CharField(max_length=4, blank=True)  # the council's own, where the council said it
    starts_on = models.DateField(null=True, blank=True)  # since when they have been there
    ends_on = models.DateField(null=True, blank=True)  # their last day there
    offer_state = models.CharField(max_length=13, choices=OfferState, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    is_withdrawal = models.BooleanField(default=False)
    batch = models.CharField(max_length=40, blank=True)  # the press or import that wrote it, for undo
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("as_of", "said_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="a_statement_is_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(corrects__isnull=False), name="what_is_withdrawn_was_said"
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_on__isnull=True) | Q(verified_on__isnull=False),
                name="verified_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="there_for_a_day_at_least",
            ),
        )
        indexes = (
            models.Index(fields=["pupil", "kind"], name="statements_of_a_pupil"),
            models.Index(fields=["batch"], condition=~Q(batch=""), name="statements_by_batch"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.route or self.words}"

    @property
    def where(self) -> str:
        """Where they are or mean to be, in words: the route and the place; the council's code where it said no more."""
        route, code = routes().get(self.route), activity_codes().get(self.code)
        named = route.name if route else self.route or (code.name if code else "")
        told = ", ".join(filter(None, (named, self.provider_name, self.course)))
        return told or self.words or self.occupation or self.sector

    @property
    def level_name(self) -> str:
        """The level in words; Entry level is below Level 1."""
        return "" if self.level is None else f"Level {self.level}" if self.level else "Entry level"

    @property
    def is_verified(self) -> bool:
        """Whether somebody has checked it."""
        return self.verified_on is not None


class Ruling(SchoolOwned):
    """A person's word on which of several statements of one moment holds. Nobody changes it; a later one counts."""

    may_update: ClassVar[list[str]] = []
    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil", I="statement because leaves_open seen ruled_at ruled_by"
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.DO_NOTHING, related_name="+")  # erased by `erase_destinations`
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="rulings")
    because = models.CharField(max_length=300, blank=True)
    leaves_open = models.BooleanField(default=False)  # that it holds was said before, and is not said any more
    seen = models.JSONField(
        null=True, blank=True
    )  # the statements of that moment shown to them; none is all until then
    ruled_at = models.DateTimeField(auto_now_add=True)
    ruled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("ruled_at", "pk")

    def __str__(self) -> str:
        return f"statement {self.statement_id} {'is left open' if self.leaves_open else 'holds'}"


class Wish(SchoolOwned):
    """Whether somebody may be kept in touch with after leaving, or written of to others. The latest of a kind counts."""

    class About(models.TextChoices):
        KEEP_IN_TOUCH = "in-touch", "Keeping in touch after leaving"
        SHARING = "sharing", "Sharing destinations with others"

    class SaidBy(models.TextChoices):
        PUPIL = "pupil", "The pupil"
        PARENT = "parent", "A parent or carer"

    may_update: ClassVar[list[str]] = []
    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil reached_at", I="about allows said_on who until recorded_at recorded_by"
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.DO_NOTHING, related_name="+")  # erased by `erase_destinations`
    about = models.CharField(max_length=8, choices=About)
    allows = models.BooleanField()
    said_on = models.DateField()
    who = models.CharField(max_length=6, choices=SaidBy)
    until = models.DateField(null=True, blank=True)  # its last day
    reached_at = models.CharField(max_length=200, blank=True)  # an address or number for after leaving
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("said_on", "pk")
        indexes = (models.Index(fields=["pupil", "about"], name="wishes_of_a_pupil"),)

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {'yes' if self.allows else 'no'}"


class Asking(SchoolOwned):
    """One press by which several people are asked the same, by a link each: where they were, or where they mean to go."""

    data_classes: ClassVar[dict[str, str]] = classed(
        I="kind left_in group_name begun_on begun_by open_until reminds stopped_on",
        P="contact_name contact_email contact_telephone own_words here",
    )

    kind = models.CharField(max_length=10, choices=Kind)  # the moment, or what they mean to do
    left_in = models.PositiveSmallIntegerField(null=True, blank=True)  # none where pupils of today are asked
    group_name = models.CharField(max_length=60, blank=True)
    contact_name = models.CharField(max_length=80)
    contact_email = models.EmailField()
    contact_telephone = models.CharField(max_length=30)
    own_words = models.CharField(max_length=600, blank=True)
    here = models.CharField(max_length=200)  # where this installation is reached, as it was when they were asked
    open_until = models.DateField()
    reminds = models.BooleanField(default=False)  # the Careers Leader said that reminders go out by themselves
    stopped_on = models.DateField(null=True, blank=True)  # and then that no more do
    begun_on = models.DateField()
    begun_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-begun_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked on {self.begun_on}"

    @property
    def is_open(self) -> bool:
        """Whether its links open something."""
        return self.open_until >= today()

    @property
    def asks_of(self) -> str:
        """What it asks of, within a sentence."""
        return in_sentence(Kind(self.kind).label)

    @property
    def is_of_plans(self) -> bool:
        """Whether it asks pupils of today where they mean to go."""
        return self.kind == Kind.INTENTION


class Asked(OpenedByLink):
    """One person who was asked, and the link that is theirs alone. What they answer is a statement like any other."""

    purpose = "dekaan.destinations.asked"
    data_classes: ClassVar[dict[str, str]] = OpenedByLink.data_classes | classed(
        D="pupil sent_to", I="asking answered_on answers"
    )

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="asked")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    sent_to = models.EmailField()
    answered_on = models.DateField(null=True, blank=True)  # when they last did
    answers = models.PositiveSmallIntegerField(default=0)

    class Meta(OpenedByLink.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["asking", "pupil"], name="asked_once_at_a_time"),)
        indexes = (models.Index(fields=["link_hash"], name="asked_by_link"),)

    def __str__(self) -> str:
        return f"asking {self.asking_id} of pupil {self.pupil_id}"

    @property
    def opens(self) -> tuple[int, ...]:
        """Its person in that asking, whichever row it is."""
        return self.school_id, self.asking_id, self.pupil_id

    @property
    def batch(self) -> str:
        """By what their own answers are known among the statements."""
        return f"asked-{self.pk}"


class AskedLetter(SchoolOwned):
    """One letter to somebody who is asked: the first, or a reminder."""

    data_classes: ClassVar[dict[str, str]] = classed(D="pupil", I="asked step sent_on message_id has_failed")

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="letters")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField()  # of the ladder, from nought
    sent_on = models.DateField()
    message_id = models.CharField(max_length=120)
    has_failed = models.BooleanField(default=False)  # kept, since what became of a mail is forgotten after a month

    class Meta(SchoolOwned.Meta):
        ordering = ("step", "pk")
        constraints = (models.UniqueConstraint(fields=["asked", "step"], name="each_step_once"),)

    def __str__(self) -> str:
        return f"letter {self.step} of asking {self.asked_id}"
