"""A trust's schools by their clusters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dekaan.schools.models import School, Trust
from dekaan.trusts.models import Cluster, ClusterPlace


@dataclass(frozen=True)
class Clustered:
    """The schools of one cluster by name, or those in none (`cluster` is None)."""

    cluster: Cluster | None
    schools: tuple[School, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.cluster.name if self.cluster else "In no cluster"


def clusters_of(trust: Trust) -> QuerySet[Cluster]:
    """The trust's clusters, by name."""
    return Cluster.objects.filter(trust=trust)


def schools_of_trust(trust: Trust) -> list[School]:
    """Every school of the trust, by name."""
    return list(School.objects.filter(trust=trust).order_by("name", "pk"))


def clustered(trust: Trust, schools: Iterable[School], *, with_empty: bool = False) -> list[Clustered]:
    """The schools in the trust's clusters, both by name; those in none last. One statement, two `with_empty` ones."""
    here = sorted(schools, key=lambda each: (each.name, each.pk))
    places = ClusterPlace.objects.filter(cluster__trust=trust).select_related("cluster")
    cluster_of = {each.school_id: each.cluster for each in places}
    found = {each.pk: each for each in (clusters_of(trust) if with_empty else cluster_of.values())}
    groups = [
        Clustered(each, tuple(school for school in here if cluster_of.get(school.pk) == each))
        for each in sorted(found.values(), key=lambda one: (one.name, one.pk))
    ]
    alone = tuple(each for each in here if each.pk not in cluster_of)
    return [each for each in groups if each.schools or with_empty] + ([Clustered(None, alone)] if alone else [])
