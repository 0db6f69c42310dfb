"""To whom of the trust the school opens names; and the names, where it has."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.frameworks.queries import benchmarks_in_force, criterion
from dekaan.trusts import changes, forms, queries
from dekaan.trusts.views.reach import keeps, of_the_trust


@needs(Permission.BENCHMARKS_SEE)
def names_grant_list(request: SchoolRequest) -> HttpResponse:
    """Who of the trust may read names here, for what and until when; for whoever may, which lists there are."""
    now = today()
    own = queries.grant_to(request.user, now) if keeps(request) else None
    context = {
        "keeps": keeps(request),
        # To whom and for what is a matter of accounts, as roles are.
        "sees_grants": Permission.ROLES_SEE in request.permissions,
        "grants": [(each, each.is_in_force(now)) for each in queries.grants()]
        if Permission.ROLES_SEE in request.permissions
        else [],
        "own": own,
        "criteria": benchmarks_in_force(now).counted if own else (),
    }
    return render(request, "trusts/names_grant_list.html", context)


@needs(Permission.NAMES_GRANT)
def names_grant_new(request: SchoolRequest) -> HttpResponse:
    """Let somebody of the trust read names here."""
    form = forms.NewGrant(request.POST if request.method == "POST" else None, school=request.school)
    if request.method == "POST" and form.is_valid():
        made = changes.grant_names(request.school, by=request.user, **form.cleaned_data)
        messages.success(request, f"{made.to} may read names here until {made.ends_on:%-d %B %Y}.")
        return redirect("names-grant-list", request.school.slug)
    return render(request, "trusts/names_grant_new.html", {"form": form})


@needs(Permission.NAMES_GRANT)
@require_POST
def names_grant_end(request: SchoolRequest, names_grant_id: int) -> HttpResponse:
    """Take it back, from the next request on."""
    grant = get_object_or_404(queries.grants(), pk=names_grant_id)
    changes.take_grant_back(grant, by=request.user)
    messages.success(request, f"{grant.to} reads no names here any more.")
    return redirect("names-grant-list", request.school.slug)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_names(request: SchoolRequest, criterion_id: str) -> HttpResponse:
    """Who misses a criterion at this school alone, while a grant of the school is in force; else there is no such page."""
    asked, now = criterion(criterion_id), today()
    grant = queries.grant_to(request.user, now)
    if grant is None or asked is None or not asked.is_counted:
        raise Http404
    reads(request, "names read by the trust", subject="criterion", criterion=asked.id, grant=grant.pk)
    found = queries.names_granted(request.school, asked, now)
    context = {
        "criterion": asked,
        "grant": grant,
        "found": found,
        "number": sum(len(each.rows) for each in found),
        "year": year_label(academic_year_of(now)),
    }
    return render(request, "trusts/trust_names.html", context)
