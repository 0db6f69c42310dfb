"""Putting a sentence together, whom it finds, what is done for them; and the sentences that are kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import LIST_OF_NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.exporting import export_asked, names_taken
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_end
from dekaan.lists import changes, forms, queries
from dekaan.lists.models import SavedList
from dekaan.people.queries import pupils_visible_to
from dekaan.programme.changes import AlreadyRecorded, NobodyToCatchUp, SessionCancelled, also_invite, plan_catch_up_for
from dekaan.programme.models import Session
from dekaan.programme.queries import inclusion_before, open_catch_ups, planned_between

WHEN = ("held_on", "starts_at", "place")


def _offered(request: SchoolRequest) -> queries.Offered:
    return queries.offered_to(request.user, request.assignments, request.permissions, today())


@needs(Permission.NAMES_SEE)
def sentence_list(request: SchoolRequest) -> HttpResponse:
    """The drop-downs, and the sentences that are kept. "And …" comes back here with room for two phrases more."""
    offered = _offered(request)
    more = 1 if "more" in request.GET else 0
    form = forms.Builder(offered=offered, initial=request.GET.dict(), more=more)
    return render(request, "lists/sentence_list.html", {"form": form, "lists": _kept(request, offered)})


def _kept(request: SchoolRequest, offered: queries.Offered) -> list[queries.KeptLine]:
    return queries.my_lists(request.user, request.permissions, offered)


@needs(Permission.NAMES_SEE)
def sentence_found(request: SchoolRequest) -> HttpResponse:
    """Whom the sentence of the address finds; where it says no whole sentence, the drop-downs say what is missing."""
    offered = _offered(request)
    form = forms.Builder(request.GET, offered=offered)
    if not form.is_valid():
        return render(request, "lists/sentence_list.html", {"form": form, "lists": _kept(request, offered)})
    return _found(request, form.sentence, offered)


def _found(
    request: SchoolRequest, sentence: queries.Sentence, offered: queries.Offered, saved: SavedList | None = None
) -> HttpResponse:
    found = _finding(request, sentence, offered)
    may_change = saved is not None and queries.may_change(saved, request.user, request.permissions)
    context = {
        "found": found,
        "saved": saved,
        "may_change": may_change,
        "who_sees": queries.who_sees(sentence),
        "form": forms.Builder.of(sentence, offered),
        "keep": forms.Keep(initial={"name": saved.name, "shared_with": saved.shared_with} if saved else None),
        "share": forms.Share(initial={"shared_with": saved.shared_with}, auto_id="share_%s")
        if saved and may_change
        else None,
        "export": export_asked(request, len(found.rows)) if Permission.EXPORT_NAMED in request.permissions else None,
    }
    return render(request, "lists/sentence_found.html", context)


def _finding(request: SchoolRequest, sentence: queries.Sentence, offered: queries.Offered) -> queries.Finding:
    """Whom it finds; where that tells needs or flags of each, that it was read is kept."""
    found = queries.finding(request.school, sentence, request.assignments, offered, on=today())
    if found.tells and not found.problems:
        reads(request, LIST_OF_NEEDS_READ, subject="sentence", by=" ".join(found.tells))
    return found


def _asked(request: SchoolRequest) -> queries.Finding:
    """Whom the sentence of the address finds, for doing something for them. 404 where it says none."""
    offered = _offered(request)
    form = forms.Builder(request.GET, offered=offered)
    if not form.is_valid():
        raise Http404
    return _finding(request, form.sentence, offered)


@needs(Permission.EXPORT_NAMED)
@require_POST
def sentence_export(request: SchoolRequest) -> HttpResponse:
    """The names as a file; who took it and what for is kept, and a second person is told."""
    found = _asked(request)
    return names_taken(
        request,
        found.rows,
        file=f"list-{today()}",
        says=found.words,
        detail={"by": "sentence"},
        tells=bool(found.tells),
        back_to=f"{reverse('sentence-found', args=[request.school.slug])}?{found.sentence.query}",
        if_too_many="Add a phrase, a year group say.",
    )


@needs(Permission.PROGRAMME_CHANGE)
def sentence_plan(request: SchoolRequest) -> HttpResponse:
    """Invites those found to something planned, to a catch-up or to something new; everyone is ticked at first."""
    if not request.GET:
        return redirect("sentence-list", request.school.slug)
    found = _asked(request)
    form = forms.Plan(
        request.POST if request.method == "POST" else None,
        groups=found.groups,
        planned=planned_between(today(), year_end(academic_year_of(today()))),
        missed=open_catch_ups(),
    )
    looks = "look" in request.POST
    if request.method == "POST" and not looks and form.is_valid():
        try:
            session = _planned(request, form)
        except (SessionCancelled, AlreadyRecorded):
            form.add_error("session", "It is off or recorded by now. Choose another.")
        except NobodyToCatchUp:
            form.add_error("session", "Whoever you ticked has had it, or caught up. Choose another session.")
        else:
            return redirect("session-detail", request.school.slug, session.pk)
    everyone = pupils_visible_to(request.assignments)
    if looks:
        form.only_looking(but_for="session")
    context = {
        "found": found,
        "form": form,
        "inclusion": inclusion_before(form.ids(), form.on(), request.permissions, everyone),
    }
    return render(request, "lists/sentence_plan.html", context)


def _planned(request: SchoolRequest, form: forms.Plan) -> Session:
    """What the form says is done; says how many are invited."""
    data = form.cleaned_data
    pupils = list(pupils_visible_to(request.assignments).filter(pk__in=data["pupils"]))
    if existing := form.planned.get(data["session"]):
        number = also_invite(existing, pupils=pupils, by=request.user)
        were = f"; {len(pupils) - number} were invited already" if number < len(pupils) else ""
        messages.success(request, f"{number} invited besides{were}.")
        return existing
    if missed := form.missed.get(data["session"]):
        session = plan_catch_up_for(missed, held_on=data["held_on"], pupils=pupils, by=request.user)
    else:
        names = ("title", "activity_type", "partner_name", *WHEN)
        session = changes.plan_for_found(pupils=pupils, by=request.user, **{name: data[name] for name in names})
    number = session.invitations.count()
    had = f" {len(pupils) - number} have had it, and are not invited." if number < len(pupils) else ""
    messages.success(request, f"Planned for {number} pupil{'' if number == 1 else 's'}.{had}")
    return session


@needs(Permission.NAMES_SEE)
@require_POST
def saved_list_keep(request: SchoolRequest) -> HttpResponse:
    """Keeps the sentence of the address under a name."""
    offered, form = _offered(request), forms.Keep(request.POST)
    builder = forms.Builder(request.GET, offered=offered)
    if not builder.is_valid():
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(each for errors in form.errors.values() for each in errors))
        return redirect(f"{reverse('sentence-found', args=[request.school.slug])}?{builder.sentence.query}")
    saved = changes.keep_list(sentence=builder.sentence, by=request.user, **form.cleaned_data)
    messages.success(request, f"Kept: {saved.name}.")
    return redirect("saved-list-detail", request.school.slug, saved.pk)


def _list_or_404(request: SchoolRequest, saved_list_id: int, *, to_change: bool = False) -> SavedList:
    """The list, if the person may open it, or change it."""
    saved = queries.list_or_none(request.user, request.permissions, saved_list_id)
    if saved is None or (to_change and not queries.may_change(saved, request.user, request.permissions)):
        raise Http404
    return saved


@needs(Permission.NAMES_SEE)
def saved_list_detail(request: SchoolRequest, saved_list_id: int) -> HttpResponse:
    """Whom a kept sentence finds today, of those whom this person may see."""
    saved = _list_or_404(request, saved_list_id)
    if saved.removed_at is not None:
        return render(request, "lists/saved_list_removed.html", {"saved": saved})
    return _found(request, queries.sentence_of(saved.sentence), _offered(request), saved)


def _back_to(request: SchoolRequest, saved: SavedList) -> HttpResponse:
    return redirect("saved-list-detail", request.school.slug, saved.pk)


@needs(Permission.NAMES_SEE)
@require_POST
def saved_list_share(request: SchoolRequest, saved_list_id: int) -> HttpResponse:
    """Opens the list to others, or to nobody else."""
    saved, form = _list_or_404(request, saved_list_id, to_change=True), forms.Share(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose whom the list is shared with.")
    else:
        changes.share_list(saved, shared_with=form.cleaned_data["shared_with"], by=request.user)
        said = f"{saved.name}: {saved.get_shared_with_display().lower()} may open it besides."
        sees = queries.who_sees(queries.sentence_of(saved.sentence)) if saved.shared_with else ""
        messages.success(request, f"{said} {sees}".strip())
    return _back_to(request, saved)


@needs(Permission.NAMES_SEE)
@require_POST
def saved_list_mend(request: SchoolRequest, saved_list_id: int) -> HttpResponse:
    """The list goes on without the phrases by which nobody can be found any more."""
    saved = _list_or_404(request, saved_list_id, to_change=True)
    sentence, offered = queries.sentence_of(saved.sentence), _offered(request)
    gone = {each.phrase for each in queries.problems_of(sentence, offered) if not each.is_closed}
    if left := sentence.without(gone):
        changes.mend_list(saved, sentence=left, by=request.user)
        messages.success(request, "The list goes on without it.")
    else:
        messages.error(request, "Nothing would be left of the sentence. Put another together, or remove the list.")
    return _back_to(request, saved)


@needs(Permission.NAMES_SEE)
@require_POST
def saved_list_remove(request: SchoolRequest, saved_list_id: int) -> HttpResponse:
    """Removes the list; it can be put back for 30 days."""
    saved = _list_or_404(request, saved_list_id, to_change=True)
    changes.remove_list(saved, by=request.user)
    return _back_to(request, saved)


@needs(Permission.NAMES_SEE)
@require_POST
def saved_list_put_back(request: SchoolRequest, saved_list_id: int) -> HttpResponse:
    """The list is there again."""
    saved = _list_or_404(request, saved_list_id, to_change=True)
    changes.put_list_back(saved, by=request.user)
    messages.success(request, f"{saved.name} is there again.")
    return _back_to(request, saved)
