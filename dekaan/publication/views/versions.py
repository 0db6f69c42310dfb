"""Versions: asked for, approved, by the governing body too, sent back, taken back and taken down."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.provider_requests.queries import rules_said
from dekaan.publication import changes, forms, queries
from dekaan.publication.models import Page, PublishedVersion
from dekaan.publication.sections import public_page
from dekaan.publication.views.seen import address_of, body, in_words, page_or_404

DECIDED = "Somebody has decided on it meanwhile. See below how it stands."


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def version_prepare(request: SchoolRequest, page_key: str) -> HttpResponse:
    """A version of the page waits for approval."""
    page = page_or_404(page_key)
    try:
        version = changes.prepare_version(request.school, page, by=request.user)
    except changes.NamesPupils as found:
        messages.error(request, _named_in_words(found))
    except changes.ShortOfTheLaw as short:
        messages.error(request, f"The law asks that it also says: {'; '.join(short.what)}. Add that, then ask again.")
    except changes.WaitsAlready:
        messages.error(
            request, "A version waits for approval already. Take it back first if it should say something else."
        )
    except changes.SaysTheSame:
        messages.info(request, "The public sees just that already: nothing has changed since.")
    else:
        messages.success(request, "It waits for a senior leader’s approval. They find it on their home page.")
        return redirect("published-version", request.school.slug, version.pk)
    return redirect("public-pages", request.school.slug)


def _named_in_words(found: changes.NamesPupils) -> str:
    said = "; ".join(f"{name} in “{where}”" for name, where in found.named)
    return (
        f"It names a pupil: {said}. No pupil may be named in public. Change the words; or is it somebody else? Say who."
    )


@needs(Permission.PROGRAMME_SEE)
def published_version(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """One version as it was prepared, who prepared and decided on it; and the decision."""
    version = _version_or_404(published_version_id)
    return _version_page(request, version, forms.SentBack())


def _version_page(
    request: SchoolRequest, version: PublishedVersion, form: forms.SentBack, approval: forms.Approval | None = None
) -> HttpResponse:
    page = Page(version.page)
    seen = queries.published(page)
    is_statement = page == Page.STATEMENT
    before = queries.approval_of_words(version.content) if is_statement and version.state == "waiting" else None
    stands = queries.approved(version) if is_statement else None
    read_before = queries.version_before(version)
    context = {
        "read_before": read_before,
        "differences": queries.differences(read_before.content, version.content, version.page) if read_before else [],
        "is_statement": is_statement,
        "approved": stands,
        "recorded": queries.approval_recorded(version) if is_statement else None,
        "approved_before": before,
        "asks_approval": is_statement and version.state == "waiting" and before is None,
        "approval": approval or forms.Approval(),
        "version": version,
        "of": public_page(page),
        "body": body(
            request.school,
            page,
            version.content,
            asks_by_form=rules_said().is_open,
            approved=stands or in_words(before),
        ),
        "form": form,
        "named": queries.names_in(version.content) if version.state == "waiting" else [],
        "is_seen": seen is not None and seen.pk == version.pk,
        "address": address_of(request, page),
    }
    return render(request, "publication/published_version.html", context)


@needs(Permission.PUBLICATION_APPROVE)
@require_POST
def version_approve(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """The public sees it from now on."""
    version, form = _version_or_404(published_version_id), forms.Approval(request.POST)
    is_asked = version.page == Page.STATEMENT and queries.approval_of_words(version.content) is None
    is_signed = is_asked and "awaiting" not in request.POST
    if is_signed and not form.is_valid():
        return _version_page(request, version, forms.SentBack(), form)
    try:
        changes.approve_version(version, by=request.user, signed=_signed(form) if is_signed else None)
    except changes.DecidedAlready:
        messages.error(request, DECIDED)
    except (changes.SignerNamesPupil, changes.OthersApprovedLater) as refused:
        _say_refused(form, refused)
        return _version_page(request, version, forms.SentBack(), form)
    except changes.NamesPupils as found:
        messages.error(request, _named_in_words(found))
    else:
        awaits = " It says that it awaits the governing body’s approval." if is_asked and not is_signed else ""
        messages.success(request, f"Published: {version}. The public sees it now.{awaits}")
    return redirect("published-version", request.school.slug, version.pk)


@needs(Permission.PUBLICATION_APPROVE)
@require_POST
def version_approval_record(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """The governing body approved the words of that version."""
    version, form = _version_or_404(published_version_id), forms.Approval(request.POST)
    if not form.is_valid():
        return _version_page(request, version, forms.SentBack(), form)
    try:
        approval = changes.record_approval(version, _signed(form), by=request.user)
    except changes.NotPublic:
        messages.error(request, "Only of a statement that was published can an approval be recorded. Publish it first.")
    except (changes.SignerNamesPupil, changes.OthersApprovedLater) as refused:
        _say_refused(form, refused)
        return _version_page(request, version, forms.SentBack(), form)
    else:
        messages.success(request, f"Recorded: approved for the governing body by {approval}.")
    return redirect("published-version", request.school.slug, version.pk)


def _signed(form: forms.Approval) -> changes.Signed:
    said = form.cleaned_data
    return changes.Signed(said["signed_by"], said["signed_on"], is_no_pupil=said["is_no_pupil"])


def _say_refused(form: forms.Approval, refused: changes.SignerNamesPupil | changes.OthersApprovedLater) -> None:
    if isinstance(refused, changes.SignerNamesPupil):
        form.ask_who_it_is(", ".join(name for name, _ in refused.named))
        return
    form.add_error(
        "signed_on",
        f"On {refused.on:%-d %B %Y} they approved other words, those of a version before. Give the day on which they "
        "approved these, or leave it until they have.",
    )


@needs(Permission.PUBLICATION_APPROVE)
@require_POST
def version_send_back(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """It is not published, for a reason."""
    version, form = _version_or_404(published_version_id), forms.SentBack(request.POST)
    if not form.is_valid():
        return _version_page(request, version, form)
    return _decided(
        request, version, lambda: changes.send_version_back(version, because=form.cleaned_data["because"], by=request.user),
        "Sent back with your reason. What the public sees stays as it was.",
    )  # fmt: skip


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def version_take_back(request: SchoolRequest, published_version_id: int) -> HttpResponse:
    """It does not wait any more."""
    version = _version_or_404(published_version_id)
    return _decided(
        request, version, lambda: changes.take_version_back(version, by=request.user),
        "Taken back: nobody is asked to approve it any more.",
    )  # fmt: skip


@needs(Permission.PUBLICATION_CHANGE)
@require_POST
def page_take_down(request: SchoolRequest, page_key: str) -> HttpResponse:
    """The public sees nothing of the page any more."""
    page, form = page_or_404(page_key), forms.SentBack(request.POST)
    version = queries.published(page)
    if version is None:
        messages.info(request, "The public sees nothing of it as it is.")
        return redirect("public-pages", request.school.slug)
    if not form.is_valid():
        return _version_page(request, version, form)
    changes.take_page_down(page, because=form.cleaned_data["because"], by=request.user)
    messages.success(request, "Taken down: the public sees nothing of it until another version is approved.")
    return redirect("public-pages", request.school.slug)


def _decided(
    request: SchoolRequest, version: PublishedVersion, decide: Callable[[], object], said: str
) -> HttpResponse:
    try:
        decide()
    except changes.DecidedAlready:
        messages.error(request, DECIDED)
    else:
        messages.success(request, said)
    return redirect("published-version", request.school.slug, version.pk)


def _version_or_404(published_version_id: int) -> PublishedVersion:
    return get_object_or_404(
        PublishedVersion.objects.select_related("prepared_by", "decided_by", "taken_down_by"), pk=published_version_id
    )
