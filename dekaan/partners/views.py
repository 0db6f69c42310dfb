"""Adding and changing organisations, the people at them and what was said; the trust's own; the registers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.partners import changes, forms, queries
from dekaan.partners.models import Contact, Conversation, Organisation, RegisterEntry


@needs(Permission.PARTNERS_CHANGE)
def organisation_new(request: SchoolRequest) -> HttpResponse:
    """Type a name, choose what the registers have of it or go on without, and add the organisation."""
    chosen = row_number(request.GET.get("entry", ""))
    entry = RegisterEntry.objects.filter(pk=chosen).first() if chosen else None
    typed = request.GET.get("name", "").strip()[:200]
    begins: dict[str, str] = forms.from_register(entry) if entry else {"name": typed}
    if kind := request.GET.get("kind", "")[:30]:
        begins.setdefault("kind", kind)
        begins["kind"] = begins["kind"] or kind
    form = forms.OrganisationDetails(request.POST if request.method == "POST" else None, initial=begins)
    if request.method == "POST" and form.is_valid():
        made = changes.add_organisation(by=request.user, **form.details())
        messages.success(request, f"In the directory: {made.name}.")
        return redirect("organisation-detail", request.school.slug, made.pk)
    named = begins["name"] or request.POST.get("name", "")
    context = {
        "form": form,
        "entry": entry,
        "typed": typed,
        "found": queries.looked_up(typed) if typed and not entry else [],
        "there": queries.by_plain_name().get(queries.plain_name(named), []) if named else [],
        "has_register": any(count for _, count, _ in queries.registers_loaded()),
    }
    return render(request, "partners/organisation_new.html", context)


@needs(Permission.PARTNERS_CHANGE)
def organisation_change(request: SchoolRequest, organisation_id: int) -> HttpResponse:
    """Change what is said of an organisation, or say that it is no longer used."""
    organisation = _organisation_or_404(organisation_id)
    hold(request, organisation)
    form = forms.OrganisationDetails(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        changes.change_organisation(organisation, by=request.user, **form.details())
        messages.success(request, f"Saved: {organisation.name}.")
        return redirect("organisation-detail", request.school.slug, organisation.pk)
    chosen = row_number(request.GET.get("entry", ""))
    entry = RegisterEntry.objects.filter(pk=chosen).first() if chosen else None
    if request.method != "POST" and entry is not None:
        form = forms.filled_from(organisation, entry)
    typed = request.GET.get("name", "").strip()[:200]
    context = {
        "form": form,
        "organisation": organisation,
        "entry": entry,
        "typed": typed,
        "found": queries.looked_up(typed) if typed and not entry else [],
        "has_register": any(count for _, count, _ in queries.registers_loaded()),
        "looks_up": typed or "look" in request.GET,
        "is_changed": True,
    }
    return render(request, "partners/organisation_change.html", context)


def _organisation_or_404(organisation_id: int) -> Organisation:
    """One that was not made one with another: what was, is changed there."""
    return get_object_or_404(Organisation, pk=organisation_id, merged_into=None)


@needs(Permission.PARTNERS_CHANGE)
def contact_new(request: SchoolRequest, organisation_id: int) -> HttpResponse:
    """Add a person at an organisation, with the lawful basis, its day and source."""
    organisation = _organisation_or_404(organisation_id)
    form = forms.ContactDetails(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = changes.add_contact(organisation, by=request.user, **form.details())
        messages.success(request, f"Added: {made.name}, {organisation.name}.")
        return redirect("organisation-detail", request.school.slug, organisation.pk)
    return _contact_page(request, form, organisation, None)


def _contact_page(
    request: SchoolRequest, form: forms.ContactDetails, organisation: Organisation, contact: Contact | None
) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "contact": contact}
    return render(request, "partners/contact_change.html", context)


@needs(Permission.PARTNERS_SEE)
def contact_detail(request: SchoolRequest, contact_id: int) -> HttpResponse:
    """All that is held about a person at an organisation: to answer them with, to correct it, or to erase it."""
    contact = get_object_or_404(queries.people().select_related("added_by"), pk=contact_id)
    context: dict[str, Any] = {
        "contact": contact,
        "conversations": contact.conversations.select_related("by"),
    }
    return render(request, "partners/contact_detail.html", context)


@needs(Permission.PARTNERS_CHANGE)
def contact_change(request: SchoolRequest, contact_id: int) -> HttpResponse:
    """Change what is held about the person."""
    contact = get_object_or_404(queries.people(), pk=contact_id)
    hold(request, contact)
    form = forms.ContactDetails(request.POST if request.method == "POST" else None, contact=contact)
    if request.method == "POST" and form.is_valid():
        changes.change_contact(contact, by=request.user, **form.details())
        messages.success(request, f"Saved: {contact.name}.")
        return redirect("organisation-detail", request.school.slug, contact.organisation_id)
    return _contact_page(request, form, contact.organisation, contact)


@needs(Permission.PARTNERS_CHANGE)
@require_POST
def contact_erase(request: SchoolRequest, contact_id: int) -> HttpResponse:
    """Nothing is held about the person any more."""
    contact = get_object_or_404(queries.people(), pk=contact_id)
    organisation_id = contact.organisation_id
    changes.erase_contact(contact, by=request.user)
    messages.success(
        request,
        "Erased. Of what was said with them the days stay, without the words; backups follow within their term.",
    )
    return redirect("organisation-detail", request.school.slug, organisation_id)


@needs(Permission.PARTNERS_CHANGE)
def conversation_new(request: SchoolRequest, organisation_id: int) -> HttpResponse:
    """Note that somebody was in contact with the organisation."""
    organisation = _organisation_or_404(organisation_id)
    form = forms.ConversationDetails(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        changes.note_conversation(organisation, by=request.user, **form.cleaned_data)
        messages.success(request, "Noted.")
        return redirect("organisation-detail", request.school.slug, organisation.pk)
    return _conversation_page(request, form, organisation, None)


@needs(Permission.PARTNERS_CHANGE)
def conversation_change(request: SchoolRequest, conversation_id: int) -> HttpResponse:
    """Change what was noted."""
    noted = get_object_or_404(Conversation.objects.select_related("organisation", "contact"), pk=conversation_id)
    hold(request, noted)
    organisation = noted.organisation
    form = forms.ConversationDetails(
        request.POST if request.method == "POST" else None, organisation=organisation, conversation=noted
    )
    if request.method == "POST" and form.is_valid():
        changes.change_conversation(noted, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("organisation-detail", request.school.slug, organisation.pk)
    return _conversation_page(request, form, organisation, noted)


def _conversation_page(
    request: SchoolRequest,
    form: forms.ConversationDetails,
    organisation: Organisation,
    conversation: Conversation | None,
) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "conversation": conversation}
    return render(request, "partners/conversation_change.html", context)


@needs(Permission.PARTNERS_CHANGE)
@require_POST
def conversation_remove(request: SchoolRequest, conversation_id: int) -> HttpResponse:
    """It was noted by mistake."""
    noted = get_object_or_404(Conversation, pk=conversation_id)
    organisation_id = noted.organisation_id
    changes.remove_conversation(noted, by=request.user)
    messages.success(request, "It is gone.")
    return redirect("organisation-detail", request.school.slug, organisation_id)


@needs(Permission.PROGRAMME_SEE)
def trust_organisation_list(request: SchoolRequest) -> HttpResponse:
    """What the trust offers; a school takes it up with one press, and whoever is of the trust keeps the list."""
    context = {
        "offered": queries.offered_to(request.school),
        "keeps": Permission.PARTNERS_OFFER in request.permissions and _is_of_trust(request),
    }
    return render(request, "partners/trust_organisation_list.html", context)


def _is_of_trust(request: SchoolRequest) -> bool:
    return any(each.trust_id is not None for each in request.assignments)


@needs(Permission.PARTNERS_OFFER)
def trust_organisation_new(request: SchoolRequest) -> HttpResponse:
    """The trust holds an organisation, and offers it to its schools."""
    trust = request.school.trust
    if trust is None or not _is_of_trust(request):
        raise PermissionDenied
    form = forms.TrustOrganisationDetails(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = changes.offer_organisation(trust=trust, by=request.user, **form.details())
        messages.success(request, f"Offered to the schools of {trust.name}: {made.name}.")
        return redirect("trust-organisation-list", request.school.slug)
    return render(request, "partners/trust_organisation_change.html", {"form": form, "organisation": None})


@needs(Permission.PARTNERS_OFFER)
def trust_organisation_change(request: SchoolRequest, trust_organisation_id: int) -> HttpResponse:
    """Change what the trust says of it, or offer it no more."""
    found = get_object_or_404(queries.trust_organisations(request.school), pk=trust_organisation_id)
    if not _is_of_trust(request):
        raise PermissionDenied
    hold(request, found)
    form = forms.TrustOrganisationDetails(request.POST if request.method == "POST" else None, organisation=found)
    if request.method == "POST" and form.is_valid():
        changes.change_offered(found, by=request.user, **form.details())
        messages.success(request, f"Saved: {found.name}. Schools that took it up keep what they have.")
        return redirect("trust-organisation-list", request.school.slug)
    return render(request, "partners/trust_organisation_change.html", {"form": form, "organisation": found})


@needs(Permission.PARTNERS_CHANGE)
@require_POST
def trust_organisation_take(request: SchoolRequest, trust_organisation_id: int) -> HttpResponse:
    """The school takes it up."""
    found = get_object_or_404(queries.trust_organisations(request.school), pk=trust_organisation_id)
    if found.no_longer_offered_on is not None:
        messages.info(request, "The trust does not offer it any more.")
        return redirect("trust-organisation-list", request.school.slug)
    try:
        made = changes.take_up(found, by=request.user)
    except changes.TakenUpAlready:
        messages.info(request, f"{found.name} is in your directory already.")
        return redirect("trust-organisation-list", request.school.slug)
    messages.success(request, f"In your directory: {made.name}. Contacts and history are your own.")
    return redirect("organisation-detail", request.school.slug, made.pk)


@needs(Permission.SERVICE_KEEP, reads_files=True)
def partner_register(request: SchoolRequest) -> HttpResponse:
    """Load a file of a public register, for every school here."""
    form = forms.RegisterFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            loaded = changes.load_register(form.cleaned_data["file"].read(), by=request.user)
        except changes.NotARegister as refusal:
            form.add_error("file", str(refusal))
        else:
            left_out = (
                f" {loaded.left_out} closed schools and children’s centres are left out." if loaded.left_out else ""
            )
            messages.success(request, f"Loaded: {loaded.entries} entries of {loaded.register}.{left_out}")
            return redirect("partner-register", request.school.slug)
    context = {"form": form, "registers": queries.registers_loaded()}
    return render(request, "partners/partner_register.html", context)
