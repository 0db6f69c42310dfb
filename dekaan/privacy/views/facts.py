"""What is held and why, who answers for it, and the impact assessment."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.privacy import changes
from dekaan.privacy.document import as_pdf
from dekaan.privacy.forms import Facts
from dekaan.privacy.queries.assessment import assessment
from dekaan.privacy.queries.holdings import data_protection, everything_held, not_said_yet
from dekaan.privacy.queries.retention import told_of_retention


@needs(Permission.PRIVACY_SEE)
def data_protection_page(request: SchoolRequest) -> HttpResponse:
    """What is held about people, why and until when; who answers, and what is not said yet."""
    said = data_protection(request.school)
    return render(
        request,
        "privacy/data_protection_page.html",
        {
            "said": said,
            "missing": not_said_yet(said),
            "held": everything_held(said.keep_years),
            "told": told_of_retention(),
        },
    )


@needs(Permission.PRIVACY_SAY)
def data_protection_facts(request: SchoolRequest) -> HttpResponse:
    """Say who answers for the data and who handles it."""
    hold(request, request.school)
    said = data_protection(request.school)
    form = Facts(request.POST or None, initial=model_to_dict(said))
    if request.method == "POST" and form.is_valid():
        changes.say_data_protection(request.school, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. The impact assessment says it too.")
        return redirect("data-protection-page", request.school.slug)
    return render(request, "privacy/data_protection_facts.html", {"form": form})


@needs(Permission.PRIVACY_SEE)
def impact_assessment(request: SchoolRequest) -> HttpResponse:
    """The impact assessment, to read and to print."""
    document = assessment(request.school, data_protection(request.school))
    return render(request, "privacy/impact_assessment.html", {"document": document})


@needs(Permission.PRIVACY_SEE)
def impact_assessment_download(request: SchoolRequest) -> HttpResponse:
    """The same as PDF."""
    document = assessment(request.school, data_protection(request.school))
    response = HttpResponse(as_pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{request.school.slug}-impact-assessment.pdf"'
    return response
