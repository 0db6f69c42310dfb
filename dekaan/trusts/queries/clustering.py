"""A trust's schools by their clusters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dekaan.schools.models import School, Trust
from dekaan.trusts.models import Cluster, ClusterPlace


@dataclass(frozen=True)
class Clustered:
    """The schools of one cluster by name, or those in none (`pk` is None)."""

    pk: int | None
    name: str
    schools: tuple[School, ...]


def clusters_of(trust: Trust) -> QuerySet[Cluster]:
    """The trust's clusters, by name."""
    return Cluster.objects.filter(trust=trust)


def schools_of_trust(trust: Trust) -> list[School]:
    """Every school of the trust, by name."""
    return list(School.objects.filter(trust=trust).order_by("name", "pk"))


def clustered(trust: Trust, schools: Iterable[School], *, with_empty: bool = False) -> list[Clustered]:
    """The schools in the trust's clusters, both by name; those in none last. One statement, two `with_empty` ones."""
    here = sorted(schools, key=lambda each: (each.name, each.pk))
    places = ClusterPlace.objects.filter(cluster__trust=trust).values_list("school_id", "cluster_id", "cluster__name")
    cluster_of = {school_id: (name, pk) for school_id, pk, name in places}
    every = {(each.name, each.pk) for each in clusters_of(trust)} if with_empty else set(cluster_of.values())
    groups = [
        Clustered(pk, name, tuple(each for each in here if cluster_of.get(each.pk) == (name, pk)))
        for name, pk in sorted(every)
    ]
    alone = tuple(each for each in here if each.pk not in cluster_of)
    return [each for each in groups if each.schools or with_empty] + (
        [Clustered(None, "In no cluster", alone)] if alone else []
    )
