"""A provider is added from a typed name and given its contact; names are matched in bulk and the matching is undone."""

import pytest

from dekaan.core.scope import working_in
from dekaan.partners.changes import add_organisation, load_register
from dekaan.partners.models import Contact, Organisation
from dekaan.programme.models import Activity
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.partners.given import session
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PROVIDERS = b"UKPRN,name,Town\n10990001,Weir Valley College,Weirbrook\n10990002,Keystone Training,Weirbrook\n"


@pytest.mark.parametrize(("javascript", "width"), [(True, WIDE), (False, NARROW)])
def test_a_provider_is_looked_up_added_and_given_its_contact_in_six_clicks(visit, javascript, width):
    stock = make_stock()
    load_register(PROVIDERS, by=None)
    priya = visit(stock.priya, width=width, javascript=javascript)
    priya.open("/ashdown/partners/")
    priya.press("Add an organisation")
    priya.page.get_by_label("Look it up").fill("valley")
    priya.press("Look up")
    if javascript:
        assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.press("Fill in from this")
    priya.page.get_by_label("Kind", exact=True).select_option(label="Further education college")
    priya.press("Save")
    assert "In the directory: Weir Valley College." in priya.words
    priya.press("Add a person")
    priya.page.get_by_label("Name", exact=True).fill("Ida Ward")
    priya.page.get_by_label("E-mail").fill("ida@weirvalley.example")
    priya.press("Save")
    assert "Added: Ida Ward, Weir Valley College." in priya.words
    assert "Public task (Article 6(1)(e))" in priya.words
    assert priya.clicks == 6
    assert not priya.is_too_wide()
    with working_in(stock.ashdown):
        made = Organisation.objects.get()
        assert (made.ukprn, made.town, Contact.objects.get().organisation) == ("10990001", "Weirbrook", made)
    assert priya.failures == []


def test_names_are_matched_in_one_press_and_undone_in_another(visit):
    stock = make_stock()
    pupils(Place(stock.ashdown), 2)
    with working_in(stock.ashdown):
        for name in ("Millworks", "Weir Vally College", "Oakline"):
            session(name)
        add_organisation(name="Millworks Engineering", kind="employer", by=None)
        add_organisation(name="Weir Valley College", kind="fe-college", by=None)
    priya = visit(stock.priya, width=WIDE)
    priya.open("/ashdown/partners/")
    priya.press("Names to match", role="link")
    assert priya.violations() == []
    assert not priya.is_too_wide()
    for name in ("Millworks", "Weir Vally College", "Oakline"):
        priya.tick(name)
    priya.press("Match what is ticked")
    assert "3 names matched" in priya.words
    assert priya.violations() == []
    with working_in(stock.ashdown):
        whose = {each.partner_name: str(each.organisation) for each in Activity.objects.all()}
        assert whose == {
            "Millworks": "Millworks Engineering",
            "Weir Vally College": "Weir Valley College",
            "Oakline": "Oakline",
        }
    priya.press("Undo the matching")
    assert "Undone: the names wait to be matched again." in priya.words
    with working_in(stock.ashdown):
        assert not Activity.objects.exclude(organisation=None).exists()
        assert Organisation.objects.count() == 2
    assert priya.clicks == 6
    assert priya.failures == []


def test_one_of_the_directory_is_chosen_in_planning_without_a_script(visit):
    stock = make_stock()
    pupils(Place(stock.ashdown), 2)
    with working_in(stock.ashdown):
        made = add_organisation(name="Weir Valley College", kind="fe-college", by=None)
    priya = visit(stock.priya, width=NARROW, javascript=False)
    priya.open("/ashdown/programme/activities/new/")
    offered = priya.page.locator("datalist option").evaluate_all("all => all.map(each => each.value)")
    assert offered == ["Weir Valley College"]
    priya.type("What is it?", "College talk")
    priya.page.get_by_label("Kind", exact=True).select_option(label="Provider session in school")
    priya.page.get_by_label("Employer or provider", exact=True).fill("weir valley college")
    priya.page.get_by_role("checkbox", name="Year 10", exact=True).check()
    priya.press("Plan it")
    with working_in(stock.ashdown):
        activity = Activity.objects.get()
        assert (activity.organisation, activity.partner_kind) == (made, "fe-college")
    assert priya.failures == []
