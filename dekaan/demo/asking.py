"""A few of last summer's leavers were asked by a link: some answered, one mail came back, the rest are reminded."""

from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.destinations.changes import answer_asked, draft_asking
from dekaan.destinations.models import Asked, AskedLetter
from dekaan.destinations.queries import leavers_to_ask, moments_come
from dekaan.people.models import Pupil

ASKED, BEGUN, REMINDED = 12, 12, 5  # people; days ago
ONE_IN = 20  # of all leavers have answered so far, so that there is somebody left to be found out
ANSWERS = (
    {
        "route": "college-technical",
        "provider_name": "Mereside College",
        "course": "Electrical installation",
        "level": 3,
    },
    {"route": "looking"},
)


def ask_leavers(left_in: int, *, by: User, today: date) -> None:
    """Nothing is mailed: what would have been stands as it does a few days after."""
    come = moments_come(left_in, today)
    asks = leavers_to_ask(left_in, come[-1], Pupil.objects.all(), today) if come else None
    people = sorted(asks.people, key=lambda each: each.pupil.pk)[:ASKED] if asks else []
    if not asks or not people:
        return
    answers = ANSWERS[: (len(asks.people) + len(asks.left_out)) // ONE_IN]
    asking = draft_asking(
        kind=come[-1],
        left_in=left_in,
        contact_name=by.name,
        contact_email=by.email,
        contact_telephone="01632 960150",
        here="https://dekaan.example",
        reminds=True,
    )
    asking.begun_by, asking.begun_on = by, today - timedelta(days=BEGUN)
    asking.open_until -= timedelta(days=BEGUN)
    asking.save(force_insert=True)
    for number, each in enumerate(people):
        asked = Asked(asking=asking, pupil=each.pupil, sent_to=each.to)
        asked.renew_key()
        asked.save(force_insert=True)
        has_failed = number == len(answers)
        _write(asked, 0, asking.begun_on, has_failed=has_failed)
        if number < len(answers):
            answer_asked(asked, says=dict(answers[number]))
        elif not has_failed:
            _write(asked, 1, today - timedelta(days=REMINDED))


def _write(asked: Asked, step: int, on: date, *, has_failed: bool = False) -> None:
    AskedLetter.objects.create(
        asked=asked,
        pupil=asked.pupil,
        step=step,
        sent_on=on,
        message_id=f"<asked-{asked.asking_id}-{asked.pupil_id}-{step}@dekaan.example>",
        has_failed=has_failed,
    )
