"""What a school says of its data protection, and the cases: requests about one pupil's data."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.people.models import Pupil
from dekaan.schools.models import SchoolOwned

YEARS = 3  # after leaving: as long as destinations are kept, and the benchmarks' third asks for (edition of 2014)
MOST_YEARS = 15


class DataProtection(SchoolOwned):
    """Who answers for the school's personal data, who handles it, and for how long it is kept; one row a school."""

    data_classes: ClassVar[dict[str, str]] = dict.fromkeys(
        [
            "controller",
            "officer_name",
            "officer_email",
            "hosting",
            "processors",
            "registration",
            "keep_years",
            "erases_since",
            "agreed_on",
            "agreed_by",
            "risks",
        ],
        "P",
    )

    # In an academy trust normally the trust: it is the legal person.
    controller = models.CharField(max_length=200, blank=True)
    registration = models.CharField("Registration with the ICO", max_length=20, blank=True)
    officer_name = models.CharField("Data protection officer", max_length=150, blank=True)
    officer_email = models.EmailField("The officer's e-mail address", blank=True)
    hosting = models.CharField("Where it runs", max_length=300, blank=True)
    processors = models.TextField("Who handles the data for the school", blank=True, max_length=1500)
    keep_years = models.PositiveSmallIntegerField("Years kept after leaving", default=YEARS)
    # Since when records go by themselves when their time is over; none until a person says so, having seen what goes.
    erases_since = models.DateField(null=True, blank=True, editable=False)
    risks = models.TextField("What else we weighed", blank=True, max_length=4000)
    agreed_on = models.DateField("Assessment agreed on", null=True, blank=True)
    agreed_by = models.CharField("Agreed by", max_length=150, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name_plural = "data protection"
        constraints = (models.UniqueConstraint(fields=["school"], name="data_protection_said_once"),)

    def __str__(self) -> str:
        return self.controller


class Case(SchoolOwned):
    """One request about one pupil's data: to see it, to have it erased, or a complaint. Two people decide it."""

    class Kind(models.TextChoices):
        ACCESS = "access", "To see what is held (subject access)"
        ERASURE = "erasure", "To have it erased"
        COMPLAINT = "complaint", "A complaint about data protection"

    class AskedBy(models.TextChoices):
        PUPIL = "pupil", "The pupil"
        CARER = "carer", "A parent or carer"
        OTHER = "other", "Somebody for them, such as a solicitor"

    class Proof(models.TextChoices):
        KNOWN = "known", "Somebody here knows them and spoke with them"
        ADDRESS = "address", "They wrote from an address that the school holds"
        DOCUMENT = "document", "A document with a photograph was looked at"
        AUTHORITY = "authority", "Their signed authority to ask for the pupil was looked at"

    class Outcome(models.TextChoices):
        RELEASED = "released", "Answered: released"
        ERASED = "erased", "Erased"
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Refused, with the reason and the right to complain"
        WITHDRAWN = "withdrawn", "Withdrawn"

    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil asker note sent_to closed_because",
        G="cleared_at cleared_by",
        L="kind reference asked_by proof received_on extended_because acknowledged_on opened_by opened_at first_by first_at"
        " second_by second_at closed_on closed_by outcome agreed_to",
    )

    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=12)  # what the case is called, since it may outlive the pupil's record
    # Null once the pupil is erased.
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.CharField(max_length=10, choices=AskedBy)
    asker = models.CharField(max_length=120, blank=True)
    # How the school knows that it is they; none while that is still to come, and nobody agrees until then.
    proof = models.CharField(max_length=10, choices=Proof, blank=True)
    received_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    extended_because = models.CharField(max_length=200, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    first_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    # That the safeguarding lead has looked at it, where a contact of the pupil is restricted and may be who asks.
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_because = models.CharField(max_length=500, blank=True)  # why it was refused or withdrawn
    sent_to = models.CharField(max_length=200, blank=True)  # to whom the answer went, and how
    agreed_to = models.CharField(
        max_length=64, blank=True
    )  # a hash of the answer as it was read: nothing else goes out
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-received_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "reference"], name="a_case_has_its_reference"),
            models.CheckConstraint(
                condition=models.Q(second_by__isnull=True) | ~models.Q(second_by=models.F("first_by")),
                name="two_people_decide_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.closed_on is None


class CasePause(SchoolOwned):
    """The clock of a case stands still while the school waits for what it had to ask for."""

    class Reason(models.TextChoices):
        IDENTITY = "identity", "waiting for proof of who is asking"
        CLARIFICATION = "clarification", "waiting to hear what is wanted"

    data_classes: ClassVar[dict[str, str]] = classed(L="case reason starts_on ends_on")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=15, choices=Reason)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("starts_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ends_on__isnull=True), name="one_pause_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} from {self.starts_on}"


class CaseDecision(SchoolOwned):
    """A person has decided whether something that may name somebody else goes out: by a hash of what it is, not by it."""

    data_classes: ClassVar[dict[str, str]] = classed(L="case place is_released decided_by decided_at")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    place = models.CharField(max_length=32)
    is_released = models.BooleanField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["case", "place"], name="decided_once_a_case"),)

    def __str__(self) -> str:
        return f"{self.place}: {'released' if self.is_released else 'held back'}"


class Hold(SchoolOwned):
    """A pupil's record is kept longer than the school usually keeps records, for a reason, until somebody ends it."""

    data_classes: ClassVar[dict[str, str]] = classed(D="pupil because", L="set_on set_by ended_on ended_by")

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=200)
    set_on = models.DateField()
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-set_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["pupil"], condition=models.Q(ended_on__isnull=True), name="one_hold_a_pupil"
            ),
        )

    def __str__(self) -> str:
        return self.because


class Going(SchoolOwned):
    """A record whose time is over or soon will be, named for 30 days before it goes: a slip of today erases nobody tomorrow.

    The morning writes it, and takes it away once the record is not due any more, is held or is asked about; named
    again, the 30 days begin again. Plain ids, so that nothing here stands in the way of a change to the person.
    """

    class Kind(models.TextChoices):
        PUPIL = "pupil", "pupils"
        CARER = "carer", "parents and carers"
        STAFF = "staff", "staff"

    data_classes: ClassVar[dict[str, str]] = classed(D="kind record_id left_on", L="named_on goes_on")

    kind = models.CharField(max_length=5, choices=Kind)
    record_id = models.BigIntegerField()
    left_on = models.DateField(null=True)  # on which leaving it rests; another one is named anew
    named_on = models.DateField()
    goes_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("goes_on", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "kind", "record_id"], name="named_once_as_going"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} goes on {self.goes_on}"
