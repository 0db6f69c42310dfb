"""What it means for each, who has read it in which words; the job description and its files."""

import io
import zipfile
from datetime import timedelta

import pytest
from docx import Document
from pypdf import PdfReader

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.fingerprint import digest_of
from dekaan.curriculum.changes import add_subject
from dekaan.people.models import Group
from dekaan.team import changes, paper, queries
from dekaan.team.models import Acknowledgement, Training
from tests.team.given import at_work, colleague, held

pytestmark = pytest.mark.django_db


def page(key: str):
    return queries.page_for(key, today())


def test_a_role_reads_what_it_is_responsible_for_and_what_it_takes_part_in(in_ashdown):
    at_work()
    found = page("administrator")
    assert [(each.words, each.who) for each in found.own] == [
        ("Keep the careers section of the website right", "accountable: Priya Raman (Careers Leader)")
    ]
    assert found.answers == ()
    assert "You enter what happened, so that the figures are true." in [each.words for each in found.takes_part]
    assert found.turn_to == (
        "With a question, turn to Priya Raman, Careers Leader. In the senior team Ellen Frost answers for careers."
    )
    assert [each.staff.forename for each in found.readers] == ["Tom"]


def test_tutors_and_subjects_have_a_page_with_those_whom_it_is_for(in_ashdown):
    at_work()
    sam, ruth = colleague("Sam", "Whitlock"), colleague("Ruth", "Adeyemi")
    Group.objects.create(kind="tutor", name="10A", academic_year=academic_year_of(today()), year_group=10, tutor=sam)
    history = add_subject(name="History", year_groups=[8], representative=ruth, by=None)
    art = add_subject(name="Art", year_groups=[8], by=None)
    found = {each.key: each for each in queries.pages(today())}
    assert [each.staff for each in found["tutor"].readers] == [sam]
    assert [each.staff for each in found[f"subject-{history.pk}"].readers] == [ruth]
    assert found[f"subject-{art.pk}"].readers == ()
    assert found[f"subject-{history.pk}"].says.endswith("for no year group yet.")
    assert any("lessons of your subject" in each.words for each in found[f"subject-{art.pk}"].takes_part)


def test_a_colleague_who_is_named_alone_has_a_page_of_their_own(in_ashdown):
    people = at_work()
    changes.assign({"NET7": (f"staff:{people['grace'].pk}", "role:leader")}, on=today(), by=None)
    found = page(f"staff-{people['grace'].pk}")
    assert (found.title, [each.words for each in found.own]) == (
        "Grace Bell",
        ["Build a network of former pupils who come back to help"],
    )
    assert [each.staff for each in found.readers] == [people["grace"]]


def test_reading_is_of_one_version_and_a_new_one_is_to_be_read_again(in_ashdown):
    people = at_work()
    first = page("administrator")
    changes.acknowledge(first, staff=people["tom"], digest=first.digest, by=in_ashdown.tom)
    changes.acknowledge(first, staff=people["tom"], digest=first.digest, by=in_ashdown.tom)
    given = Acknowledgement.objects.get()
    assert (given.given_on, given.given_by, given.page) == (today(), in_ashdown.tom, "administrator")
    assert (page("administrator").not_yet, page("administrator").read) == ([], 1)
    changes.assign({"COO1": ("role:administrator", "role:leader")}, on=today(), by=None)
    second = page("administrator")
    assert second.digest != first.digest
    assert [each.words for each in second.not_yet] == [f"read an earlier version on {today():%-d %B %Y}"]


def test_words_that_changed_meanwhile_are_not_acknowledged(in_ashdown):
    people = at_work()
    opened = page("administrator").digest
    changes.assign({"COO1": ("role:administrator", "role:leader")}, on=today(), by=None)
    with pytest.raises(changes.OtherWordsNow):
        changes.acknowledge(page("administrator"), staff=people["tom"], digest=opened, by=None)
    with pytest.raises(changes.NotOneOfTheReaders):
        changes.acknowledge(page("administrator"), staff=people["grace"], digest=page("administrator").digest, by=None)
    assert Acknowledgement.objects.count() == 0


def test_whoever_has_left_is_not_waited_for(in_ashdown):
    people = at_work()
    people["tom"].ends_on = today()
    people["tom"].save()
    assert page("administrator").readers == ()


# --- the job description ----------------------------------------------------------------------


def test_the_job_description_says_what_the_leader_does_and_what_others_do(in_ashdown):
    people = at_work()
    changes.assign(
        {
            "COO6": (f"staff:{people['priya'].pk}", "role:leader"),
            "COO7": (f"staff:{people['tom'].pk}", "role:leader"),
        },
        on=today(),
        by=None,
    )
    said = queries.job_description(in_ashdown.ashdown, today())
    own = [line for part in said["own"] for line in part["lines"]]
    assert "Coordinate encounters with employers and work experience" in own
    assert said["others"] == [
        ["Keep the careers section of the website right", "Tom Okafor (Careers Administrator)"],
        ["Communicate with pupils and with parents and carers", "Tom Okafor"],
    ]
    assert len(own) == 28
    assert dict(said["facts"])["Line-managed by"] == "Ellen Frost"
    assert dict(said["facts"])["Time"] == "Not said yet"


def test_it_is_agreed_in_its_words_and_a_change_is_told(in_ashdown):
    at_work()
    ours = in_ashdown.ashdown
    digest = digest_of(queries.job_description(ours, today()))
    given = {"agreed_on": today(), "agreed_by": "David Ansah", "capacity": "headteacher", "by": in_ashdown.david}
    changes.agree_description(ours, digest=digest, **given)
    on = f"{today():%-d %B %Y}"
    assert queries.agreement(queries.agreed_descriptions(), digest) == f"Agreed on {on} by David Ansah, headteacher."
    changes.assign({"COO1": ("role:administrator", "role:leader")}, on=today(), by=None)
    other = digest_of(queries.job_description(ours, today()))
    assert queries.agreement(queries.agreed_descriptions(), other) == (
        f"Changed since it was agreed on {on} by David Ansah; not agreed since."
    )
    assert queries.agreement([], other) == "Not agreed yet."
    with pytest.raises(changes.OtherWordsNow):
        changes.agree_description(ours, digest=digest, **given)


def test_the_word_file_has_headings_and_tables_that_say_their_header_and_is_the_same_twice(in_ashdown):
    at_work()
    content = queries.job_description(in_ashdown.ashdown, today())
    made = paper.description_word(content, "Not agreed yet.")
    assert made == paper.description_word(content, "Not agreed yet.")
    opened = Document(io.BytesIO(made))
    headings = [each.text for each in opened.paragraphs if each.style.name.startswith(("Title", "Heading"))]
    assert headings[:4] == ["Job description: Careers Leader", "Purpose", "The post", "Responsibilities"]
    assert ("Priya Raman" in opened.tables[0].rows[2].cells[1].text, opened.core_properties.language) == (True, "en-GB")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        text = parts.read("word/document.xml").decode()
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert 'w:val="en-GB"' in parts.read("word/styles.xml").decode()
    assert text.count("<w:tblHeader/>") == text.count("<w:tbl>") == text.count("<w:tblDescription") == 2


def test_the_pdf_is_tagged_in_english_and_holds_the_words(in_ashdown):
    at_work()
    held("coordinator", "Zoë \u202e\x07 Ångström-" + "x" * 80 + " 漢")
    content = queries.job_description(in_ashdown.ashdown, today())
    content["facts"].append(["Beside", "Zoë \x07 Ångström 漢"])
    made = paper.description_pdf(content, "Not agreed yet.")
    assert made == paper.description_pdf(content, "Not agreed yet.")
    read = PdfReader(io.BytesIO(made))
    assert (read.trailer["/Root"]["/MarkInfo"]["/Marked"], read.trailer["/Root"]["/Lang"]) == (True, "en-GB")
    text = " ".join(each.extract_text() for each in read.pages)
    assert ("Priya Raman" in text, "Tom Okafor" in text, len(read.pages) <= 3) == (True, True, True)


# --- training ---------------------------------------------------------------------------------


def test_training_is_counted_for_a_year_and_says_what_it_served(in_ashdown):
    priya = colleague()
    for days, hours in ((10, 2), (300, 6), (500, 40), (1200, 80)):
        changes.log_training(
            Training(),
            staff=priya,
            done_on=today() - timedelta(days=days),
            title=f"Course of {hours} hours",
            hours=hours,
            serves=["LEAD6"] if days == 10 else ["MAN3"] if days == 500 else [],
            by=None,
        )
    lines = queries.training_log(today())
    assert [each.training.title for each in lines] == ["Course of 2 hours", "Course of 6 hours", "Course of 40 hours"]
    assert queries.hours_in_a_year(lines, today()) == 8
    left = queries.not_served(lines, today())
    assert len(left) == 29
    assert lines[0].serves[0] not in left


def test_what_a_background_usually_lacks_comes_onto_the_plan_once(in_ashdown):
    priya = colleague()
    assert changes.plan_usual_needs(priya, by=None) == 0
    changes.say_profile(priya, background="teacher", by=None)
    assert len(queries.development(priya, today()).not_on_the_plan) == 3
    assert [changes.plan_usual_needs(priya, by=None) for _ in range(2)] == [3, 0]
    found = queries.development(priya, today())
    assert (found.not_on_the_plan, found.needs[0].serves) == ([], ["MAN5", "MAN6", "COO5"])
