"""Replying: what is chosen becomes a letter, the letter is seen, and only then sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.numbers import row_number
from dekaan.provider_requests import changes, forms, queries
from dekaan.provider_requests.models import AccessGround, AccessRules, ProviderReply, ProviderRequest
from dekaan.provider_requests.views.inbox import card

ASIDE = {"csrfmiddlewaretoken", "seen"}  # of what the preview carries on
AGREED = "A session was planned for it already. Nothing was sent: call that session off first if it is another time."
SENT = {
    "offer": "The offer is on its way.",
    "ask": "Your question is on its way.",
    "decline": "The refusal is on its way, with its ground.",
    "other": "The answer is on its way.",
    "agree": "The agreement is on its way, and the session is planned.",
}


def _form(kind: str, request: SchoolRequest, asked: ProviderRequest, rules: AccessRules) -> forms.Reply:
    if kind == "offer":
        return forms.Offering(request.POST, asked=asked, slots=queries.free_for(asked, rules).slots)
    if kind == "ask":
        return forms.Question(request.POST, asked=asked)
    if kind == "decline":
        grounds = queries.grounds(AccessGround.Kind.REFUSE)
        return forms.Declining(request.POST, asked=asked, grounds=grounds)
    if kind == "other":
        return forms.OtherKind(request.POST, asked=asked)
    if kind == "agree":
        return forms.Agreeing(request.POST, asked=asked, slots=queries.slots_offered(asked))
    raise Http404


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_request_reply(request: SchoolRequest, provider_request_id: int) -> HttpResponse:
    """The reply as it goes, to be looked at; the press on Send sends what was seen, and nothing else."""
    asked = get_object_or_404(ProviderRequest, pk=provider_request_id)
    rules = queries.access_rules()
    if rules.pk is None:
        messages.error(request, "Say first whom providers write to: it stands under every letter.")
        return redirect("access-rules-change", request.school.slug)
    if asked.forgotten_on:
        messages.error(request, "Whom to write to is not held any more.")
        return redirect("provider-request-detail", request.school.slug, asked.pk)
    kind = request.POST.get("kind", "")
    if kind == "agree" and asked.is_agreed:
        messages.error(request, AGREED)
        return redirect("provider-request-detail", request.school.slug, asked.pk)
    form = _form(kind, request, asked, rules)
    if not form.is_valid():
        return card(request, asked, form)
    letter, seen = form.letter(rules, request.school), request.POST.get("seen", "")
    if seen == letter.mark:
        return _sent(request, asked, form, letter, kind)
    context = {
        "asked": asked,
        "letter": letter,
        "names": form.names(),
        "plans": form.cleaned_data.get("title", ""),
        "of_directory": form.cleaned_data.get("organisation"),
        "although": form.cleaned_data.get("although", ""),
        "calls_off": form.cleaned_data.get("call_off", False),
        "carried": [(name, each) for name, all_ in request.POST.lists() if name not in ASIDE for each in all_],
        "reads_otherwise": bool(seen),
    }
    return render(request, "provider_requests/provider_request_reply.html", context)


def _sent(
    request: SchoolRequest, asked: ProviderRequest, form: forms.Reply, letter: queries.Letter, kind: str
) -> HttpResponse:
    replies_seen = row_number(request.POST.get("replies_seen", "")) or 0
    try:
        if isinstance(form, forms.Agreeing):
            data = {
                name: form.cleaned_data[name]
                for name in ("title", "activity_type", "partner_kind", "organisation", "although")
            }
            changes.agree(asked, letter, slot=form.chosen, replies_seen=replies_seen, by=request.user, **data)
        else:
            call_off = bool(form.cleaned_data.get("call_off"))
            changes.send_reply(asked, letter, replies_seen=replies_seen, by=request.user, call_off=call_off)
    except changes.AgreedAlready:
        messages.error(request, AGREED)
    except changes.TakenMeanwhile as taken:
        messages.error(request, f"That time is taken by now: {taken.by}. Nothing was sent and nothing planned.")
    except changes.AnsweredMeanwhile:
        messages.error(request, "Somebody else has answered meanwhile. Nothing was sent: look at it first.")
    except changes.Forgotten:
        messages.error(request, "Whom to write to is not held any more. Nothing was sent.")
    else:
        messages.success(request, SENT[kind])
    return redirect("provider-request-detail", request.school.slug, asked.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_reply_again(request: SchoolRequest, provider_reply_id: int) -> HttpResponse:
    """A mail that came back goes out again, to the address as it is put right."""
    reply = get_object_or_404(ProviderReply.objects.select_related("request", "school"), pk=provider_reply_id)
    form = forms.Address(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(each for errors in form.errors.values() for each in errors))
    else:
        try:
            changes.send_again(reply, to=form.cleaned_data["to"], by=request.user)
            messages.success(request, "It is on its way again, in the same words.")
        except changes.Forgotten:
            messages.error(request, "What was sent is not held any more. Nothing was sent.")
    return redirect("provider-request-detail", request.school.slug, reply.request_id)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def provider_reply_leave(request: SchoolRequest, provider_reply_id: int) -> HttpResponse:
    """A person has seen to it otherwise, such as by telephone."""
    reply = get_object_or_404(ProviderReply, pk=provider_reply_id)
    changes.leave_reply(reply, by=request.user)
    messages.success(request, "Left as it is.")
    return redirect("provider-request-detail", request.school.slug, reply.request_id)
