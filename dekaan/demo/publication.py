"""The first school's public pages as a school has them in November: both approved, and a telephone number changed since."""

from datetime import date

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today
from dekaan.publication.changes import Signed, approve_version, prepare_version, say_facts, say_words
from dekaan.publication.models import Page
from dekaan.schools.models import School

PAST_PUPILS = (
    "Last summer nearly all of our leavers went on to sixth form, college, an apprenticeship or work with training."
)


def publish_pages(school: School, *, by: User, approved_by: User) -> None:
    """The statement and the careers page are public; the next version of the careers page would have another number."""
    year = academic_year_of(today())
    say_facts(
        leader_email="careers@ashdown.example",
        telephone="01632 960123",
        next_review_on=date(year + 1, 7, 1),
        own_page="https://www.ashdown.example/careers",
        statement_review_on=date(year + 1, 9, 1),
        leavers_of=year - 2,
        by=by,
    )
    say_words({"destinations": PAST_PUPILS}, by=by)
    signed = Signed("Ann Teasdale, chair of governors", date(year, 9, 17))
    for page in (Page.STATEMENT, Page.CAREERS):
        version = prepare_version(school, page, by=by)
        approve_version(version, by=approved_by, signed=signed if page == Page.STATEMENT else None)
    say_facts(telephone="01632 960124", by=by)
