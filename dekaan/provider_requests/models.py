"""The policy's facts that an answer needs; requests, what was replied to them, and what the form refused."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.partners.models import Organisation
from dekaan.programme.models import WEEKDAYS, Mode, Session
from dekaan.provider_requests.policy import usual
from dekaan.provider_requests.wording import times_in_words, years_in_words
from dekaan.schools.models import SchoolOwned


class AccessRules(SchoolOwned):
    """Whom providers write to, with how much notice, how soon they hear, and what the school can offer them.

    One of each school. The form takes requests while it `is_open`. Of the grounds each is a row of its own. A blank contact
    is that of the public pages (`queries.access_rules` fills it in).
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="contact_name contact_email contact_telephone weeks_notice decision_days offers premises is_open"
    )

    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=30, blank=True)
    weeks_notice = models.PositiveSmallIntegerField(default=6)
    decision_days = models.PositiveSmallIntegerField(default=10)  # working days
    offers = models.JSONField(default=list, blank=True)  # keys of the data file
    premises = models.TextField(blank=True, max_length=600)
    is_open = models.BooleanField(default=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "access rules"
        constraints = (models.UniqueConstraint(fields=["school"], name="one_set_of_access_rules"),)

    def __str__(self) -> str:
        return f"access rules, {self.weeks_notice} weeks' notice"

    @property
    def offers_in_words(self) -> list[str]:
        """What may be offered, by name."""
        names = usual().offers
        return [names[key] for key in names if key in self.offers]


class PublicContact(SchoolOwned):
    """Whom the school's public pages name for careers, as `publication`, which stands above, says whenever that changes.

    A blank name or address is that of whoever holds the role of Careers Leader.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="name email telephone")

    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["school"], name="one_public_contact"),)

    def __str__(self) -> str:
        return "public contact"


class AccessGround(SchoolOwned):
    """A ground on which a request is granted or refused, from a day until another; its words are never changed.

    A new wording is a new ground, so that a refusal names the ground as it was.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="kind words since until place")

    class Kind(models.TextChoices):
        GRANT = "grant", "Granted where"
        REFUSE = "refuse", "Refused where"

    kind = models.CharField(max_length=6, choices=Kind)
    words = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # from that day it is no ground any more
    place = models.PositiveSmallIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("kind", "place", "pk")

    def __str__(self) -> str:
        return self.words


class FreeTime(SchoolOwned):
    """A time of the week at which the school can usually receive a provider, and for which year groups."""

    data_classes: ClassVar[dict[str, str]] = classed(P="weekday starts_at minutes name place year_groups")

    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS[:5], start=1)))
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)  # "Assembly", "Period 3"
    place = models.CharField(max_length=100, blank=True)
    year_groups = models.JSONField(default=list)

    class Meta(SchoolOwned.Meta):
        ordering = ("weekday", "starts_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.times}, {self.name}"

    @property
    def times(self) -> str:
        """ "09:00 to 09:40"."""
        return times_in_words(self.starts_at, self.minutes)

    @property
    def years(self) -> str:
        """ "Years 8 and 9"."""
        return years_in_words(self.year_groups)


class ProviderRequest(SchoolOwned):
    """A provider's request to meet pupils, as it was sent by the form; it stands as the last reply to it says.

    `decided_on` is the day of the first answer that says yes, no, or that the law does not mean them; `days_taken` the
    working days until then, as the calendar was. `matched_to` is whom of the directory a person said it to be of. A term after it is over its contacts and words go (`forgotten_on`), and
    what stays names nobody. `once` is of the page that it was sent from, `same_as` of all that it says, while it is open.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="reference received_on due_on organisation organisation_kind year_groups formats staff_number mode contents state "
        "decided_on days_taken ground_words session matched_to forgotten_on",
        X="contact_name contact_email contact_telephone what when_said needs",
        U="once same_as",
    )

    class OrganisationKind(models.TextChoices):
        TECHNICAL = "technical", "We offer technical qualifications, perhaps apprenticeships too"
        APPRENTICESHIPS = "apprenticeships", "We offer apprenticeships"
        ACTS_FOR = "acts-for", "We act for an organisation that offers one of these"
        SOMETHING_ELSE = "something-else", "Something else"

    class State(models.TextChoices):
        NEW = "new", "Waits for an answer"
        ASKED = "asked", "Asked something"
        OFFERED = "offered", "Offered dates"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn by them"
        OTHER_KIND = "other-kind", "Not of the kind that the law means"

    reference = models.CharField(max_length=12)
    received_on = models.DateField()
    due_on = models.DateField()
    organisation = models.CharField(max_length=150)
    organisation_kind = models.CharField(max_length=16, choices=OrganisationKind)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=30, blank=True)
    year_groups = models.JSONField(default=list)
    formats = models.JSONField(default=list, blank=True)  # keys of the data file's offers
    what = models.TextField(blank=True, max_length=1500)
    when_said = models.CharField(max_length=200, blank=True)
    staff_number = models.PositiveSmallIntegerField(null=True, blank=True)
    mode = models.CharField(max_length=14, choices=Mode, default=Mode.IN_SCHOOL)
    needs = models.CharField(max_length=300, blank=True)
    contents = models.JSONField(default=list, blank=True)  # keys of the data file's contents
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    decided_on = models.DateField(null=True, blank=True)
    days_taken = models.PositiveSmallIntegerField(null=True, blank=True)
    ground_words = models.CharField(max_length=300, blank=True)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    matched_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    forgotten_on = models.DateField(null=True, blank=True)
    once = models.CharField(max_length=32)
    same_as = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 unique where there is one

    class Meta(SchoolOwned.Meta):
        ordering = ("-received_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "reference"], name="provider_request_referred_to"),
            models.UniqueConstraint(fields=["school", "once"], name="provider_request_sent_once"),
            models.UniqueConstraint(fields=["school", "same_as"], name="provider_request_open_once"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(ground_words=""), name="provider_request_refused_on_a_ground"
            ),
        )
        indexes = (models.Index(fields=["school", "state", "due_on"]),)

    def __str__(self) -> str:
        return f"{self.reference}, {self.organisation}"

    @property
    def years(self) -> str:
        """ "Years 9 and 10"."""
        return years_in_words(self.year_groups)

    @property
    def waits(self) -> bool:
        """Whether the clock runs: nobody has said yes or no yet, and they have not withdrawn."""
        return self.is_open and self.forgotten_on is None

    @property
    def is_open(self) -> bool:
        """Whether it has neither been decided on nor withdrawn."""
        return self.state in {self.State.NEW, self.State.ASKED}

    @property
    def planned(self) -> Session | None:
        """The session that was planned for it and still stands: not called off, and not begun."""
        return self.session if self.session and not self.session.has_begun and not self.session.cancelled_at else None

    @property
    def is_agreed(self) -> bool:
        """Whether a session was planned for it that has not been called off."""
        return self.session is not None and not self.session.cancelled_at

    @property
    def is_meant_by_the_law(self) -> bool:
        """As far as they say themselves."""
        return self.organisation_kind != self.OrganisationKind.SOMETHING_ELSE

    @property
    def formats_in_words(self) -> str:
        """ "An assembly, a workshop"; empty where they did not say."""
        names = usual().offers
        said = ", ".join(names[key].lower() for key in names if key in self.formats)
        return said[:1].upper() + said[1:]

    @property
    def covers(self) -> list[tuple[str, bool]]:
        """Each of the four things that an encounter covers, and whether they say that theirs does."""
        return [(name, key in self.contents) for key, name in usual().contents.items()]


class ProviderReply(SchoolOwned):
    """A mail to whoever asked, as it went; which one it is among those on their way, its `message_id` says."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="request kind sent_on sent_by dates ground", X="sent_to subject body", U="message_id"
    )

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "Confirmed that it arrived"
        OFFER = "offer", "Offered dates"
        ASK = "ask", "Asked something"
        DECLINE = "decline", "Declined"
        OTHER_KIND = "other-kind", "Answered that the law means others"
        AGREE = "agree", "Agreed on a date"

    request = models.ForeignKey(ProviderRequest, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    dates = models.JSONField(default=list, blank=True)
    ground = models.ForeignKey(AccessGround, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=120, blank=True)  # empty once a person has seen to a mail that came back

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "provider replies"
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="decline") | Q(ground__isnull=False), name="declined_on_a_ground_of_the_policy"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to request {self.request_id}"


class FormRefusals(SchoolOwned):
    """How often the form refused what looked like a robot's, on a day and why; nothing of what was sent."""

    data_classes: ClassVar[dict[str, str]] = classed(P="day why number")

    class Why(models.TextChoices):
        TRAP = "trap", "filled in what nobody sees"
        TOO_FAST = "too-fast", "sent faster than anybody types"
        LINKS = "links", "many web addresses"
        TOO_OFTEN = "too-often", "sent too often"

    day = models.DateField()
    why = models.CharField(max_length=9, choices=Why)
    number = models.PositiveIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        ordering = ("day", "why")
        verbose_name_plural = "refusals of the form"
        constraints = (models.UniqueConstraint(fields=["school", "day", "why"], name="refusals_of_a_day_once"),)

    def __str__(self) -> str:
        return f"{self.number} on {self.day}, {self.why}"
