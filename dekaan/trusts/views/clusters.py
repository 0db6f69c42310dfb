"""The trust's clusters."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.schools.models import Trust
from dekaan.trusts import changes, forms, queries
from dekaan.trusts.models import Cluster
from dekaan.trusts.views.reach import of_the_trust


def _trust(request: SchoolRequest) -> Trust:
    assert request.school.trust is not None  # `of_the_trust` has looked
    return request.school.trust


@needs(Permission.TRUST_LEAD)
@of_the_trust
def cluster_list(request: SchoolRequest) -> HttpResponse:
    """Every school of the trust by its cluster."""
    trust = _trust(request)
    clusters = queries.clustered(trust, queries.schools_of_trust(trust), with_empty=True)
    return render(request, "trusts/cluster_list.html", {"clusters": clusters, "keeps": True})


@needs(Permission.TRUST_LEAD)
@of_the_trust
def cluster_new(request: SchoolRequest) -> HttpResponse:
    """Make a cluster."""
    trust = _trust(request)
    form = forms.ClusterDetails(
        request.POST if request.method == "POST" else None, trust=trust, of=queries.schools_of_trust(trust)
    )
    if request.method == "POST" and form.is_valid():
        made = changes.make_cluster(trust, by=request.user, **form.said())
        messages.success(request, f"Made: {made.name}.")
        return redirect("cluster-list", request.school.slug)
    return _form(request, form, None)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def cluster_change(request: SchoolRequest, cluster_id: int) -> HttpResponse:
    """Its name, and which schools are in it."""
    trust = _trust(request)
    cluster = get_object_or_404(queries.clusters_of(trust), pk=cluster_id)
    hold(request, cluster)
    form = forms.ClusterDetails(
        request.POST if request.method == "POST" else None,
        trust=trust,
        of=queries.schools_of_trust(trust),
        cluster=cluster,
    )
    if request.method == "POST" and form.is_valid():
        changes.change_cluster(cluster, by=request.user, **form.said())
        messages.success(request, f"Saved: {cluster.name}.")
        return redirect("cluster-list", request.school.slug)
    return _form(request, form, cluster)


def _form(request: SchoolRequest, form: Any, cluster: Cluster | None) -> HttpResponse:
    return render(request, "trusts/cluster_change.html", {"form": form, "cluster": cluster})


@needs(Permission.TRUST_LEAD)
@of_the_trust
@require_POST
def cluster_remove(request: SchoolRequest, cluster_id: int) -> HttpResponse:
    """Dissolve it."""
    cluster = get_object_or_404(queries.clusters_of(_trust(request)), pk=cluster_id)
    changes.remove_cluster(cluster, by=request.user)
    messages.success(request, "It is no cluster any more; its schools are in none.")
    return redirect("cluster-list", request.school.slug)
