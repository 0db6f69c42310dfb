"""What a school says of its data protection."""

from typing import ClassVar

from django.db import models

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
    risks = models.TextField("What else we weighed", blank=True, max_length=4000)
    agreed_on = models.DateField("Assessment agreed on", null=True, blank=True)
    agreed_by = models.CharField("Agreed by", max_length=150, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name_plural = "data protection"
        constraints = (models.UniqueConstraint(fields=["school"], name="data_protection_said_once"),)

    def __str__(self) -> str:
        return self.controller
