"""The smallest set of sessions: on fifty generated gaps as small as an exhaustive search of every smaller choice finds."""

import random
import re
import subprocess
import sys
from itertools import combinations, combinations_with_replacement, product

import pytest

from dekaan.benchmarks.smallest import Candidate, Lack, in_words, smallest

pytestmark = pytest.mark.once
WORDS = "no one two three four five six seven eight nine ten eleven twelve 13 14 15 16 17 18".split()
NEEDS = ("an employer", "a workplace", "a college", "a university", "a training provider", "guidance")
GROUPS = ("Year 9", "Year 10", "Year 11")


def generated(seed):
    """A gap of up to 30 pupils in three year groups who need up to four things, some more than once; up to 8 candidates."""
    chance = random.Random(seed)
    groups = {name: [] for name in GROUPS}
    for pupil in range(1, chance.randint(5, 30) + 1):
        groups[chance.choice(GROUPS)].append(pupil)
    needs = chance.sample(NEEDS, chance.randint(1, 4))
    lacks = [
        Lack(pupil, need, chance.choice([1, 1, 1, 2, 3]), name)
        for name, pupils in groups.items()
        for pupil in pupils
        for need in needs
        if chance.random() < 0.45
    ]
    everybody = {
        name: [*pupils, *range(100 * at, 100 * at + chance.randint(0, 9))]
        for at, (name, pupils) in enumerate(groups.items(), 1)
    }
    candidates = []
    for number in range(chance.randint(3, 8)):
        whom = chance.sample(GROUPS, chance.choice([1, 1, 2]))
        invites = [pupil for name in whom for pupil in everybody[name] if chance.random() < 0.9]
        counts = chance.sample(needs, min(len(needs), chance.choice([1, 1, 2])))
        candidates.append(
            Candidate(str(number), f"session {number}", " and ".join(whom), frozenset(invites), frozenset(counts))
        )
    return lacks, candidates


def exhaustive(lacks, candidates):
    """Every choice of so many, from none upwards, until one closes all that can be closed: (how many, how many idle)."""
    open_needs = [
        each for each in lacks if any(each.need in one.needs and each.pupil in one.invites for one in candidates)
    ]
    needed = {(each.pupil, each.need): each.times for each in open_needs}
    in_need = {(each.pupil, each.need) for each in lacks}
    gives = [{(pupil, need) for pupil in one.invites for need in one.needs} for one in candidates]
    idle = [sum(all((pupil, need) not in in_need for need in one.needs) for pupil in one.invites) for one in candidates]
    size = 0
    while True:
        closing = [
            sum(idle[at] for at in choice)
            for choice in combinations_with_replacement(range(len(candidates)), size)
            if all(sum(key in gives[at] for at in choice) >= times for key, times in needed.items())
        ]
        if closing:
            return size, min(closing)
        size += 1


@pytest.mark.parametrize("seed", range(50))
def test_as_small_as_an_exhaustive_search_finds(seed):
    lacks, candidates = generated(seed)
    answer = smallest(lacks, candidates, seconds=60)
    assert (answer.sessions, answer.idle) == exhaustive(lacks, candidates)
    assert (answer.is_proven, answer.is_least_idle, answer.at_least) == (True, True, answer.sessions)
    assert_closes(answer, lacks, candidates)
    assert_reason_holds(answer, candidates)
    assert_words_are_true(answer, lacks)


def assert_closes(answer, lacks, candidates):
    """Everybody has everything as often as they need it, but for what nothing serves."""
    beyond = [each for each in lacks if not any(one.serves(each) for one in candidates)]
    assert list(answer.beyond) == beyond
    for lack in lacks:
        times = sum(each.times for each in answer.chosen if each.candidate.serves(lack))
        assert times >= lack.times or lack in beyond


def assert_reason_holds(answer, candidates):
    """No candidate serves two legs of a reason, and these need so many sessions together."""
    if not answer.reason:
        return
    assert sum(leg.times for leg in answer.reason) >= answer.sessions
    for one in candidates:
        assert sum(leg.need in one.needs and bool(leg.pupils & one.invites) for leg in answer.reason) <= 1


def assert_words_are_true(answer, lacks):
    """Every number that the words state is worked out here once more."""
    said = " ".join(in_words(answer))
    if not lacks:
        assert said == "Nobody misses it: there is nothing to close."
        return
    if answer.chosen:
        is_or_are = "session is" if answer.sessions == 1 else "sessions are"
        rest = " for the rest" if answer.beyond else ""
        assert f"{WORDS[answer.sessions].capitalize()} {is_or_are} enough{rest}: " in said
        open_pupils = {each.pupil for each in lacks} - {
            pupil
            for pupil in {each.pupil for each in lacks}
            if all(each in answer.beyond for each in lacks if each.pupil == pupil)
        }
        closes = [
            (len({each.pupil for each in lacks if one.candidate.serves(each)}), len(open_pupils))
            for one in answer.chosen
        ]
        found = re.findall(r"\((\d+) of (\d+)\)", said)
        assert [(int(number), int(of)) for number, of in found] == closes
        idle = re.search(r"(\d+) invitations? goe?s? to pupils who need nothing", said)
        assert (int(idle.group(1)) if idle else 0) == answer.idle
    if answer.sessions > 1:
        assert "Fewer cannot be enough" in said
        assert ("ruled out by the optimiser" in said) == (not answer.reason)
    for leg in answer.reason if answer.sessions > 1 else ():
        pupils = {each.pupil for each in lacks if (each.need, each.times, each.of) == (leg.need, leg.times, leg.of)}
        assert leg.pupils <= pupils
        assert f"{len(leg.pupils)} pupil" in said
    for need in {each.need for each in answer.beyond}:
        number = sum(each.need == need for each in answer.beyond)
        assert f"counts for {need}: {number} pupil{'' if number == 1 else 's'} cannot" in said


def test_the_fifty_are_not_all_of_one_kind():
    """Gaps that one session closes and gaps that take many; with a short reason and without; with something beyond."""
    answers = [smallest(*generated(seed), seconds=60) for seed in range(50)]
    assert {1, 2, 3, 4, 5} <= {each.sessions for each in answers}
    assert any(each.beyond for each in answers)
    assert any(len(each.reason) == 1 and each.sessions > 1 for each in answers)
    assert any(len(each.reason) > 1 for each in answers)
    assert any(each.idle for each in answers)


def workplace(key="visit", whom="Year 11", pupils=(1, 2, 3), needs=("a workplace",)):
    return Candidate(key, f"a {key}", whom, frozenset(pupils), frozenset(needs))


def test_a_pupil_who_needs_two_workplaces_needs_two_sessions():
    lacks = [Lack(1, "a workplace", 2, "Year 11"), Lack(2, "a workplace", 1, "Year 11")]
    assert in_words(smallest(lacks, [workplace()])) == [
        "Two sessions are enough: a visit for Year 11, twice (2 of 2).",
        "Fewer cannot be enough: 1 pupil of Year 11 needs two sessions for a workplace.",
        "2 invitations go to pupils who need nothing of it; no other choice of two has fewer.",
    ]


def test_each_kind_of_provider_is_a_need_of_its_own():
    lacks = [Lack(pupil, kind, of="Year 11") for pupil in (1, 2) for kind in ("a college", "a university")]
    visits = [workplace(f"{kind} visit", needs=[f"a {kind}"], pupils=[1, 2]) for kind in ("college", "university")]
    both = "two of these: a college for 2 pupils of Year 11; a university for 2 pupils of Year 11."
    assert in_words(smallest(lacks, visits)) == [
        "Two sessions are enough: a college visit for Year 11 (2 of 2) and a university visit for Year 11 (2 of 2).",
        f"Fewer cannot be enough, because no single session counts for {both}",
        "Everybody invited needs what it counts for.",
    ]


def test_of_two_groups_that_close_it_the_one_with_fewer_who_need_nothing():
    groups = [workplace(whom="Year 11", pupils=range(180)), workplace(whom="11A", pupils=range(30))]
    assert [each.candidate.whom for each in smallest([Lack(3, "a workplace")], groups).chosen] == ["11A"]


def test_where_there_is_no_short_reason_the_words_say_so():
    """Three needs, each candidate counts for two of them: one is never enough, and no two needs are out of one's reach."""
    lacks = [Lack(1, need) for need in ("a", "b", "c")]
    pairs = [workplace(each, needs=each, pupils=[1]) for each in ("ab", "bc", "ca")]
    answer = smallest(lacks, pairs)
    assert (answer.sessions, answer.is_proven, answer.reason) == (2, True, ())
    assert in_words(answer)[1] == (
        "Fewer cannot be enough: every smaller choice was ruled out by the optimiser, and no reason is shorter."
    )


def test_nobody_misses_it():
    assert in_words(smallest([], [workplace()])) == ["Nobody misses it: there is nothing to close."]
    assert smallest([Lack(1, "a workplace", 0)], [workplace()]).lacks == ()


def test_nothing_can_close_it():
    answer = smallest([Lack(1, "guidance"), Lack(9, "a workplace")], [workplace()])
    assert (answer.sessions, answer.is_proven) == (0, True)
    assert in_words(answer) == [
        "Nothing that could be put on counts for guidance: 1 pupil cannot be helped to it by a session.",
        "Nothing that could be put on counts for a workplace: 1 pupil cannot be helped to it by a session.",
    ]


def test_what_is_not_proven_is_not_said_to_be():
    """No time for a hard one: what is offered closes the gap, and it is said plainly that fewer might do.

    One pupil for each line of three points in a space of 27, a session for each point: 18 is known to be the least.
    """
    points = list(product(range(3), repeat=3))
    lines = [each for each in combinations(points, 3) if all(sum(along) % 3 == 0 for along in zip(*each, strict=True))]
    lacks = [Lack(pupil, "a workplace") for pupil in range(len(lines))]
    candidates = [
        workplace(str(point), pupils=[pupil for pupil, line in enumerate(lines) if point in line]) for point in points
    ]
    answer = smallest(lacks, candidates, seconds=0)
    assert_closes(answer, lacks, candidates)
    assert (answer.is_proven, answer.is_least_idle, answer.reason) == (False, False, ())
    assert answer.at_least <= 18 <= answer.sessions
    said = " ".join(in_words(answer))
    assert "Whether fewer would do was not settled in 0 seconds: at least " in said
    assert "cannot be enough" not in said
    assert "no other choice" not in said


def test_the_optimiser_says_nothing_of_its_own():
    """In a process of its own: the library prints its banner once in each."""
    asks = (
        "from dekaan.benchmarks.smallest import Candidate, Lack, smallest;"
        "talk = Candidate('a', 'talk', 'Year 10', frozenset({1}), frozenset({'employer'}));"
        "print(len(smallest([Lack(1, 'employer')], [talk]).chosen))"
    )
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert (said.stdout, said.stderr) == ("1\n", "")
