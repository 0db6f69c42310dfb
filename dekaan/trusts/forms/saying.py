"""Clusters, the vision, and objectives."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.schools.models import School, Trust
from dekaan.trusts.models import Cluster, TakenObjective, TrustObjective, TrustVision
from dekaan.trusts.naming import names_somebody
from dekaan.trusts.queries import clusters_of


def text(most: int, rows: int, **more: Any) -> forms.CharField:
    """Several lines of words."""
    return words(most, widget=forms.Textarea(attrs={"rows": rows}), **more)


NAMED = "A forename and a surname stand together here as a pupil’s do. Leave the name out: say “a pupil in Year 10”."


def nobody_named(said: str) -> str:
    """Words that are read by both sides: no pupil of the school is named in them. Which one is not told."""
    if names_somebody(said):
        raise forms.ValidationError(NAMED)
    return said


class ClusterDetails(Edits, forms.Form):
    """A cluster's name, and which schools are in it."""

    name = words(80, required="Give the cluster a name.", label="What is it called?")
    schools = choice(
        many=True, label="Schools in it", widget=Ticks, help_text="A school that you tick here leaves another cluster"
    )

    def __init__(self, data: Any = None, *, trust: Trust, of: Iterable[School], cluster: Cluster | None = None) -> None:
        self.trust, self.cluster, self.of = trust, cluster, {str(each.pk): each for each in of}
        held = [str(each.school_id) for each in cluster.places.all()] if cluster else []
        super().__init__(data, initial={"name": cluster.name if cluster else "", "schools": held})
        self.fields["schools"].choices = [(pk, each.name) for pk, each in self.of.items()]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """No other cluster of the trust has it."""
        name: str = self.cleaned_data["name"]
        others = clusters_of(self.trust).exclude(pk=self.cluster.pk if self.cluster else None)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is a cluster of that name. Choose another.")
        return name

    def said(self) -> dict[str, Any]:
        """The cluster as typed."""
        return {
            "name": self.cleaned_data["name"],
            "schools": [self.of[each] for each in self.cleaned_data["schools"]],
        }

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("cluster", self.cluster.pk if self.cluster else 0, of_no_school=True)


class VisionDetails(Edits, forms.Form):
    """What the trust wants, between two days."""

    words = text(2000, 5, required="Say what the trust wants of careers.", label="Vision")
    strategy = text(4000, 8, label="Strategy", help_text="How the trust means to get there, with its schools")
    starts_on = day("Give the day from which it holds.", label="From")
    ends_on = day("Give the day until which it holds.", label="Until")

    def __init__(self, data: Any = None, *, vision: TrustVision | None) -> None:
        names = ("words", "strategy", "starts_on", "ends_on")
        super().__init__(data, initial={name: getattr(vision, name) for name in names} if vision else None)
        self.vision_id = vision.pk if vision else 0

    def clean(self) -> dict[str, Any]:
        """It begins before it ends."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "It ends before it begins. Give a later day.")
        return data

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("trust's vision", self.vision_id, of_no_school=True)


class ObjectiveDetails(Edits, forms.Form):
    """One objective of the trust."""

    title = words(200, required="Say what is to be reached.", label="What is to be reached?")
    measured_by = words(300, label="How is it measured?")
    due_on = day(label="By which day?", required=False)
    is_dropped = forms.BooleanField(
        label="It is no objective of the trust any more",
        required=False,
        help_text="Schools that took it keep what they wrote",
    )

    def __init__(self, data: Any = None, *, objective: TrustObjective | None = None) -> None:
        initial: dict[str, Any] = {}
        if objective:
            initial = {name: getattr(objective, name) for name in ("title", "measured_by", "due_on")}
            initial["is_dropped"] = objective.dropped_on is not None
        super().__init__(data, initial=initial)
        self.objective_id = objective.pk if objective else 0
        if objective is None:
            del self.fields["is_dropped"]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("trust's objective", self.objective_id, of_no_school=True)


class HowTaken(Edits, forms.Form):
    """How a school takes an objective of its trust into its plan."""

    how = text(
        1000,
        4,
        required="Say in a sentence how it stands in your plan.",
        label="How does it stand in our plan?",
        help_text="The trust reads this. Name no pupil",
    )

    def __init__(self, data: Any = None, *, objective: TrustObjective, taken: TakenObjective | None) -> None:
        super().__init__(data, initial={"how": taken.how if taken else ""})
        self.objective_id = objective.pk

    def clean_how(self) -> str:
        """It is read beyond the school."""
        return nobody_named(self.cleaned_data["how"])

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("trust's objective", self.objective_id)
