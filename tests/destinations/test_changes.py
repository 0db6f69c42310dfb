"""Nothing is overwritten: statements stand beside one another, are corrected by new ones, and a person says which holds."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from dekaan.core.academic_year import months_after, today
from dekaan.core.scope import working_in
from dekaan.destinations import changes
from dekaan.destinations.changes import (
    correct_statement,
    erase_destinations,
    record_statement,
    say_which_holds,
    say_wish,
    verify_statement,
    withdraw_statement,
)
from dekaan.destinations.models import Ruling, Statement, Wish
from dekaan.destinations.queries import (
    followed_after,
    followed_until,
    in_force,
    latest_wishes,
    leavers,
    may_be_asked,
    may_be_shared,
    moments_of,
)
from dekaan.destinations.queries import (
    person as person_now,
)
from dekaan.frameworks.queries import activity_codes
from dekaan.frameworks.queries import moments as moments_asked
from dekaan.partners.changes import add_organisation
from dekaan.people.changes import leave_school, return_to_school
from dekaan.people.models import Pupil
from dekaan.privacy.changes import erase_pupil
from tests.destinations.given import LEFT_IN, LEFT_ON, day, leaver
from tests.stock import pupil

PUPIL, PROVIDER, COUNCIL = "pupil", "provider", "council"


def at_college(person, by=None, **otherwise):
    says = {"kind": "position", "source": PUPIL, "route": "college-technical", "provider_name": "Mereside College"}
    return record_statement(person, by=by, **says | otherwise)


def refused(change, *args, **says):
    with pytest.raises(changes.Refused) as caught, transaction.atomic():
        change(*args, **says)
    return type(caught.value).__name__, str(caught.value)


def in_words(moment):
    return [[(each.source, each.route) for each in group] for group in moment.groups]


def moments(person):
    return moments_of(Statement.objects.filter(pupil=person), Ruling.objects.filter(pupil=person))


def test_what_is_said_of_the_first_of_november_is_of_that_day_whenever_it_is_said(left):
    done = at_college(left.ada, left.priya)
    assert (done.statement.as_of, done.statement.said_on, done.statement.recorded_by) == (
        day(11, 1),
        today(),
        left.priya,
    )


def test_of_september_it_is_the_day_on_which_it_is_said(left):
    days = [
        at_college(left.ada, kind="enrolment", said_on=said).statement.as_of
        for said in (day(9, 12), day(9, 30), day(10, 7))
    ]
    assert days == [day(9, 12), day(9, 30), day(9, 30)]


def test_a_correction_is_another_statement_and_both_are_kept(left):
    first = at_college(left.ada, left.priya, level=2).statement
    second = correct_statement(first, by=left.priya, level=3).statement
    assert (second.corrects, second.level, second.route) == (first, 3, "college-technical")
    assert [each.pk for each in Statement.objects.all()] == [first.pk, second.pk]
    assert in_force(Statement.objects.all()) == [second]
    first.refresh_from_db()
    assert first.level == 2
    assert refused(correct_statement, first, by=left.priya, level=1) == (
        "AlreadyCorrected",
        "This was corrected or taken back meanwhile. Look at what is in force now, and change that.",
    )


def test_what_is_taken_back_is_kept_and_counts_no_more(left):
    said = at_college(left.ada, left.priya).statement
    withdraw_statement(said, by=left.priya)
    assert (in_force(Statement.objects.all()), Statement.objects.count()) == ([], 2)
    assert refused(withdraw_statement, said, by=left.priya)[0] == "AlreadyCorrected"
    assert (
        refused(withdraw_statement, Statement.objects.get(is_withdrawal=True), by=left.priya)[0] == "AlreadyCorrected"
    )


def test_who_has_checked_it_is_said_by_another_statement(left):
    said = at_college(left.ada, left.priya).statement
    checked = verify_statement(said, by=left.priya).statement
    assert (checked.is_verified, checked.verified_by, checked.verified_on) == (True, left.priya, today())
    assert not Statement.objects.get(pk=said.pk).is_verified


def test_two_sources_that_disagree_stand_side_by_side_until_priya_says_which_holds(left):
    assert not at_college(left.ada).disagrees
    assert not at_college(left.ada, source=PROVIDER, provider_name="").disagrees  # says less, and nothing else
    other = record_statement(left.ada, by=None, kind="position", source=COUNCIL, route="looking")
    assert other.disagrees
    (moment,) = moments(left.ada)
    assert moment.disagrees
    assert in_words(moment) == [[(PUPIL, "college-technical"), (PROVIDER, "college-technical")], [(COUNCIL, "looking")]]

    say_which_holds(other.statement, because="She told me so", by=left.priya)
    (moment,) = moments(left.ada)
    assert (in_words(moment), len(moment.set_aside)) == ([[(COUNCIL, "looking")]], 2)
    # Something new opens it again; and a person may think again.
    assert at_college(left.ada, source="parent", provider_name="Alder College").disagrees
    say_which_holds(Statement.objects.earliest("pk"), because="", by=left.priya)
    (moment,) = moments(left.ada)
    assert in_words(moment) == [[(PUPIL, "college-technical"), (PROVIDER, "college-technical")]]


@pytest.mark.parametrize(
    ("other", "disagrees"),
    [
        ({"code": "230", "route": ""}, False),
        ({"route": "college"}, False),  # which course is not said
        ({"route": "college", "provider_name": ""}, False),
        ({"route": "college-academic"}, False),  # the same college, and to the measure the same
        ({"route": "college-academic", "provider_name": ""}, True),
        ({"route": "college", "provider_name": "Alder College"}, True),
        ({"route": "apprenticeship"}, True),  # of the same provider, and another kind of place
    ],
)
def test_a_course_that_is_not_said_and_one_place_said_in_two_ways_are_no_disagreement(left, other, disagrees):
    at_college(left.ada)
    assert at_college(left.ada, **({"source": COUNCIL} | other)).disagrees is disagrees


def test_where_nothing_contradicts_there_is_nothing_to_settle(left):
    said = at_college(left.ada).statement
    assert refused(say_which_holds, said, because="", by=left.priya) == (
        "NothingToSettle",
        "Nothing contradicts this, so there is nothing to decide.",
    )


def test_a_provider_that_the_directory_does_not_know_is_kept_as_it_was_said_and_told(left):
    done = at_college(left.ada)
    assert (done.provider_is_unknown, done.statement.provider, done.statement.provider_name) == (
        True,
        None,
        "Mereside College",
    )
    college = add_organisation(name="Mereside College", kind="fe-college", by=left.priya)
    again = at_college(left.ben, provider_name="mereside college")
    assert (again.provider_is_unknown, again.statement.provider) == (False, college)
    assert not at_college(left.ben, source=PROVIDER, provider=college, provider_name="").disagrees
    moved = correct_statement(again.statement, by=None, provider_name="Alder College")
    assert (moved.provider_is_unknown, moved.statement.provider) == (True, None)


def test_who_is_on_the_roll_or_came_back_has_gone_nowhere(left):
    says = {"kind": "position", "source": PUPIL, "route": "looking", "by": None}
    sentence = (
        "They are on the roll of this school, so they have gone nowhere yet. If they have left, say so on their record; if "
        "they came back, what was recorded before is kept, and they are among the leavers again when they leave."
    )
    assert refused(record_statement, pupil("Cleo", year_group=11), **says) == ("HasNotLeft", sentence)

    at_college(left.ada)
    return_to_school(left.ada, year_group=12, starts_on=day(1, 8), by=None)
    assert refused(record_statement, left.ada, **says) == ("HasNotLeft", sentence)
    assert Statement.objects.filter(pupil=left.ada).count() == 1
    assert [each.pupil for each in leavers(LEFT_IN, Pupil.objects.all())] == [left.ben]
    leave_school(left.ada, on=day(7, 20), by=None)
    assert [each.pupil for each in leavers(LEFT_IN + 1, Pupil.objects.all())] == [left.ada]


def test_a_plan_is_recorded_of_who_is_still_here(left):
    here = pupil("Cleo", year_group=11)
    said = record_statement(here, by=left.priya, kind="intention", source=PUPIL, route="undecided").statement
    assert said.as_of == today()
    dream = record_statement(here, by=None, kind="aspiration", source=PUPIL, words="Something with animals")
    assert dream.statement.words == "Something with animals"
    offer = record_statement(
        here, by=None, kind="offer", source=PROVIDER, route="t-level", offer_state="conditional", starts_on=None
    )
    assert offer.statement.offer_state == "conditional"


REFUSED = {
    "dated before leaving": (
        {"as_of": LEFT_ON - timedelta(days=40)},
        "BeforeLeaving",
        (
            f"{LEFT_ON - timedelta(days=40):%-d %B %Y} is before they left, on {LEFT_ON:%-d %B %Y}. Give a day since then, or "
            "correct the leaving date on their record."
        ),
    ),
    "said before the day": (
        {"said_on": day(10, 20)},
        "StillToCome",
        (
            f"{day(11, 1):%-d %B %Y} had not come yet when this was said. Record what is planned as an intention, or wait for "
            "the day."
        ),
    ),
    "since a day after the last": (
        {"starts_on": day(10, 20), "ends_on": day(10, 1)},
        "StoppedBeforeItBegan",
        (
            f"They cannot be there since {day(10, 20):%-d %B %Y} when it is said of {day(10, 1):%-d %B %Y}, which is earlier. "
            "Change one of the two days."
        ),
    ),
    "a last day before leaving": (
        {"kind": "enrolment", "ends_on": LEFT_ON - timedelta(days=2)},
        "BeforeLeaving",
        (
            f"{LEFT_ON - timedelta(days=2):%-d %B %Y} is before they left, on {LEFT_ON:%-d %B %Y}. Give a day since then, or "
            "correct the leaving date on their record."
        ),
    ),
    "a last day before the moment": (
        {"ends_on": day(10, 14)},
        "HadStopped",
        (
            f"If {day(10, 14):%-d %B %Y} was their last day there, they had stopped by {day(11, 1):%-d %B %Y}. Record it as a "
            "change on another day, or leave out the last day."
        ),
    ),
    "in college since a year before leaving": (
        {"starts_on": LEFT_ON - timedelta(days=300)},
        "LastYears",
        (
            f"They were still here on {LEFT_ON - timedelta(days=300):%-d %B %Y} and left on {LEFT_ON:%-d %B %Y}, so this looks like "
            "last year’s. Give the day since when they have been there, or leave it out if nobody knows."
        ),
    ),
    "nothing": (
        {"route": ""},
        "NothingSaid",
        "It does not say where they are. Choose a route, or “Asked, and not found”.",
    ),
    "a route that nobody knows": (
        {"route": "circus"},
        "NoSuchRoute",
        "“circus” is no route that is known here. Choose one from the list.",
    ),
    "a route that has ended": (
        {"route": "traineeship"},
        "RouteNoLongerUsed",
        "“Traineeship” ended on 31 July 2023. Use “Training programme” for what came after it.",
    ),
    "undecided": (
        {"route": "undecided"},
        "IsNoDestination",
        "“Undecided” is a plan and not where somebody is. Choose where they are, or “Asked, and not found”.",
    ),
    "a code that nobody knows": (
        {"route": "", "code": "999"},
        "NoSuchCode",
        (
            "“999” is no activity code of the lists that are known here (210 to 830). Look it up in the council’s own list, and "
            "choose the route that says the same."
        ),
    ),
    "a code that no longer exists": (
        {"route": "", "code": "450"},
        "CodeNoLongerUsed",
        "Code 450 (Traineeship) was in force until 31 July 2023. Use 430 (Other training) if it says the same.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_in_words_and_nothing_is_written(left, case):
    says, kind, sentence = REFUSED[case]
    assert refused(at_college, left.ada, **says) == (kind, sentence)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("route", ["part-time-job", "apprenticeship", "looking"])
def test_a_job_may_have_begun_before_leaving_and_whoever_records_it_is_told(left, route):
    says = {"kind": "position", "source": COUNCIL, "route": route, "starts_on": LEFT_ON - timedelta(days=300)}
    assert changes.try_statement(left.ada, **says).began_before_leaving
    assert record_statement(left.ada, by=None, **says).began_before_leaving
    assert not record_statement(left.ben, by=None, **says | {"starts_on": LEFT_ON}).began_before_leaving


def test_who_stopped_before_1_november_is_recorded_as_a_change(left):
    gone = {"kind": "change", "as_of": day(10, 14), "ends_on": day(10, 14), "starts_on": day(9, 4)}
    assert at_college(left.ada, **gone).statement.ends_on == day(10, 14)


def test_tomorrow_has_not_come(left):
    tomorrow = today() + timedelta(days=1)
    assert refused(at_college, left.ada, said_on=tomorrow)[0] == "StillToCome"
    assert refused(at_college, left.ada, ends_on=tomorrow)[0] == "StillToCome"
    assert (
        refused(record_statement, leaver("Cleo"), by=None, kind="year-3", source=PUPIL, route="looking")[0]
        == "StillToCome"
    )


def test_every_code_that_is_no_longer_in_force_has_a_successor_that_is():
    ended = [each for each in activity_codes().values() if each.in_force_until != date.max]
    assert [each.code for each in ended] == ["450"]
    assert all(activity_codes()[each.successor].is_in_force(today()) for each in ended)


def test_of_a_hundred_who_object_none_may_be_shared(left):
    people = Pupil.objects.bulk_create(Pupil(surname=f"Pupil{number}", forename="Any") for number in range(200))
    for person in people[:100]:
        say_wish(person, about=Wish.About.SHARING, allows=False, who="pupil", by=left.priya)
    assert may_be_shared([each.pk for each in people]) == {each.pk for each in people[100:]}
    say_wish(people[0], about=Wish.About.SHARING, allows=True, who="pupil", by=left.priya)
    assert may_be_shared([people[0].pk, people[1].pk]) == {people[0].pk}
    assert Wish.objects.count() == 101


def test_from_16_a_parent_may_object_and_not_take_it_back(left):
    sharing = {"about": Wish.About.SHARING, "who": "parent", "by": left.priya}
    say_wish(left.ada, allows=False, **sharing)
    assert refused(say_wish, left.ada, allows=True, **sharing) == (
        "NotTheirsToSay",
        (
            "They are 16 or older, so it is theirs to say and not a parent’s. Ask them, and record what they say as said by the "
            "pupil."
        ),
    )
    assert may_be_shared([left.ada.pk]) == set()
    say_wish(left.ada, allows=True, said_on=day(10, 1, years_on=-1), **sharing)  # she was 15 then
    assert may_be_shared([left.ada.pk]) == set()  # and it was said before the objection


def born_years_ago(person: Pupil, years: int | None) -> Pupil:
    person.birth_date = today().replace(year=today().year - years, day=1) if years else None
    person.save()
    return person


@pytest.mark.parametrize(
    ("years", "said", "shared"),
    [
        (15, [("parent", False), ("pupil", True)], False),
        (15, [("parent", False), ("parent", True)], True),
        (15, [("pupil", False), ("parent", True)], False),
        (15, [("pupil", False), ("pupil", True)], True),
        (15, [("parent", False), ("pupil", False), ("parent", True)], False),
        (17, [("parent", False), ("pupil", True)], True),
        (17, [("pupil", True), ("parent", False)], False),
        (None, [("parent", False), ("pupil", True)], True),
    ],
)
def test_an_objection_is_taken_back_by_whoever_made_it_and_a_parents_also_by_the_young_person_from_16(
    left, years, said, shared
):
    ada = born_years_ago(left.ada, years)
    for who, allows in said:
        say_wish(ada, about=Wish.About.SHARING, allows=allows, who=who, by=None)
    assert may_be_shared([ada.pk]) == ({ada.pk} if shared else set())
    assert person_now(ada).sharing.allows is shared


def test_of_whom_no_birth_date_is_held_a_parent_allows_nothing(left):
    sharing = {"about": Wish.About.SHARING, "who": "parent", "by": None}
    assert refused(say_wish, born_years_ago(left.ada, None), allows=True, **sharing)[0] == "NotTheirsToSay"


def test_sharing_has_no_last_day(left):
    sharing = {"about": Wish.About.SHARING, "who": "pupil", "by": None}
    assert refused(say_wish, left.ada, allows=True, until=today(), **sharing) == (
        "SharingHasNoEnd",
        (
            "Sharing has no last day: it goes on until somebody objects. Leave “Until” empty, and record an objection when it is "
            "made."
        ),
    )


def test_neither_permission_nor_records_end_before_the_last_question(left):
    last = max(each.day_after_leaving(LEFT_IN) for each in moments_asked().values())
    assert last < followed_until(LEFT_IN) == months_after(last, 2)
    assert followed_after({left.ada.pk: LEFT_ON}, 3) == {left.ada.pk: followed_until(LEFT_IN)}


def test_permission_to_keep_in_touch_ends_on_its_day_or_when_it_is_taken_back(left):
    last = today() + timedelta(days=30)
    touch = {"about": Wish.About.KEEP_IN_TOUCH, "who": "pupil", "by": left.priya}

    def in_touch(on=None):
        return may_be_asked(latest_wishes([left.ada.pk])[left.ada.pk, Wish.About.KEEP_IN_TOUCH], on or today())

    say_wish(left.ada, allows=True, until=last, reached_at="ada@home.example", **touch)
    assert (in_touch(last), in_touch(last + timedelta(days=1))) == (True, False)
    say_wish(left.ada, allows=False, **touch)
    assert not in_touch()
    assert refused(say_wish, left.ada, allows=True, until=today() - timedelta(days=1), **touch) == (
        "NoEnd",
        "The last day of the permission is before the day on which it was given. Change one of the two days.",
    )
    assert refused(say_wish, left.ada, allows=True, said_on=last, **touch)[0] == "StillToCome"


def test_an_erased_leaver_is_gone_from_the_ledger_corrections_rulings_and_wishes_with_them(left):
    for person in (left.ada, left.ben):
        said = at_college(person, words="Canaryword").statement
        correct_statement(said, by=left.priya, level=3)
        looking = record_statement(person, by=None, kind="position", source=COUNCIL, route="looking").statement
        say_which_holds(looking, because="Canaryword", by=left.priya)
        say_wish(person, about=Wish.About.SHARING, allows=False, who="pupil", by=None, reached_at="Canaryword")
    erase_pupil(left.ada, by=None)
    assert [model.objects.count() for model in (Statement, Ruling, Wish)] == [3, 1, 1]
    assert {model.objects.values_list("pupil", flat=True).first() for model in (Statement, Ruling, Wish)} == {
        left.ben.pk
    }


def test_postgresql_itself_refuses_to_overwrite_or_delete(left):
    said = at_college(left.ada)
    say_wish(left.ada, about=Wish.About.SHARING, allows=False, who="pupil", by=None)
    if connection.vendor != "postgresql":
        return
    for wrong in (
        lambda: Statement.objects.update(route="looking"),
        lambda: Statement.objects.filter(pk=said.statement.pk)._raw_delete("default"),
        lambda: Wish.objects.update(allows=True),
        lambda: Wish.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            wrong()
    with pytest.raises(DatabaseError, match="not noted as erased"), transaction.atomic():
        erase_destinations(left.ada.pk)


@pytest.mark.parametrize("many", [1, 3])
def test_leavers_and_what_they_came_to_take_five_questions_however_many(left, many, django_assert_num_queries):
    for number in range(many):
        at_college(leaver(f"Cleo{number}"))
    with django_assert_num_queries(5):
        found = leavers(LEFT_IN, Pupil.objects.all())
    assert len(found) == many + 2


def test_leavers_of_another_school_and_of_lower_years_are_not_among_them(left):
    leaver("Cleo", year_group=9)
    assert [str(each.pupil) for each in leavers(LEFT_IN, Pupil.objects.all())] == ["Lovell, Ada", "Okoro, Ben"]
    with working_in(left.stock.beckford):
        assert leavers(LEFT_IN, Pupil.objects.all()) == []


def test_not_found_one_day_and_unwilling_to_say_another_contradict_nobody(left):
    for route in ("not-found", "refused"):
        assert not record_statement(left.ada, by=None, kind="position", source=PUPIL, route=route).disagrees
    (moment,) = moments(left.ada)
    assert in_words(moment) == [[(PUPIL, "not-found"), (PUPIL, "refused")]]
