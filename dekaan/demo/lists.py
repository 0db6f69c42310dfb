"""Five sentences that a Careers Leader keeps."""

from dekaan.access.models import User
from dekaan.core.academic_year import year_start
from dekaan.lists.changes import keep_list
from dekaan.lists.models import SharedWith
from dekaan.lists.queries import Had, Sentence


def keep_lists(this_year: int, *, by: User) -> None:
    """The sentences are kept: two for the careers team, two for everybody, one for their owner."""
    september = year_start(this_year)
    for name, shared_with, who, had in (
        (
            "Year 10: disadvantaged, no workplace visit",
            SharedWith.TEAM,
            ("year-group:10", "pupil-premium:yes"),
            (Had("not-had", "workplace", "since", september),),
        ),
        (
            "Year 11: no guidance meeting yet",
            SharedWith.SCHOOL,
            ("year-group:11",),
            (Had("not-had", "guidance", "key-stage"),),
        ),
        (
            "Year 9: no training provider yet",
            SharedWith.SCHOOL,
            ("year-group:9",),
            (Had("not-had", "partner:itp", "key-stage"),),
        ),
        (
            "Often away, and met no employer",
            SharedWith.TEAM,
            ("attendance:90",),
            (Had("not-had", "employer", "year"),),
        ),
        (
            "New this year, nothing yet",
            SharedWith.NOBODY,
            (),
            (Had("joined", "", "since", september), Had("not-had", "any", "since", september)),
        ),
    ):
        keep_list(name=name, sentence=Sentence(who, had), shared_with=shared_with, by=by)
