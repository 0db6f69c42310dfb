"""Whether the governing body approved a version of the statement: these very words, by whom and on which day."""

from dataclasses import dataclass
from datetime import date

from dekaan.publication.models import Page, PublishedVersion, VersionApproval

State = PublishedVersion.State
# What the statement says of people and days beside its sections.
FACTS_APPROVED = (
    "leader_name",
    "leader_email",
    "telephone",
    "statement_review_on",
    "provider_contact",
    "provider_email",
    "provider_telephone",
)


@dataclass(frozen=True)
class Approved:
    """Who signed for the governing body, and on which day."""

    by: str
    on: date


def _words(content: dict[str, object]) -> dict[str, object]:
    """What the governing body approves: every word and fact, but not the table that is drawn from the programme."""
    facts, sections = content["facts"], content["sections"]
    assert isinstance(facts, dict)
    assert isinstance(sections, list)
    return {
        "facts": {name: facts.get(name) or "" for name in FACTS_APPROVED},
        "sections": [{name: said for name, said in each.items() if name != "table"} for each in sections],
    }


def are_same_words(one: dict[str, object], other: dict[str, object]) -> bool:
    """Whether whoever approved the one content has approved the other."""
    return _words(one) == _words(other)


def approval_recorded(version: PublishedVersion) -> VersionApproval | None:
    """The approval of that very version as it was recorded last."""
    return VersionApproval.objects.filter(version=version).first()


def approved(version: PublishedVersion) -> Approved | None:
    """Who approved that version, as it is shown; what one of before said in its own words stays so."""
    if found := approval_recorded(version):
        return Approved(found.signed_by, found.signed_on)
    facts = version.facts
    if facts.get("statement_approved_by") and facts.get("statement_approved_on"):
        return Approved(facts["statement_approved_by"], date.fromisoformat(facts["statement_approved_on"]))
    return None


def approval_of_words(content: dict[str, object]) -> VersionApproval | None:
    """The newest approval of a version of the statement with the same words; None where nobody has approved these."""
    newest: dict[int, VersionApproval] = {}
    for each in VersionApproval.objects.filter(version__page=Page.STATEMENT).select_related("version"):
        newest.setdefault(each.version_id, each)
    return next((each for each in newest.values() if are_same_words(each.version.content, content)), None)


def others_approved_on(version: PublishedVersion) -> date | None:
    """The last day on which the governing body approved other words, those of a version before; None where it never did.

    Nobody approved these before that day. Since then they may have, on paper, before anybody typed them in here.
    """
    earlier = VersionApproval.objects.filter(version__page=version.page, version__number__lt=version.number)
    newest = {each.version_id: each for each in earlier.select_related("version").order_by("pk")}
    others = [each for each in newest.values() if not are_same_words(each.version.content, version.content)]
    return max((each.signed_on for each in others), default=None)
