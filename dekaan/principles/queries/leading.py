"""Judges of authority and of clarity. Nobody is named: whoever wants the name opens the team's page."""

from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import key_roles, leadership_models
from dekaan.principles.checks import Check
from dekaan.principles.queries.judging import MET, NONE, NOT_MET, UNKNOWN, Found, in_words, judges, within
from dekaan.principles.queries.records import Records
from dekaan.reports.queries.terms import terms_of


@judges("senior")
def senior(check: Check, records: Records) -> Found:
    """Whether a senior leader line-manages careers, or the leader is one by the model."""
    if held := records.held(check.role):
        return Found(
            MET, f"A senior leader has line-managed careers since {in_words(min(each.starts_on for each in held))}."
        )
    led = records.leadership
    if led and led.model == check.model:
        return Found(MET, f"{leadership_models()[led.model].name}, since {in_words(led.starts_on)}.")
    return Found(NOT_MET, "Nobody of the senior team is named as the one who line-manages careers.")


@judges("post")
def post(check: Check, records: Records) -> Found:
    """Whether somebody holds the key role."""
    held, role = records.held(check.role), key_roles()[check.role].name
    if held:
        return Found(MET, f"{role}: somebody since {in_words(min(each.starts_on for each in held))}.")
    return Found(NOT_MET, f"{role}: nobody is named.")


@judges("told")
def told(check: Check, records: Records) -> Found:
    """Whether a paper was handed to them within the days, or in the term that runs or the one before."""
    last = records.last(day for whom, day in records.all.handed if whom == check.whom)
    if check.days:
        return within(last, check, records, nothing="The report log has no such line.", done="Last handed over on")
    if last is None:
        return Found(NOT_MET, "The report log has no such line.")
    since = begin_of_terms(records.on, check.terms)
    if last < since:
        return Found(NOT_MET, f"Last handed over on {in_words(last)}, before the last {check.terms} terms.")
    return Found(MET, f"Last handed over on {in_words(last)}.")


def begin_of_terms(on: date, number: int) -> date:
    """The first day of the term that runs, counted back so many terms with it."""
    year = academic_year_of(on)
    begun = [each.starts_on for before in (1, 0) for each in terms_of(year - before) if each.starts_on <= on]
    return begun[-number]


@judges("owner-outside")
def owner_outside(_check: Check, records: Records) -> Found:
    """Whether an action of the year's plan belongs to somebody who is not of the careers team."""
    team = records.careers_team
    posts = {each.staff_id for role in ("leader", "administrator", "adviser") for each in records.held(role)}
    outside = [
        each
        for each in records.plan_actions
        if each.owner_name or (each.owner and each.owner.user_id not in team and each.owner_id not in posts)
    ]
    if outside:
        return Found(MET, f"{len(outside)} of {len(records.plan_actions)} actions.")
    if not records.plan_actions:
        return Found(NOT_MET, "There is no development plan with actions for this year yet.")
    return Found(NOT_MET, "Every action of this year's plan is the careers team's own, or nobody's.")


@judges("public")
def public(check: Check, records: Records) -> Found:
    """Whether what the public reads says it, and is in date."""
    said = [records.said.get(each) for each in check.facts]
    here = [each for each in said if each]
    if len(here) < len(said):
        return Found(NOT_MET, "No public page says it.")
    ends = min((each.valid_until for each in here if each.valid_until), default=None)
    wrong = next((each.no_more for each in here if each.no_more), "")
    if wrong:
        return Found(NOT_MET, wrong)
    if ends and ends < records.on:
        return Found(NOT_MET, f"Its review was due on {in_words(ends)}.")
    return Found(MET, f"In date until {in_words(ends)}." if ends else "Public; no review date is said.", ends)


@judges("job-description")
def job_description(check: Check, records: Records) -> Found:
    """Whether one was agreed, or agreed once more, within the days."""
    last = records.last(records.all.descriptions_on)
    return within(last, check, records, nothing="No job description is agreed yet.", done="Last agreed on")


@judges("led")
def led(_check: Check, records: Records) -> Found:
    """Whether every session of the academic year, up to that day of days gone by, has somebody who leads it."""
    planned = [each for each in records.all.sessions if academic_year_of(each[0]) == records.year]
    if not planned:
        return Found(UNKNOWN, "No session of this year is planned yet.")
    nobody = sum(leader is None and adviser is None for _, leader, adviser, _ in planned)
    if not nobody:
        return Found(MET, f"Each of the year's sessions, {len(planned)} so far.")
    return Found(NOT_MET, f"{nobody} of {len(planned)} sessions of the year are led by nobody.")


@judges("acknowledged")
def acknowledged(check: Check, records: Records) -> Found:
    """Whether colleagues said within the days that they had read their page."""
    since = records.on - timedelta(days=check.days)
    lately = [each for each in records.all.acknowledged_on if since <= each <= records.on]
    if lately:
        number = "One colleague" if len(lately) == 1 else f"{len(lately)} colleagues"
        return Found(MET, f"{number}, the last on {in_words(max(lately))}.")
    return Found(NONE, "Nobody has said so in the last year.")
