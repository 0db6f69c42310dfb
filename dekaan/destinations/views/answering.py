"""Answering without an account: one page, one link, one person; nothing that was said before is shown on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access import by_link
from dekaan.access.door import open_to_all
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.models import Asked, Wish
from dekaan.schools.models import School

NOTHING = "destinations/asked_thanks.html"
OVER = "The link ended while you had it open, so nothing was kept. Please telephone."
FULL = "More answers have come by this link than it takes. Please telephone, so that we get it right."


@open_to_all
def asked_answer(request: HttpRequest, at_slug: str, asked_key: str) -> HttpResponse:
    """Say where you went, or where you mean to go, by the link of a letter."""

    def answer(school: School) -> HttpResponse | None:
        asked = queries.asked_of_link(asked_key)
        return _answered(request, school, asked) if asked else None

    return by_link.opened(request, at_slug, answer, kind="asked", nothing=NOTHING)


def _answered(request: HttpRequest, school: School, asked: Asked) -> HttpResponse:
    left_on = queries.leaving_days([asked.pupil_id]).get(asked.pupil_id)
    context: dict[str, Any] = {"asked": asked, "asking": asked.asking, "asked_by": school}
    if asked.asking.is_of_plans == bool(left_on):  # who came back has gone nowhere; who left is asked as a leaver
        return render(request, "destinations/asked_answer.html", context | {"is_needless": True})
    wish = queries.latest_wishes([asked.pupil_id]).get((asked.pupil_id, Wish.About.KEEP_IN_TOUCH))
    is_out = not asked.asking.is_of_plans and wish is not None and not wish.allows
    form: forms.LeaverAnswers | forms.PlanAnswers
    if left_on is None:
        form = forms.PlanAnswers(request.POST if request.method == "POST" else None, asked=asked)
    else:
        until = queries.followed_until(asked.asking.left_in or 0)
        ends = wish.until if wish else None
        longer = ends is not None and ends < until
        form = forms.LeaverAnswers(
            request.POST if request.method == "POST" else None,
            asked=asked,
            left_on=left_on,
            may_be_asked_longer=longer,
            is_out=is_out,
        )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            changes.answer_asked(asked, **form.said())
        except changes.LinkOver:
            refused = OVER
        except changes.TooManyAnswers:
            refused = FULL
        except changes.Refused as why:
            refused = str(why)
        else:
            return redirect("asked-thanks")
    context |= {
        "form": form,
        "refused": refused,
        "question": queries.question_of(asked.asking),
        "is_out": is_out,
        "has_answered": asked.answered_on is not None,
    }
    return render(request, "destinations/asked_answer.html", context)


@open_to_all
def asked_thanks(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, NOTHING)
