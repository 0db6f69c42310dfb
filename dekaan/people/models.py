"""People, dated. Each model says the class of data (security paper, section 3) that every field belongs to."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class Sex(models.TextChoices):
    """The census field."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"


class SenProvision(models.TextChoices):
    """Special educational needs provision, as the census codes it."""

    NONE = "N", "No special educational need"
    SUPPORT = "K", "SEN support"
    PLAN = "E", "Education, health and care plan"


class Ethnicity(models.TextChoices):
    """The main codes of the Department's set, in its order."""

    WHITE_BRITISH = "WBRI", "White British"
    WHITE_IRISH = "WIRI", "White Irish"
    IRISH_TRAVELLER = "WIRT", "Traveller of Irish heritage"
    ROMA = "WROM", "Gypsy or Roma"
    WHITE_OTHER = "WOTH", "Any other White background"
    WHITE_AND_CARIBBEAN = "MWBC", "White and Black Caribbean"
    WHITE_AND_AFRICAN = "MWBA", "White and Black African"
    WHITE_AND_ASIAN = "MWAS", "White and Asian"
    MIXED_OTHER = "MOTH", "Any other mixed background"
    INDIAN = "AIND", "Indian"
    PAKISTANI = "APKN", "Pakistani"
    BANGLADESHI = "ABAN", "Bangladeshi"
    ASIAN_OTHER = "AOTH", "Any other Asian background"
    CHINESE = "CHNE", "Chinese"
    CARIBBEAN = "BCRB", "Black Caribbean"
    AFRICAN = "BAFR", "Black African"
    BLACK_OTHER = "BOTH", "Any other Black background"
    OTHER = "OOTH", "Any other ethnic group"
    REFUSED = "REFU", "Refused"
    NOT_OBTAINED = "NOBT", "Not yet obtained"


class Pupil(SchoolOwned):
    """One person who is, was or will be a pupil of the school. Nothing needs a UPN."""

    data_classes: ClassVar[dict[str, str]] = classed(
        D="surname forename preferred_surname preferred_forename birth_date upn uln admission_number mis_id email",
        E="benchmark_cohort benchmark_cohort_review_on",
        S2="benchmark_cohort_reason",
    )

    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    preferred_surname = models.CharField(max_length=100, blank=True)
    preferred_forename = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    upn = models.CharField("UPN", max_length=13, blank=True)
    uln = models.CharField("ULN", max_length=10, blank=True)
    admission_number = models.CharField(max_length=20, blank=True)
    mis_id = models.CharField("Information system's number", max_length=50, blank=True)
    email = models.EmailField("E-mail address", blank=True)
    # Special schools name the pupils for whom the benchmarks fit, with a reason and a date to look again.
    benchmark_cohort = models.BooleanField(default=True)
    benchmark_cohort_reason = models.CharField(max_length=200, blank=True)
    benchmark_cohort_review_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("surname", "forename", "pk")
        indexes = (
            models.Index(fields=["school", "surname", "forename"]),
            models.Index(fields=["school", "upn"]),
            models.Index(fields=["school", "admission_number"]),
        )

    def __str__(self) -> str:
        return f"{self.known_surname}, {self.known_forename}"

    @property
    def known_forename(self) -> str:
        """The forename that the pupil uses."""
        return self.preferred_forename or self.forename

    @property
    def known_surname(self) -> str:
        """The surname that the pupil uses."""
        return self.preferred_surname or self.surname

    @property
    def name(self) -> str:
        """Forename first, as it is said."""
        return f"{self.known_forename} {self.known_surname}"


class FormerIdentifier(SchoolOwned):
    """A UPN (or other number) that a pupil had before: temporary numbers become permanent ones."""

    data_classes: ClassVar[dict[str, str]] = classed(D="pupil kind value until")

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="former_identifiers")
    kind = models.CharField(
        max_length=20,
        choices=[("upn", "UPN"), ("uln", "ULN"), ("admission", "Admission number")],
    )
    value = models.CharField(max_length=20)
    until = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["pupil", "kind", "value"], name="former_identifier_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Enrolment(SchoolOwned):
    """One stay on the school's roll. Codes C and M are main enrolments and count."""

    data_classes: ClassVar[dict[str, str]] = classed(D="pupil starts_on ends_on status")

    class Status(models.TextChoices):
        CURRENT = "C", "Current (only school)"
        MAIN = "M", "Main school of two"
        SUBSIDIARY = "S", "Subsidiary school of two"
        GUEST = "G", "Guest"
        FURTHER_EDUCATION = "F", "Further education"
        OTHER = "O", "Other provider"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="enrolments")
    starts_on = models.DateField()
    # The leaving date: from this day on the pupil is off the roll.
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=1, choices=Status, default=Status.CURRENT)

    class Meta(SchoolOwned.Meta):
        ordering = ("starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(ends_on__isnull=True),
                name="one_open_enrolment",
            ),
        )
        indexes = (models.Index(fields=["pupil", "starts_on"]),)

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or 'now'}"


class Group(SchoolOwned):
    """A tutor group, teaching group or other set of pupils in one academic year."""

    data_classes: ClassVar[dict[str, str]] = classed(D="kind name academic_year year_group subject tutor")

    class Kind(models.TextChoices):
        TUTOR = "tutor", "Tutor group"
        TEACHING = "teaching", "Teaching group"
        OTHER = "other", "Other group"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    tutor = models.ForeignKey(
        "StaffMember",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="groups",
    )

    class Meta(SchoolOwned.Meta):
        ordering = ("academic_year", "kind", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["school", "kind", "name", "academic_year"],
                name="group_named_once_a_year",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(SchoolOwned):
    """A pupil is in a group from one day until another."""

    data_classes: ClassVar[dict[str, str]] = classed(D="group pupil starts_on ends_on")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField()
    # The first day on which the pupil is no longer in it.
    ends_on = models.DateField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("starts_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["group", "pupil"],
                condition=Q(ends_on__isnull=True),
                name="in_a_group_once",
            ),
        )
        indexes = (models.Index(fields=["pupil", "starts_on"]),)

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.group_id}"


class YearRecord(SchoolOwned):
    """A pupil in one academic year: the year group of the information system, and characteristics as they stood.

    The latest value in the year; frozen when the year is rolled over. Blank is not known. `tutor_group` is the
    latest tutor group of the year, kept in step with Membership by `people.changes`.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        D="pupil academic_year year_group tutor_group sex",
        E="attendance_percent",
        S2="sen sen_need",
        S3="pupil_premium free_school_meals ethnicity eal looked_after young_carer service_child",
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="year_records")
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField()
    tutor_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    sen = models.CharField("SEN provision", max_length=1, choices=SenProvision, blank=True)
    sen_need = models.CharField(max_length=4, blank=True)
    pupil_premium = models.BooleanField(null=True, blank=True)
    free_school_meals = models.BooleanField(null=True, blank=True)
    ethnicity = models.CharField(max_length=4, choices=Ethnicity, blank=True)
    eal = models.BooleanField("English as an additional language", null=True, blank=True)
    looked_after = models.BooleanField(null=True, blank=True)
    young_carer = models.BooleanField(null=True, blank=True)
    service_child = models.BooleanField(null=True, blank=True)
    attendance_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("academic_year", "pk")
        constraints = (models.UniqueConstraint(fields=["pupil", "academic_year"], name="one_record_a_year"),)
        indexes = (models.Index(fields=["school", "academic_year", "year_group"]),)

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.academic_year}: Year {self.year_group}"


class StaffMember(SchoolOwned):
    """Somebody who works at or for the school; may have an account, may hold guidance meetings."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="surname forename email post mis_id starts_on ends_on guidance_qualified_from guidance_qualified_until "
        "is_employed_here employment_known_from employment_source",
        U="user",
    )

    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    post = models.CharField(max_length=100, blank=True)
    mis_id = models.CharField(max_length=50, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    # The first day on which they no longer work here.
    ends_on = models.DateField(null=True, blank=True)
    guidance_qualified_from = models.DateField(null=True, blank=True)  # suitably qualified to hold a guidance meeting
    guidance_qualified_until = models.DateField(null=True, blank=True)
    is_employed_here = models.BooleanField(null=True, blank=True)  # another fact of an adviser (decision 0038)
    employment_known_from = models.DateField(null=True, blank=True)  # since when it is so
    employment_source = models.CharField(max_length=200, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("surname", "forename", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_employed_here__isnull=True, employment_known_from__isnull=True)
                | Q(is_employed_here__isnull=False, employment_known_from__isnull=False),
                name="employment_is_known_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(user__isnull=False),
                name="an_account_is_one_colleagues",
            ),
        )

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()


class Carer(SchoolOwned):
    """A parent or carer, as a contact of one or more pupils."""

    data_classes: ClassVar[dict[str, str]] = classed(D="surname forename email telephone")

    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("surname", "forename", "pk")

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()


class CarerOf(SchoolOwned):
    """Which pupil a parent or carer cares for."""

    data_classes: ClassVar[dict[str, str]] = classed(D="carer pupil relationship")

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="children")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="carers")
    relationship = models.CharField(max_length=40, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["carer", "pupil"], name="carer_of_a_pupil_once"),)

    def __str__(self) -> str:
        return f"{self.carer_id} cares for {self.pupil_id}"


class RestrictedContact(SchoolOwned):
    """The safeguarding lead has restricted a parent or carer of a pupil: yes or no, and no content.

    It outlives the contact: whoever is added to the pupil anew with the same name, e-mail address or telephone number is
    restricted too (`marks`, folded). It goes when it is lifted, and with the pupil.
    """

    class By(models.TextChoices):
        NAME = "name", "the same name"
        EMAIL = "email", "the same e-mail address"
        TELEPHONE = "telephone", "the same telephone number"

    data_classes: ClassVar[dict[str, str]] = classed(G="pupil carer name marks created_at set_by inherited_by")

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="restricted_contacts")
    carer = models.ForeignKey(Carer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=201)
    marks = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # By what a contact who was added since was known again; empty where the safeguarding lead pressed.
    inherited_by = models.CharField(max_length=10, choices=By, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name = "carer of"  # as any contact is called where an undo says what was built on a pupil since
        constraints = (models.UniqueConstraint(fields=["pupil", "carer"], name="a_contact_restricted_once"),)

    def __str__(self) -> str:
        return f"a restricted contact of {self.pupil_id}"


class ErasedPupil(SchoolOwned):
    """Somebody who was a pupil here and was erased: keyed hashes of numbers, of the name and of its parts, and no name.

    By them a restored backup is erased again and an old list does not bring them back. Insert-only. `pupil_id` is the
    number that the record had; it leads to nobody.
    """

    data_classes: ClassVar[dict[str, str]] = classed(L="uid pupil_id digests erased_on because")
    may_update: ClassVar[list[str]] = []

    class Because(models.TextChoices):
        CASE = "case", "A case"
        RETENTION = "retention", "Kept long enough"
        AGAIN = "again", "Erased again, after a restore"

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    pupil_id = models.BigIntegerField()
    digests = models.JSONField()  # kind of number → keyed hashes
    erased_on = models.DateField()
    because = models.CharField(max_length=10, choices=Because)

    class Meta(SchoolOwned.Meta):
        ordering = ("erased_on", "pk")
        indexes = (models.Index(fields=["school", "pupil_id"]),)

    def __str__(self) -> str:
        return f"erased on {self.erased_on}"
