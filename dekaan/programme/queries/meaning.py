"""The link by which somebody who was there says whether a session was meaningful."""

from dekaan.core.link_keys import hash_of
from dekaan.frameworks.queries import Answers, Flag, flags_of, ids_of
from dekaan.programme.models import MeaningLink, Session
from dekaan.programme.queries.access import answers_of


def meaning_link_of(session: Session) -> MeaningLink | None:
    """The session's link, open, over or answered; None where nobody was asked."""
    return MeaningLink.objects.filter(session=session).first()


def opened_by(key: str) -> MeaningLink | None:
    """The open link of the school in scope that the key opens."""
    links = MeaningLink.objects.select_related("session__activity", "session__adviser")
    found = links.filter(link_hash=hash_of(key)).first()
    return found if found and found.is_open else None


def flags_asked_of(session: Session) -> tuple[Flag, ...]:
    """The flags that the criteria of the session's activity ask for, and that whoever was there can say."""
    return tuple(each for each in flags_of(ids_of(session.activity.criteria)) if not each.by_school)


def said_in_words(link: MeaningLink) -> list[tuple[str, str]]:
    """What was said by the link, as (the question, "Yes", "No" or "Did not say")."""
    said = Answers(link.said_yes, link.said_no)
    return [
        (flag.asks, {"yes": "Yes", "no": "No"}.get(said.of(flag), "Did not say"))
        for flag in flags_asked_of(link.session)
    ]


def said_otherwise(session: Session) -> tuple[MeaningLink, list[str]] | None:
    """The link by which somebody said otherwise than stands here, with each flag as they and we say it; None where none is.

    What is said here stands; whoever reads the session is told that somebody who was there disagrees.
    """
    link = meaning_link_of(session)
    if link is None or link.said_on is None:
        return None
    theirs, ours = Answers(link.said_yes, link.said_no), answers_of(session)
    apart = [
        f"{flag.name.lower()} (they: {theirs.of(flag)}, here: {ours.of(flag)})"
        for flag in flags_asked_of(session)
        if theirs.of(flag) and ours.of(flag) and theirs.of(flag) != ours.of(flag)
    ]
    return (link, apart) if apart else None
