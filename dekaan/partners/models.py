"""Organisations, the people at them, what was said with whom, and the public registers they are looked up in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.partners.published import lawful_bases
from dekaan.schools.models import SchoolOwned, Trust


class Said(models.TextChoices):
    """Whether an organisation offers something: as somebody said it, on a day; until then it is not known."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Described(models.Model):
    """What is said of an organisation, whoever holds it.

    A provider in the sense of the law on provider access offers approved technical education qualifications or
    apprenticeships (Education Act 1997, section 42B); each is said with its day and source, never read off the kind.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)  # a key of the list of partner kinds
    technical = models.CharField("offers technical qualifications", max_length=7, choices=Said, default=Said.UNKNOWN)
    technical_on = models.DateField("said on", null=True, blank=True)
    technical_source = models.CharField("said by", max_length=200, blank=True)
    apprenticeships = models.CharField("offers apprenticeships", max_length=7, choices=Said, default=Said.UNKNOWN)
    apprenticeships_on = models.DateField("said on", null=True, blank=True)
    apprenticeships_source = models.CharField("said by", max_length=200, blank=True)
    size = models.CharField(max_length=10, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ukprn = models.CharField("UKPRN", max_length=8, blank=True)
    urn = models.CharField("URN", max_length=6, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_provider(self) -> str:
        """Whether it is a provider in the sense of the law: yes where it offers either, no where it offers neither."""
        said = {self.technical, self.apprenticeships}
        return Said.YES if Said.YES in said else Said.NO if said == {Said.NO} else Said.UNKNOWN


def _said_with_day_and_source(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(**{what: "unknown"}) | (Q(**{f"{what}_on__isnull": False}) & ~Q(**{f"{what}_source": ""})),
            name=f"{name}_{what}_said_when_and_by_whom",
        )
        for what in ("technical", "apprenticeships")
    ]


# The fields of an organisation that say what it is.
DESCRIBED = tuple(field.name for field in Described._meta.fields)


class TrustOrganisation(Described):
    """An organisation that a trust holds and offers to its schools: what it is, and nobody's name.

    Not school-owned, since every school of the trust may take it up.
    """

    trust = models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+")
    no_longer_offered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = tuple(_said_with_day_and_source("trust"))


class Organisation(Described, SchoolOwned):
    """An employer or provider that works with the school, or might.

    It is never deleted, since what it did stays on record: it is no longer used, or was made one with another.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="name kind technical technical_on technical_source apprenticeships apprenticeships_on "
        "apprenticeships_source size sector website town postcode ukprn urn added_on no_longer_used_on merged_into "
        "taken_up_from",
        X="notes",
    )

    notes = models.TextField(blank=True, max_length=1000)
    added_on = models.DateField()
    no_longer_used_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_up_from = models.ForeignKey(
        TrustOrganisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")
        constraints = (
            *_said_with_day_and_source("own"),
            models.UniqueConstraint(fields=["school", "taken_up_from"], name="taken_up_once"),
        )


class OtherName(SchoolOwned):
    """Another name of an organisation: as an older list writes it, or as one was called that was made one with it."""

    data_classes: ClassVar[dict[str, str]] = classed(P="organisation name")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="a_name_of_one_organisation"),)

    def __str__(self) -> str:
        return self.name


class KeptApart(SchoolOwned):
    """Two organisations that look like one, and that somebody said are two; the older row first."""

    data_classes: ClassVar[dict[str, str]] = classed(P="one other said_by said_on")

    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_on = models.DateField()

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "kept apart"
        constraints = (models.UniqueConstraint(fields=["one", "other"], name="kept_apart_once"),)

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Contact(SchoolOwned):
    """A person at an organisation, with the lawful basis on which the school holds this, since when and from where."""

    data_classes: ClassVar[dict[str, str]] = classed(
        X="organisation name role email telephone basis basis_on basis_source added_on added_by left_on"
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    basis = models.CharField("lawful basis", max_length=20)  # a key of the list of lawful bases
    basis_on = models.DateField("lawful basis since")
    basis_source = models.CharField("where it came from", max_length=200)
    added_on = models.DateField()
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    left_on = models.DateField(null=True, blank=True)  # no longer there

    class Meta(SchoolOwned.Meta):
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def basis_name(self) -> str:
        """The lawful basis as it is called: "Public task (Article 6(1)(e))"."""
        found = lawful_bases().get(self.basis)
        return f"{found.name} (Article {found.article})" if found else self.basis


class Conversation(SchoolOwned):
    """One contact with an organisation: how, on which day, with whom of theirs, by whom of ours, and what was said."""

    data_classes: ClassVar[dict[str, str]] = classed(X="organisation contact how held_on by said")

    class How(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"
        MEETING = "meeting", "Meeting"
        LETTER = "letter", "Letter"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="conversations")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations")
    how = models.CharField(max_length=9, choices=How)
    held_on = models.DateField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said = models.CharField(max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_how_display()} on {self.held_on}"


class RegisterEntry(models.Model):
    """A row of a public register, kept as the register has it to be looked up; of the whole installation."""

    register = models.CharField(max_length=10)  # a key of the list of registers
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    plain = models.CharField(max_length=200)  # the name as it is compared
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    website = models.CharField(max_length=200, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    loaded_on = models.DateField()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "register entries"
        constraints = (models.UniqueConstraint(fields=["register", "number"], name="one_row_a_number"),)

    def __str__(self) -> str:
        return self.name
