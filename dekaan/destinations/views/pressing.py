"""What one press of a grid recorded is taken back."""

from django.contrib import messages
from django.db.models import QuerySet

from dekaan.access.door import SchoolRequest
from dekaan.destinations import changes, queries
from dekaan.people.models import Pupil

NOTHING_TO_UNDO = "There is nothing to undo: it was taken back, corrected or said to hold already, somebody else recorded it, or thirty days have passed."


def take_press_back(request: SchoolRequest, theirs: QuerySet[Pupil]) -> None:
    """The press that is asked for is taken back, as far as it is about these pupils; and it is said what stays."""
    done = queries.pressed(request.POST.get("batch", ""), theirs, request.user)
    if done is None or not done.may_undo:
        messages.error(request, NOTHING_TO_UNDO, extra_tags="broken")
        return
    stayed = changes.take_back(done.said, by=request.user)
    number = len(done.said) - len(stayed)
    told = [f"Undone: {number} taken back. They stand under what was said before."]
    if stayed:
        who = ", ".join(dict.fromkeys(each.pupil.name for each in stayed))
        told.append(f"What was corrected, checked, said to hold or taken back since stays: {who}.")
    if done.others:
        told.append(f"{done.others} of pupils whom you may not change any more stay.")
    messages.success(request, " ".join(told))
