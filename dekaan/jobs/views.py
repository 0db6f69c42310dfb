"""Whether the service does its work, for whoever keeps it running."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.jobs import changes, queries

SETTLED = "Nothing was changed: it is settled already, by somebody else or by itself."


@needs(Permission.SERVICE_KEEP)
def service(request: SchoolRequest) -> HttpResponse:
    """Whether a worker lives, which jobs were given up and which mail has not gone out; each can be tried again or left."""
    standing = queries.service(request.school)
    if request.method == "POST":
        done = _settle(request, standing)
        (messages.success if done else messages.info)(request, done or SETTLED)
        return redirect("service", request.school.slug)
    return render(request, "jobs/service.html", {"service": standing, "mail_goes_out": bool(settings.EMAIL_URL)})


def _settle(request: SchoolRequest, standing: queries.Service) -> str:
    """What was done, in words; empty where nothing was: only what the page shows this person can be named."""
    what, named = request.POST.get("what", ""), request.POST.get("which", "")
    for unsent in standing.mails:
        if named == f"mail {unsent.mail.pk}":
            whom = unsent.to.user_id if unsent.to else None
            if what == "again" and unsent.subject and changes.send_again(unsent.mail, by=request.user, whom=whom):
                return "The mail is sent again within a minute."
            if what == "leave" and changes.leave(unsent.mail, by=request.user, whom=whom):
                return "The mail is not sent, and its words are gone."
    for given_up in standing.jobs:
        if named == f"job {given_up.job.pk}":
            if what == "again" and changes.do_again(given_up.job, by=request.user):
                return "The job is tried again within a minute."
            if what == "leave" and changes.leave_undone(given_up.job, by=request.user):
                return "The job is left undone."
    return ""
