"""Asking by a link: whom, in what words; what goes out is seen first, and can be taken back while it has not left."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import Access
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asking, Kind, in_sentence
from dekaan.destinations.views.lists import years_to_choose
from dekaan.people.models import Group
from dekaan.people.queries import in_groups, tutor_groups

ASIDE = {"csrfmiddlewaretoken", "seen"}  # of what the preview carries on
OTHERWISE = "It reads otherwise than when you looked: somebody was found, or asked, meanwhile. Nothing was sent. Look once more."


@dataclass(frozen=True)
class _Of:
    """Whom a page asks, and where it leads back to."""

    asks: queries.Asks
    group: Group | None = None
    moments: tuple[Kind, ...] = ()

    @property
    def group_name(self) -> str:
        return self.group.name if self.group else ""


@needs(Permission.DESTINATIONS_CHANGE)
def asking_new(request: SchoolRequest) -> HttpResponse:
    """Ask the leavers of a year, or a tutor group: who is asked and who is not, then the letter as it goes, then sent."""
    of = _of_group(request) if request.GET.get("group") else _of_leavers(request)
    before = Asking.objects.order_by("-pk").first()
    form = forms.AskingDetails(
        request.POST if request.method == "POST" else None,
        before=before,
        name=request.user.name,
        email=request.user.email,
    )
    context: dict[str, Any] = {
        "form": form,
        "of": of,
        "asks": of.asks,
        "year": of.asks.left_in,
        "year_label": year_label(of.asks.left_in) if of.asks.left_in is not None else "",
        "kind": Kind(of.asks.kind) if of.asks.kind else None,
        "kind_in_words": in_sentence(Kind(of.asks.kind).label) if of.asks.kind else "",
        "grace": ladder().grace_minutes,
    }
    if request.method == "POST" and of.asks.people and form.is_valid():
        draft = changes.draft_asking(
            kind=of.asks.kind,
            left_in=of.asks.left_in,
            group_name=of.group_name,
            here=request.build_absolute_uri("/").rstrip("/"),
            **form.cleaned_data,
        )
        shown, seen = queries.preview(draft, request.school, of.asks.people), request.POST.get("seen", "")
        if seen == shown.mark:
            made = changes.begin_asking(draft, request.school, of.asks.people, by=request.user)
            return redirect("asking-detail", request.school.slug, made.pk)
        context |= {
            "shown": shown,
            "reads_otherwise": OTHERWISE if seen else "",
            "carried": [(name, each) for name, all_ in request.POST.lists() if name not in ASIDE for each in all_],
        }
    return render(request, "destinations/asking_new.html", context)


def _of_leavers(request: SchoolRequest) -> _Of:
    _, left_in = years_to_choose(request)
    come = queries.moments_come(left_in)
    asked = request.GET.get("moment", "")
    kind = asked if asked in come else come[-1] if come else ""
    theirs = queries.leavers_opened(request.assignments, left_in, Access.WRITES)
    asks = queries.leavers_to_ask(left_in, kind, theirs) if kind else queries.Asks("", left_in, (), ())
    return _Of(asks, moments=tuple(come))


def _of_group(request: SchoolRequest) -> _Of:
    mine = queries.on_roll_opened(request.assignments, Access.WRITES)
    choose = forms.ChooseGroup(request.GET, groups=tutor_groups(academic_year_of(today()), mine))
    group = choose.chosen()
    pupils = list(mine.filter(in_groups([group.pk], today())).order_by("surname", "forename", "pk")) if group else []
    return _Of(queries.pupils_to_ask(pupils), group)


def _asking_or_404(request: SchoolRequest, asking_id: int) -> Asking:
    of = Asking.objects.filter(pk=asking_id).select_related("begun_by")
    asking = get_object_or_404(of)
    return get_object_or_404(queries.askings_opened(request.assignments, of, asking.left_in))


@needs(Permission.DESTINATIONS_CHANGE)
def asking_detail(request: SchoolRequest, asking_id: int) -> HttpResponse:
    """Who was asked, how each stands, and what can still be taken back or stopped."""
    asking = _asking_or_404(request, asking_id)
    people = queries.asking_people(asking)
    stopped = asking.stopped_on is not None or not asking.reminds or not asking.is_open
    context = {
        "asking": asking,
        "people": people,
        "waiting": queries.letters_waiting(asking),
        "answered": sum(each.stands == queries.Stands.ANSWERED for each in people),
        "to_call": sum(each.is_to_be_called for each in people),
        "can_stop": not stopped,
        "year_label": year_label(asking.left_in) if asking.left_in is not None else "",
        "next_on": min((each.next_on for each in people if each.next_on), default=None),
    }
    return render(request, "destinations/asking_detail.html", context)


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def asking_undo(request: SchoolRequest, asking_id: int) -> HttpResponse:
    """Letters that have not left are taken back."""
    asking = _asking_or_404(request, asking_id)
    back, stand = changes.undo_asking(asking, by=request.user)
    took = f"{back} letter{'' if back == 1 else 's'} taken back: they were never asked."
    if back and not stand:
        messages.success(request, took)
        return redirect(_back(request, asking))
    left = f"{stand} had left by then and stand{'s' if stand == 1 else ''}."
    messages.info(request, f"{took} {left}" if back else f"Too late: all have left. {left}")
    return redirect("asking-detail", request.school.slug, asking.pk)


def _back(request: SchoolRequest, asking: Asking) -> str:
    if asking.left_in is None:
        return reverse("intention-grid", args=[request.school.slug])
    return f"{reverse('leaver-list', args=[request.school.slug])}?year={asking.left_in}"


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def asking_stop(request: SchoolRequest, asking_id: int) -> HttpResponse:
    """No reminder goes out any more."""
    asking = _asking_or_404(request, asking_id)
    changes.stop_asking(asking, by=request.user)
    messages.success(request, "No more reminders go out. The links stay open until their day.")
    return redirect("asking-detail", request.school.slug, asking.pk)
