"""What a file of leavers names that is not known here is asked once, kept for its sender, and what is left to do is told."""

from datetime import date

from django.test import Client
from django.urls import reverse

from dekaan.destinations.changes import record_statement
from dekaan.destinations.models import Kind, Source, Statement
from dekaan.exchange import changes
from dekaan.exchange.changes.staging import read_table
from dekaan.exchange.models import ImportRun, Mapping
from dekaan.partners.changes import add_organisation
from tests.destinations.conftest import left  # noqa: F401 Ada and Ben, who left two summers ago
from tests.destinations.given import LEFT_IN, leaver
from tests.exchange.test_destinations import (  # noqa: F401
    ADA_BORN,
    COUNCIL,
    bring,
    confirmed,
    decisions,
    priya,
    standing,
    uploads,
)


def test_a_providers_name_that_nobody_knows_is_asked_about_once_and_the_answer_is_kept_for_the_sender(left, priya):  # noqa: F811
    college = add_organisation(name="Larkfield Sixth Form College", kind="sixth-form-college", by=priya)
    rows = f"Lovell,Ada,{ADA_BORN},220,Larkfield 6th Form Coll\nOkoro,Ben,{left.ben.birth_date},220,LARKFIELD 6TH FORM COLL\n"
    run = bring(COUNCIL + rows, priya, source="council", sender="Shropshire", record=False)
    assert run.occasions["strangers"] == [["Larkfield 6th Form Coll", 2]]
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("import-preview", args=["ashdown", run.pk])
    assert "Which is “Larkfield 6th Form Coll”? (2 rows)" in client.get(page).text
    client.post(page, {"meanings": "1", "means-provider_0": str(college.pk)})
    confirmed(ImportRun.objects.get(pk=run.pk), priya)
    said = {(each.provider, each.provider_name) for each in Statement.objects.all()}
    assert said == {(college, "Larkfield 6th Form Coll"), (college, "LARKFIELD 6TH FORM COLL")}
    cy = leaver("Cy", "Young", birth_date=date(LEFT_IN - 15, 5, 6))
    again = f"Young,Cy,{cy.birth_date},220,Larkfield 6th form coll\n"
    new = changes.start_import(changes.Upload("n.csv", 0, [(COUNCIL + again).encode()]), kind="destinations", by=priya)
    changes.prepare(new, *read_table(new))
    assert new.occasions["providers"] == {"larkfield6thformcoll": str(college.pk)}


def test_of_two_that_differ_only_by_ltd_the_one_that_is_written_so_is_meant(left, priya):  # noqa: F811
    one = add_organisation(name="Keystone Training", kind="itp", by=priya)
    other = add_organisation(name="Keystone Training Ltd", kind="itp", by=priya)
    rows = f"Lovell,Ada,{ADA_BORN},310,Keystone Training\nOkoro,Ben,{left.ben.birth_date},310,keystone training ltd\n"
    run = bring(COUNCIL + rows, priya, source="council")
    assert run.occasions["strangers"] == []
    assert [each.provider for each in Statement.objects.order_by("pk")] == [one, other]


def test_a_code_or_word_that_was_refused_is_given_its_meaning_in_the_preview(left, priya):  # noqa: F811
    rows = f"Lovell,Ada,{ADA_BORN},450,X\nOkoro,Ben,{left.ben.birth_date},510,X\n"
    run = bring(COUNCIL + rows, priya, source="council", sender="Shropshire", record=False)
    assert (run.occasions["refused"], run.counts) == ([["450", 1], ["510", 1]], {"refused": 2})
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("import-preview", args=["ashdown", run.pk])
    assert "What does “450” mean? (1 row)" in client.get(page).text
    client.post(page, {"meanings": "1", "means-word_0": "training-programme", "means-word_1": ""})
    run = ImportRun.objects.get(pk=run.pk)
    assert run.counts == {"changes": 1, "refused": 1}
    assert Mapping.objects.get(kind="destinations").answers["words"] == {"450": "training-programme"}
    confirmed(run, priya)
    assert [each[2:4] for each in standing(left.ada)] == [("", "training-programme")]


def test_whom_a_person_said_a_doubtful_row_to_be_is_known_again_after_undo(left, priya):  # noqa: F811
    other = leaver("Ada", "Lovell", birth_date=ADA_BORN)
    text = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n"
    run = bring(text, priya, source="council", record=False)
    changes.settle_doubts(run, {run.lines.get().pk: str(other.pk)}, by=priya)
    changes.undo(confirmed(run, priya), by=priya)
    again = bring(text, priya, source="council", record=False)
    (line,) = again.lines.all()
    assert (line.decision, line.pupil, line.warnings) == (
        "changes",
        other,
        ["Somebody said in an earlier file who this row is"],
    )
    new = bring(f"{COUNCIL}Lovell,Ada,,230,X\n", priya, source="council", record=False)  # which names her otherwise
    assert decisions(new) == ["doubtful"]


def test_a_list_of_who_enrolled_says_how_many_will_still_be_asked_after_for_1_november(left, priya):  # noqa: F811
    record_statement(left.ben, by=priya, kind=Kind.POSITION, source=Source.PUPIL, route="looking")
    rows = f"Lovell,Ada,{ADA_BORN},230,X\nOkoro,Ben,{left.ben.birth_date},230,X\n"
    run = bring(COUNCIL + rows, priya, moment="enrolment", record=False)
    assert run.occasions["still_asked"] == 1
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = "1 will still be asked after for 1 November. Does the list show 1 November too?"
    assert told in client.get(reverse("import-preview", args=["ashdown", run.pk])).text
    assert bring(COUNCIL + rows, priya, moment="position", record=False).occasions["still_asked"] == 0


def test_the_receipt_says_what_is_still_to_be_found_out_and_undone_what_was_taken_back(left, priya):  # noqa: F811
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n", priya, source="council")
    receipt = reverse("import-receipt", args=["ashdown", run.pk])
    page = client.get(receipt)
    assert page.context["standing"] == (LEFT_IN, [("unknown", "To be found out", 2)])
    assert f'href="/ashdown/leavers/?year={LEFT_IN}&amp;standing=unknown"' in page.text
    changes.undo(run, by=priya)
    page = client.get(receipt).text
    assert "1 change taken back" in page
    assert "<dt>Changes</dt>" not in page


def test_entry_level_is_a_level_below_level_1_and_not_left_out(left, priya):  # noqa: F811
    rows = f"Lovell,Ada,{ADA_BORN},230,E3\nOkoro,Ben,{left.ben.birth_date},230,Entry Level\n"
    text = f"Surname,Forename,DOB,Activity Code,Level\n{rows}"
    run = bring(text, priya, source="council")
    assert [line.warnings for line in run.lines.all()] == [[], []]
    assert [(each.level, each.level_name) for each in Statement.objects.all()] == [(0, "Entry level")] * 2
    assert run.lines.all()[0].changes[0][2] == "On 1 November: 230 Further education, full time, Entry level"
    assert bring(text, priya, source="council").counts == {"unchanged": 2}
