"""A trust's clusters are made, changed and dissolved."""

from collections.abc import Iterable

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.schools.models import School, Trust
from dekaan.trusts.models import Cluster, ClusterPlace

OF_NO_SCHOOL = 0  # in the trail: of all schools of a trust, and of none


@transaction.atomic
def make_cluster(trust: Trust, *, name: str, schools: Iterable[School], by: User | None) -> Cluster:
    """The trust has a cluster of that name with these schools in it; none of them is in another any more."""
    cluster = Cluster.objects.create(trust=trust, name=name)
    _put(cluster, schools)
    record(action="cluster made", by=by, subject="cluster", subject_id=cluster.pk, school_id=OF_NO_SCHOOL)
    return cluster


@transaction.atomic
def change_cluster(cluster: Cluster, *, name: str, schools: Iterable[School], by: User | None) -> None:
    """The cluster is called that and has these schools in it; none of them is in another any more."""
    cluster.name = name
    cluster.save(update_fields=["name"])
    _put(cluster, schools)
    record(action="cluster changed", by=by, subject="cluster", subject_id=cluster.pk, school_id=OF_NO_SCHOOL)


@transaction.atomic
def remove_cluster(cluster: Cluster, *, by: User | None) -> None:
    """There is no such cluster; its schools are in none."""
    record(action="cluster removed", by=by, subject="cluster", subject_id=cluster.pk, school_id=OF_NO_SCHOOL)
    cluster.delete()


def _put(cluster: Cluster, schools: Iterable[School]) -> None:
    """These of the trust's schools are in the cluster, and no others."""
    chosen = [each.pk for each in schools if each.trust_id == cluster.trust_id]
    ClusterPlace.objects.filter(cluster=cluster).delete()
    ClusterPlace.objects.filter(school__in=chosen).delete()
    ClusterPlace.objects.bulk_create([ClusterPlace(cluster=cluster, school_id=each) for each in chosen])
