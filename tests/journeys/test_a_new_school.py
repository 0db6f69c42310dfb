"""A new school, from nothing to a responsibility grid, a principle check and a first plan, in one sitting and counted.

No demonstration data: the school and the code for its first account are made as a technician makes them.
"""

import re

import pytest

from dekaan.access.models import User
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.plan.models import Action, Plan
from dekaan.schools.models import School
from dekaan.team.models import Assignment, GuidedStart, Post
from tests.cli.conftest import run
from tests.journeys.visit import NARROW, WIDE, Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "correct horse battery staple"


@pytest.fixture
def code() -> str:
    """Of the first account of Hollin Bank School, which has nothing else."""
    run("school", "add", "--name", "Hollin Bank School", "--urn", "123456")
    said = run("user", "first-account", "--school", "hollin-bank-school").out
    return re.search(r"shown once: (\S+)", said).group(1)


def signs_in_first(priya: Visit, code: str) -> None:
    priya.open("/sign-in/first-account/")
    priya.type("Code", code)
    priya.type("Your name", "Priya Raman")
    priya.type("Your school e-mail address", "priya@hollin.example")
    priya.type("Password", WORDS)
    priya.press("Open the account")
    priya.type("Email", "priya@hollin.example")
    priya.type("Password", WORDS)
    priya.press("Sign in", role="button")


def is_well(priya: Visit) -> None:
    assert (priya.violations(), priya.is_too_wide()) == ([], False), priya.page.url


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_new_school_comes_from_nothing_to_its_grid_its_principles_and_its_first_plan(visit, code, width):
    priya = visit(width=width)
    signs_in_first(priya, code)
    assert "Begin here" in priya.words
    assert "bring in the pupil list" in priya.words
    is_well(priya)

    priya.clicks, fields = 0, 0
    priya.press("Set up how careers is led")
    is_well(priya)
    priya.press("Begin")
    priya.tick("A middle leader, under a senior leader")
    priya.type("To whom does the Careers Leader report?", "Deputy Head")
    fields += 1
    is_well(priya)
    priya.press("Save and go on")

    # There is no staff list: names are written, and hers stands there already.
    assert "No staff list is here yet" in priya.words
    assert priya.page.get_by_label("Careers Leader", exact=True).input_value() == "Priya Raman"
    priya.type("Senior leader who line-manages careers", "Ellen Frost")
    priya.type("Link governor for careers", "Moira Lunt")
    fields += 2
    is_well(priya)
    priya.press("Save and go on")

    # The bell: she leaves in the middle, and Home leads her back to where she was.
    so_far = priya.clicks
    priya.open("/hollin-bank-school/")
    assert "Set up how careers is led: 2 of 5 answered" in priya.words
    is_well(priya)
    priya.press("Carry on")
    priya.press("Carry on")
    priya.clicks = so_far

    assert "What that way of leading needs" in priya.words
    for question in priya.page.get_by_role("group").all():
        question.get_by_label("Yes", exact=True).check()
        priya.clicks += 1
    is_well(priya)
    priya.press("Save and go on")
    priya.type("Days a week for the role", "1.5")
    priya.type("Administrative help, in hours a week", "0")
    fields += 2
    priya.press("Save and go on")
    selects = priya.page.locator("form.grid select")
    assert selects.count() == 60  # who is responsible and who accountable, of thirty: nothing else is asked
    assert {each.split("_")[1] for each in selects.evaluate_all("all => all.map((each) => each.name)")} == {
        "responsible",
        "accountable",
    }
    is_well(priya)
    priya.press("Save and see what it comes to")
    assert "Nobody gives personal guidance." in priya.words
    is_well(priya)

    priya.press("Go on: check the six key principles")
    assert "of 6 in place" in priya.words
    is_well(priya)
    priya.press("Go on: draft a first plan from this")
    assert "Nobody is judged on anything yet" in priya.words
    assert "No evaluation by Compass is kept." in priya.words
    is_well(priya)
    ticked = priya.page.locator("input[type=checkbox]:checked")
    offered = priya.page.locator("input[type=checkbox]").count()
    assert (ticked.count(), offered) == (6, 11)
    dropped = ticked.first.evaluate("each => each.labels[0].innerText.trim()")
    ticked.first.uncheck()
    priya.clicks += 1
    priya.tick("Careers is led with the backing of the senior team and of governors")
    priya.press("Write the plan")
    assert "Written: Careers development plan" in priya.words
    assert "Not approved yet" in priya.words
    assert dropped not in priya.words
    is_well(priya)
    assert (priya.clicks, fields, priya.failures) == (16, 5, [])

    priya.open("/hollin-bank-school/")
    assert "how careers is led" not in priya.words
    with working_in(School.objects.get()):
        assert GuidedStart.objects.get().finished_on is not None
        assert Assignment.objects.count() == 30
        me = StaffMember.objects.get()  # she stands on the staff list from now on, under her account
        assert (str(me), me.user) == ("Priya Raman", User.objects.get())
        assert {(each.role, each.holder) for each in Post.objects.all()} == {
            ("leader", "Priya Raman"),
            ("line-manager", "Ellen Frost"),
            ("link-governor", "Moira Lunt"),
        }
        plan = Plan.objects.get()
        assert plan.objectives.count() == 6
        assert me in {each.owner for each in Action.objects.all()}
        assert "Ellen Frost" in {each.owner_name for each in Action.objects.all()}
        assert all(each.due_on and (each.owner or each.owner_name) for each in Action.objects.all())
    priya.open("/hollin-bank-school/my-week/")
    is_well(priya)


# What each way of leading is asked because of its own weakness, what is answered, and what is then said of it.
MODELS = {
    "A senior leader, with support": (
        "No, not yet",
        "Nobody assists the Careers Leader and the daily work is not handed to others.",
    ),
    "One Careers Leader for several schools": (
        "",
        "Nobody on site is named to keep careers going when the Careers Leader is at another school.",
    ),
    "Spread over several colleagues, nobody leading": ("", "There is no single point of accountability"),
    "Bought in from outside": ("", "There is no single point of accountability in the school"),
}


def test_each_way_of_leading_is_asked_for_what_it_lacks_and_told_of_it(visit, code):
    priya = visit()
    signs_in_first(priya, code)
    priya.open("/hollin-bank-school/team/")
    priya.press("Begin")
    priya.tick("A middle leader, under a senior leader")
    for _ in range(4):
        priya.press("Save and go on")
    priya.press("Save and see what it comes to")
    for model, (answer, said) in MODELS.items():
        priya.open("/hollin-bank-school/team/model/")
        priya.tick(model)
        priya.press("Save")
        priya.open("/hollin-bank-school/team/needs/")
        if answer:
            priya.tick(answer)
        is_well(priya)
        priya.press("Save")
        assert said in priya.words, model
    assert priya.failures == []
    priya.open("/hollin-bank-school/team/model/")
    priya.tick("One Careers Leader for several schools")
    priya.press("Save")
    priya.open("/hollin-bank-school/team/needs/")
    priya.type("Or the name of somebody who is not on the list", "Nell Hartley")
    priya.press("Save")
    assert "Nell Hartley" in priya.words
    assert "No meeting with a senior leader of this school is in the diary." in priya.words
    assert "Nobody on site is named" not in priya.words
