"""What people add to the twin: an answer of their own with its reason, evaluations that were kept, the real percentages."""

from typing import ClassVar

from django.db import models

from dekaan.access.models import User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class SetKey(models.TextChoices):
    """The sets of questions that there are files of."""

    COMPASS_2025 = "compass-2025", "Since autumn 2025"
    COMPASS_2018 = "compass-2018", "2018/19 to July 2025"


class Override(SchoolOwned):
    """Somebody's own answer to a question in place of what the records say, with the reason; one at a time in force."""

    data_classes: ClassVar[dict[str, str]] = classed(
        P="question_set question answer reason recorded_at by instead_of ended_at ended_by"
    )

    question_set = models.CharField(max_length=20, choices=SetKey)
    question = models.CharField(max_length=10)
    answer = models.CharField(max_length=30)  # "Yes", "No", a band of the set's scale, or "Not asked"
    reason = models.CharField(max_length=500)
    instead_of = models.CharField(max_length=60, blank=True)  # what the records said then
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["school", "question_set", "question"],
                condition=models.Q(ended_at__isnull=True),
                name="one_override_of_a_question",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class SelfEvaluation(SchoolOwned):
    """The twin's answers as they stood on a day: they never change afterwards. `answers` is a list in the set's order."""

    data_classes: ClassVar[dict[str, str]] = classed(P="question_set kept_on recorded_at by", R="answers")

    question_set = models.CharField(max_length=20, choices=SetKey)
    kept_on = models.DateField()
    answers = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-kept_on", "-pk")

    def __str__(self) -> str:
        return f"{self.question_set} on {self.kept_on}"


class RealResult(SchoolOwned):
    """The percentages of the real evaluation, typed in with its day: benchmark number → per cent."""

    data_classes: ClassVar[dict[str, str]] = classed(P="question_set completed_on recorded_at by", R="percentages")

    question_set = models.CharField(max_length=20, choices=SetKey)
    completed_on = models.DateField()
    percentages = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(SchoolOwned.Meta):
        ordering = ("-completed_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["school", "question_set", "completed_on"], name="one_real_result_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.question_set} on {self.completed_on}"
