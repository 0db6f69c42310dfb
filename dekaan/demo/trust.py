"""The demonstration trust beside its schools: clusters, a vision, what it offers and what became of it, a visit, a grant."""

from datetime import date, timedelta
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import usual_criteria
from dekaan.people.models import StaffMember
from dekaan.programme.changes import change_template
from dekaan.schools.models import School, Trust
from dekaan.trusts.changes import (
    add_objective,
    change_item,
    change_taken,
    grant_names,
    log_visit,
    make_cluster,
    offer_item,
    say_vision,
    take_item,
    take_objective,
)
from dekaan.trusts.models import TrustItem, TrustObjective

FAIR: dict[str, Any] = {
    "activity_type": "FAIR",
    "mode": "in_school",
    "partner_kind": "employer",
    "year_groups": [9, 10],
    "half_term": 3,
    "minutes": 90,
    "description": "Twelve employers of the valley, one of them small and one self-employed. Pupils prepare two questions.",
    "criteria": list(usual_criteria("FAIR", "employer")),
}
POLICY = (
    "Every pupil meets employers, colleges and training providers at our school in school time. Nobody is left out "
    "because of where they live, what they find hard, or what their family earns."
)
STANDARD = "Each year group has its own page in the programme by the end of September."


def write_trust(trust: Trust, schools: list[School], *, anna: User, leaders: dict[str, User], today: date) -> None:
    """All of it is there: said by Anna Weir of the trust, and taken by its Careers Leaders."""
    year = academic_year_of(today)
    make_cluster(trust, name="Weir valley", schools=schools[:2], by=anna)
    if schools[2:]:
        make_cluster(trust, name="Special schools", schools=schools[2:3], by=anna)
    say_vision(
        trust,
        words="Every pupil of the trust leaves with a next step that they chose, and knows somebody who works there.",
        strategy="Shared employers, one training day a year for every tutor, and a visit to each school every term.",
        starts_on=year_start(year),
        ends_on=year_end(year + 2),
        by=anna,
    )
    meet = add_objective(
        trust,
        title="Every pupil meets an employer every year",
        measured_by="the share of pupils with an encounter, school by school",
        due_on=year_end(year + 1),
        by=anna,
    )
    add_objective(
        trust,
        title="Disadvantaged pupils have as many workplace visits as others",
        measured_by="the same figure by pupil premium",
        due_on=year_end(year + 2),
        by=anna,
    )
    fair = offer_item(trust, kind="template", title="Valley careers fair", body=FAIR, by=anna)
    policy = offer_item(trust, kind="policy", title="Who our careers programme is for", body={"words": POLICY}, by=anna)
    standard = offer_item(
        trust,
        kind="standard",
        title="The programme is published in time",
        body={"words": STANDARD, "shown_by": "the careers page, read on 1 October"},
        by=anna,
    )
    for school in schools[:2]:
        with working_in(school):
            _taken(school, (fair, policy, standard), meet, by=leaders[school.slug])
    change_item(
        policy,
        title=policy.title,
        body={"words": f"{POLICY} We look at each group every term."},
        is_offered=True,
        by=anna,
    )
    with working_in(schools[0]):
        _visit_and_grant(schools[0], anna=anna, leader=leaders[schools[0].slug], today=today)


def _taken(
    school: School, items: tuple[TrustItem, TrustItem, TrustItem], objective: TrustObjective, *, by: User
) -> None:
    """Both schools took the fair and the policy; Ashdown has made the fair its own, Beckford the policy."""
    fair, policy, standard = items
    own_fair, own_policy = take_item(fair, by=by), take_item(policy, by=by)
    if school.slug == "ashdown":
        assert own_fair.template is not None
        take_item(standard, by=by)
        change_template(own_fair.template, criteria=FAIR["criteria"], minutes=60, year_groups=[9], by=by)
        how = "Two talks a term in assembly, and the fair in spring; the gap list is looked at every half-term."
        take_objective(objective, how=how, by=by)
    else:
        words = f"{POLICY} At Beckford every tutor group visits one workplace by Year 10."
        change_taken(own_policy, own={"title": policy.title, "words": words}, by=by)


def _visit_and_grant(school: School, *, anna: User, leader: User, today: date) -> None:
    owner = StaffMember.objects.filter(user=leader).first()
    log_visit(
        visited_on=today - timedelta(days=21),
        looked_at="The programme of Years 8 and 9, and how catch-ups are planned for those who were absent.",
        went_well="Registers are taken on the day, and the gap list is used.",
        steps=[
            ("Plan a catch-up for the talk in October", owner, today + timedelta(days=14)),
            ("Ask two small employers for the spring fair", None, today + timedelta(days=40)),
        ],
        by=anna,
    )
    grant_names(
        school,
        to=anna,
        purpose="To plan a shared college visit for pupils who have not met a college yet",
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=60),
        by=leader,
    )
