"""The letters by which people are asked, as they go: put together anew whenever they are shown. No subject names anybody."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.urls import reverse

from dekaan.core.academic_year import today, year_label
from dekaan.destinations.ladder import Step, ladder
from dekaan.destinations.models import Asked, Asking
from dekaan.destinations.queries.asking import ToAsk
from dekaan.frameworks.queries import moments
from dekaan.people.models import Pupil
from dekaan.schools.models import School

THEIR_OWN = "their-own-link"  # what stands in a preview for the key


@dataclass(frozen=True)
class AskingLetter:
    """One letter as it goes."""

    sender: str
    reply_to: str
    to: str
    subject: str
    body: str


def day_asked_of(asking: Asking, on: date | None = None) -> date:
    """The day of which an asking of leavers is: its moment's, or today while that is still to come."""
    day = moments()[asking.kind].day_after_leaving(asking.left_in or 0)
    return min(day, on or today())


def question_of(asking: Asking, on: date | None = None) -> str:
    """What is asked, as it stands at the head of the page."""
    if asking.is_of_plans:
        return "What do you mean to do next?"
    day = moments()[asking.kind].day_after_leaving(asking.left_in or 0)
    return "What are you doing now?" if day > (on or today()) else f"What were you doing on {day:%-d %B %Y}?"


def letter_to(asking: Asking, school: School, pupil: Pupil, to: str, *, key: str, step: int) -> AskingLetter:
    """The letter of that step of the ladder to that person."""
    address = asking.here + reverse("asked-answer", args=[school.slug, key])
    by_hand = (
        f"Would you rather answer by telephone or on paper? Ring {asking.contact_name} on {asking.contact_telephone}, or "
        "reply to this mail."
    )
    again = (
        ""
        if asking.is_of_plans
        else "Would you rather not be asked again? Say so on the same page, or reply to this mail."
    )
    says = [
        f"Dear {pupil.known_forename},",
        _why(asking, school, step),
        asking.own_words,
        f"It takes a minute. This page is for you alone, so please do not pass it on:\n{address}",
        f"It is open until {asking.open_until:%-d %B %Y}. {by_hand}",
        again,
        f"{asking.contact_name}\n{school.name}\n{asking.contact_telephone}, {asking.contact_email}",
    ]
    return AskingLetter(
        sender=formataddr((school.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        reply_to=asking.contact_email,
        to=to,
        subject=f"{question_of(asking)} – {school.name}",
        body="\n\n".join(each.strip() for each in says if each.strip()).replace("\r\n", "\n") + "\n",
    )


def _why(asking: Asking, school: School, step: int) -> str:
    if asking.is_of_plans:
        asks = f"{school.name} asks what you mean to do next, so that we can help you to get there. Nothing is settled by it."
    else:
        asks = (
            f"When you left {school.name} in {year_label(asking.left_in or 0)} you said that we may keep in touch. We ask "
            "everybody who left where they have gone, whatever it is: it helps those who come after you, and if you are "
            "looking for something we can still help."
        )
    return f"We wrote to you before, and have not heard from you yet. {asks}" if step else asks


@dataclass(frozen=True)
class Preview:
    """What would go out: one letter as an example, the reminders, to whom; and a mark that tells whether it is still the same."""

    letter: AskingLetter
    reminders: tuple[tuple[Step, AskingLetter], ...]
    people: tuple[ToAsk, ...]
    mark: str


def preview(asking: Asking, school: School, people: Sequence[ToAsk]) -> Preview:
    """Of an asking that is not kept yet; `people` are somebody at least."""
    first = people[0]

    def written(step: int) -> AskingLetter:
        return letter_to(asking, school, first.pupil, first.to, key=THEIR_OWN, step=step)

    later = [(step, written(number)) for number, step in enumerate(ladder().letters) if number and asking.reminds]
    said = ([(each.pupil.pk, each.to) for each in people], written(0), [each for _, each in later])
    mark = hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Preview(written(0), tuple(later), tuple(people), mark)


def key_for(asked: Asked) -> str:
    """The key of the link, made anew where this server's secret is another by now; then `asked` is to be saved."""
    if asked.key_to_show is None:
        asked.renew_key()
    return asked.made_key
