"""The two kept tables, and what is told from above. The ledgers are the truth; these make it quick. They hold plain ids: a key may not point up."""

from typing import ClassVar

from django.db import models

from dekaan.core.classed import classed
from dekaan.core.scope import ScopedManager
from dekaan.measures.tables import COUNTERS


class Says(models.IntegerChoices):
    """What was said in a year of whether a pupil considers higher education; the highest is what the benchmarks ask after."""

    NOTHING = 0, "Nothing is said"
    OPEN = 1, "Asked, and undecided"
    ELSEWHERE = 2, "Means to go elsewhere"
    CONSIDERS = 3, "Considers it"


class Considering(models.Model):
    """What was said of one pupil's plans in one academic year: last of all, and whether higher education was named at all.

    `destinations` tells it (`changes.tell_considering`). Which of the two counts depends on the year group, so the
    definitions say it: before the sixth form "elsewhere" is the step at 16.
    """

    data_classes: ClassVar[dict[str, str]] = classed(D="school_id pupil_id academic_year", I="says names_it")

    school_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField()
    academic_year = models.PositiveSmallIntegerField()
    says = models.PositiveSmallIntegerField(choices=Says)
    names_it = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        db_table = "measures_considering"
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["pupil_id", "academic_year"], name="said_once_a_year"),)
        indexes = (models.Index(fields=["school_id", "academic_year"], name="considering_of_a_school"),)

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.academic_year}: {Says(self.says).label}"


class PupilYear(models.Model):
    """One pupil in one academic year: who they were, what they did, and where that left them.

    `coh`, `far`, `met`, `unk`, `asm` are masks of criterion bits: judged this year, only so far, met, unknown, and met
    in part on rows that are only assumed.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        D="school_id pupil_id academic_year year_group tutor_group_id sex",
        E="in_cohort known unrecorded assumed coh far met unk asm counting",
        I="considers",
        S2="sen",
        S3="pupil_premium ethnicity eal looked_after",
    )

    school_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField()
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField(default=0)
    tutor_group_id = models.BigIntegerField(null=True)
    in_cohort = models.PositiveSmallIntegerField(default=0)
    known = models.PositiveSmallIntegerField(default=0)
    sex = models.CharField(max_length=1, default="")
    sen = models.CharField(max_length=1, default="")
    pupil_premium = models.CharField(max_length=3, default="")
    ethnicity = models.CharField(max_length=4, default="")
    eal = models.CharField(max_length=3, default="")
    looked_after = models.CharField(max_length=3, default="")
    unrecorded = models.BigIntegerField(default=0)
    assumed = models.BigIntegerField(default=0)
    considers = models.PositiveSmallIntegerField(default=0)  # as `Says`, of what was said that year
    coh = models.BigIntegerField(default=0)
    far = models.BigIntegerField(default=0)
    met = models.BigIntegerField(default=0)
    unk = models.BigIntegerField(default=0)
    asm = models.BigIntegerField(default=0)
    counting = models.BigIntegerField(default=0)  # which count wrote the row last

    objects = ScopedManager()

    class Meta:
        db_table = "measures_pupil_year"
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["pupil_id", "academic_year"], name="counted_once_a_year"),)
        indexes = (models.Index(fields=["school_id", "academic_year"]),)

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.academic_year}"


for _number in range(COUNTERS):
    PupilYear.data_classes[f"n{_number}"] = "E"
    PupilYear.add_to_class(f"n{_number}", models.PositiveSmallIntegerField(default=0))


class Coverage(models.Model):
    """One cell: of `n` pupils judged, so many met a criterion and so many are unknown. Shares are never stored."""

    data_classes: ClassVar[dict[str, str]] = classed(
        R="school_id academic_year bit breakdown value n met unknown assumed",
    )

    school_id = models.BigIntegerField()
    academic_year = models.PositiveSmallIntegerField()
    bit = models.PositiveSmallIntegerField()
    breakdown = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    n = models.IntegerField()
    met = models.IntegerField()
    unknown = models.IntegerField()
    assumed = models.IntegerField()

    objects = ScopedManager()

    class Meta:
        db_table = "measures_coverage"
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=["school_id", "academic_year", "bit", "breakdown", "value"], name="one_cell_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.breakdown} {self.value}: {self.met} of {self.n}"
