"""Judges of time and resources, and of expertise. Nobody is named."""

from dekaan.budget.queries import Money
from dekaan.core.academic_year import year_start
from dekaan.core.numbers import plain
from dekaan.frameworks.queries import leader_trainings
from dekaan.principles.checks import Check
from dekaan.principles.queries.judging import MET, NOT_MET, UNKNOWN, Found, in_words, judges, within
from dekaan.principles.queries.records import Records

UNTRAINED = "none"
NOBODY = "Nobody on the staff list is named as the Careers Leader."


@judges("time")
def time(_check: Check, records: Records) -> Found:
    """Whether days a week are agreed; hours alone are single periods, which the guide warns of."""
    led = records.leadership
    if led is None or (led.days_a_week is None and led.hours_a_week is None):
        return Found(NOT_MET, "No time is agreed.")
    if led.days_a_week is None:
        return Found(NOT_MET, f"{plain(led.hours_a_week)} hours a week are agreed, and no days.")
    if not led.days_a_week:
        return Found(NOT_MET, "No day a week is given.")
    return Found(MET, f"{plain(led.days_a_week)} days a week since {in_words(led.starts_on)}.")


@judges("help")
def help_given(_check: Check, records: Records) -> Found:
    """Whether hours of help are agreed, and whoever gives it is not the leader."""
    led = records.leadership
    helpers = {each.staff_id or each.name for each in records.held("administrator")}
    others = helpers - records.leaders
    if led and led.admin_hours and others:
        return Found(MET, f"{plain(led.admin_hours)} hours a week.")
    if helpers and not others:
        return Found(NOT_MET, "The Careers Leader is the administrator as well.")
    if others:
        return Found(NOT_MET, "Somebody helps, and no hours are agreed.")
    return Found(NOT_MET, "No administrator is named." if led and led.admin_hours else "No help is agreed.")


@judges("budget")
def budget(_check: Check, records: Records) -> Found:
    """Whether money was agreed by then for a budget of the day's year, and not more spent or promised by then."""
    here = {each.pk for each in records.all.budgets if each.holds(records.on)}
    given = sum(pence for budget_id, on, pence in records.all.allocated if budget_id in here and on <= records.on)
    if not given:
        return Found(NOT_MET, "No money is agreed for this year.")
    spent = sum(each.signed for budget_id, each in records.all.spends if budget_id in here and each.on <= records.on)
    if spent > given:
        return Found(NOT_MET, f"{Money(spent)} spent or promised, of {Money(given)} given.")
    return Found(MET, f"{Money(given)} given, {Money(spent)} of it spent or promised.")


@judges("trained")
def trained(_check: Check, records: Records) -> Found:
    """Whether a training for the role is said of a leader."""
    if not records.leaders:
        return Found(UNKNOWN, NOBODY)
    said = [records.all.profiles[each] for each in sorted(records.leaders) if each in records.all.profiles]
    done = [each for each in said if each.training and each.training != UNTRAINED]
    by_then = [each for each in done if each.trained_on is None or each.trained_on <= records.on]
    if by_then:
        first = by_then[0]
        on = f", {in_words(first.trained_on)}" if first.trained_on else ""
        return Found(MET, f"{leader_trainings().get(first.training, first.training)}{on}.")
    if any(each.training == UNTRAINED for each in said) or done:
        return Found(NOT_MET, "Not trained for the role yet.")
    return Found(UNKNOWN, "Nobody has said what training the Careers Leader has.")


@judges("training-within")
def training_within(check: Check, records: Records) -> Found:
    """Whether the training log has a line of a leader within the days."""
    if not records.leaders:
        return Found(UNKNOWN, NOBODY)
    last = records.last(day for staff, day in records.all.trainings if staff in records.leaders)
    return within(last, check, records, nothing="The training log has no line of theirs.", done="Last on")


@judges("network")
def network(_check: Check, records: Records) -> Found:
    """Whether a leader met a hub or network in the academic year, up to that day."""
    if not records.leaders:
        return Found(UNKNOWN, NOBODY)
    theirs = [each for each in records.all.networks if each.staff_id in records.leaders]
    begins = year_start(records.year)
    met = records.last(each.met_on for each in theirs if each.met_on and each.met_on >= begins)
    if met:
        return Found(MET, f"Last met on {in_words(met)}.")
    joined = [each for each in theirs if each.left_on is None or each.left_on > records.on]
    if joined:
        return Found(NOT_MET, f"{joined[0].name} is joined, and was not met since {in_words(begins)}.")
    return Found(NOT_MET, "No hub or network is joined.")
