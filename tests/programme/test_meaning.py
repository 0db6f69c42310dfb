"""Whether what happened was meaningful: said once of an activity, otherwise of an occasion, and blank is unknown."""

import pytest
from django.db import IntegrityError, transaction

from dekaan.core.academic_year import today
from dekaan.core.editing import AS_READ
from dekaan.frameworks.queries import Answers, flags, framework
from dekaan.measures.queries import coverage
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity, ActivityTemplate, MeaningLink, Session
from dekaan.programme.queries import meter, meter_of
from tests.access.test_pressing import Forms
from tests.stock import THIS_YEAR, pupil

OF_A_TALK = "purpose outcomes two-way reflection prepared support"


def said(yes: str = "", no: str = "") -> Answers:
    bits = {key: flag.bit for key, flag in flags().items()}
    return Answers(sum(bits[key] for key in yes.split()), sum(bits[key] for key in no.split()))


def employer(stock, version: str, **more) -> tuple:
    """Met, asked and unknown of the criterion about employers."""
    code = {"gatsby-2024": "GB24.5.1", "gatsby-2014": "GB14.5.1"}[version]
    (figure,) = coverage(stock.ashdown.pk, THIS_YEAR, framework(version), criterion=code, **more)
    return figure.met, figure.of, figure.unknown


@pytest.fixture
def talk(in_ashdown):
    """Four of Year 10 heard it."""
    for name in ("Ada", "Ben", "Cy", "Dee"):
        pupil(name, year_group=10)
    activity = changes.plan_activity(
        title="Talk", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer", partner_name="Millworks"
    )
    session = changes.plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    changes.it_happened(session, by=in_ashdown.priya)
    return session


@pytest.mark.parametrize("model", [Activity, Session, ActivityTemplate, MeaningLink])
def test_no_flag_is_answered_yes_and_no(in_ashdown, talk, model):
    changes.keep_as_template(talk.activity, by=None)
    changes.ask_meaning(talk, open_until=today(), by=None)
    yes, no = ("said_yes", "said_no") if model is MeaningLink else ("flags_yes", "flags_no")
    assert model.objects.update(**{yes: 5, no: 2}) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{yes: 5, no: 4})
    with pytest.raises(ValueError, match="yes and no"):
        Answers(5, 4)


def test_what_nobody_said_is_unknown_beside_who_took_part(in_ashdown, talk):
    assert employer(in_ashdown, "gatsby-2024") == (4, 4, 0)
    assert employer(in_ashdown, "gatsby-2024", is_shown=True) == (0, 4, 4)


def test_what_is_shown_counts_by_the_version_that_it_satisfies(in_ashdown, talk):
    changes.say_of_activity(talk.activity, said(OF_A_TALK), by=in_ashdown.priya)
    assert employer(in_ashdown, "gatsby-2024", is_shown=True) == (4, 4, 0)
    assert employer(in_ashdown, "gatsby-2014", is_shown=True) == (0, 4, 4)


def test_what_fails_is_recorded_and_counts_only_where_it_does_not_fail(in_ashdown, talk):
    changes.say_of_session(talk, said("what-work-is-like", no="reflection"), by=in_ashdown.priya)
    assert employer(in_ashdown, "gatsby-2024") == (0, 4, 0)
    assert employer(in_ashdown, "gatsby-2024", is_shown=True) == (0, 4, 0)
    assert employer(in_ashdown, "gatsby-2014") == (4, 4, 0)
    (line,) = meter_of(talk)
    assert line.words == "not yet meaningful: time to reflect afterwards"


def test_mended_afterwards_it_counts_again(in_ashdown, talk):
    changes.say_of_session(talk, said(no="reflection"), by=in_ashdown.priya)
    changes.say_of_session(talk, said(OF_A_TALK), by=in_ashdown.priya)
    assert employer(in_ashdown, "gatsby-2024", is_shown=True) == (4, 4, 0)


def test_one_occasion_is_otherwise_and_the_others_are_as_the_activity_says(in_ashdown, talk):
    again = changes.plan_session(
        talk.activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya
    )
    changes.say_of_activity(talk.activity, said(OF_A_TALK), by=in_ashdown.priya)
    changes.say_of_session(again, said(no="prepared"), by=in_ashdown.priya)
    assert [line.state for each in (talk, again) for line in meter_of(each)] == ["shown", "missing"]


def test_the_meter_says_how_much_is_said_and_what_is_still_to_say(in_ashdown, talk):
    old, new = meter(talk.activity.criteria, said("purpose two-way"))
    assert (old.framework.short, old.words) == ("2014", "not known yet: 0 of 1 said; still to say: what work is like")
    still = "learning outcomes that suit; time to reflect; prepared; support considered"
    assert (new.framework.short, new.words) == ("2024", f"not known yet: 2 of 6 said; still to say: {still}")


def test_priya_says_it_on_a_page_of_the_session(in_ashdown, talk, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/ashdown/programme/sessions/{talk.pk}/meaning/"
    assert "Did pupils have time afterwards" in client.get(address).content.decode()
    sent = dict.fromkeys(OF_A_TALK.split(), "yes")
    page = client.post(address, sent, follow=True).content.decode()
    assert "Saved for this session, and counted again." in page
    assert "Shown to be meaningful for 1 of 1 criterion." in " ".join(page.split())
    assert employer(in_ashdown, "gatsby-2024", is_shown=True) == (4, 4, 0)


def test_what_somebody_else_said_meanwhile_is_shown_and_not_written_over(in_ashdown, talk, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/ashdown/programme/sessions/{talk.pk}/meaning/"
    ((_, sent),) = [each for each in Forms(client.get(address).content.decode(), address).found if AS_READ in each[1]]
    changes.say_of_session(talk, said(no="reflection"), by=in_ashdown.priya)
    answer = client.post(address, sent | {"reflection": ["yes"]})
    assert "Saved meanwhile: No" in answer.content.decode()
    assert employer(in_ashdown, "gatsby-2024") == (0, 4, 0)


def test_an_answer_that_is_none_is_refused_in_words(in_ashdown, talk, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/ashdown/programme/sessions/{talk.pk}/meaning/", {"purpose": "perhaps"})
    assert "Say yes or no, or leave it unsaid." in answer.content.decode()
