"""What the product keeps itself, as lines of the register of policies: the published pages with their dates."""

from datetime import date

from dekaan.plan.queries import PolicyLine, review_state
from dekaan.publication.models import Page
from dekaan.publication.queries.approving import approved as approved_by_governors
from dekaan.publication.queries.drafting import information
from dekaan.publication.queries.shown import published


def kept_policies(on: date) -> list[PolicyLine]:
    """The provider access statement and the careers page, as the public sees them; one that it does not see says so."""
    said = information()
    reviews = {Page.STATEMENT: said.statement_review_on, Page.CAREERS: said.next_review_on}
    found = []
    for page, review in reviews.items():
        version = published(page)
        approved = "not published yet"
        signed = approved_by_governors(version) if version is not None and page == Page.STATEMENT else None
        if signed:
            approved = f"{signed.by}, {signed.on:%-d %B %Y}"
        elif page == Page.STATEMENT and version is not None:
            approved = "not by the governing body yet"
        elif version is not None:
            decided = f"{version.decided_at:%-d %B %Y}" if version.decided_at else ""
            approved = f"{version.decided_by or 'somebody who has left'}, {decided}"
        found.append(
            PolicyLine(
                title=page.label,
                who="Kept by Dekaan",
                approved=approved,
                next_review_on=review,
                state=review_state(review, on),
                leads_to="public-pages",
            )
        )
    return found
