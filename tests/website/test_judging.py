"""What people write on careers pages, and what is said of it: names, dates and numbers in every way of writing them."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from dekaan.website.judging.dates import academic_years_in, dates_in
from dekaan.website.judging.findings import AboutSchool, Finding, OurRecords, State
from dekaan.website.judging.items import items
from dekaan.website.judging.judge import judge
from dekaan.website.judging.names import names_in, same_person
from dekaan.website.judging.site import Site
from dekaan.website.judging.telephones import telephones_in
from dekaan.website.reading.child import read_content
from dekaan.website.reading.document import Document

pytestmark = pytest.mark.once

AT = "https://www.ashdown.example/careers/"
ON = date(2026, 11, 28)
OURS = OurRecords("Priya Raman", "priya@ashdown.example", "01632 960123", date(2027, 9, 1), page=AT)
FILLER = "<p>" + "We look forward to working with everybody who comes to us about the years after school. " * 4 + "</p>"


def site(
    body: str, *, records: OurRecords = OURS, about: AboutSchool | None = None, others: tuple[Document, ...] = ()
) -> Site:
    html = f"<html lang=en><title>Careers</title><body><main><h1>Careers</h1>{body}{FILLER}</main></body></html>"
    document = read_content(html.encode(), address=AT)
    return Site([document, *others], ON, about or AboutSchool("Ashdown School"), records)


def found(body: str, key: str, **more) -> Finding:
    return next(each for each in judge(site(body, **more)) if each.key == key)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("1 September 2027", "2027-09-01", "2027-09-01"),
        ("1st Sept 2027", "2027-09-01", "2027-09-01"),
        ("the 3rd of May, 2027", "2027-05-03", "2027-05-03"),
        ("September 1st, 2027", "2027-09-01", "2027-09-01"),
        ("01/09/2027", "2027-09-01", "2027-09-01"),
        ("1.9.27", "2027-09-01", "2027-09-01"),
        ("2027-09-01", "2027-09-01", "2027-09-01"),
        ("September 2027", "2027-09-01", "2027-09-30"),
        ("Feb '28", "2028-02-01", "2028-02-29"),
        ("09/2027", "2027-09-01", "2027-09-30"),
        ("Autumn Term 2027", "2027-09-01", "2027-12-31"),
        ("Spring 2 2027", "2027-01-01", "2027-04-30"),
        ("Summer term 2026/27", "2027-04-01", "2027-08-31"),
        ("autumn term (2026-27)", "2026-09-01", "2026-12-31"),
        ("2026/27", "2026-09-01", "2027-08-31"),
        ("2026–2027", "2026-09-01", "2027-08-31"),
        ("in 2027.", "2027-01-01", "2027-12-31"),
    ],
)
def test_a_date_is_read_as_people_in_britain_write_it(words, first, last):
    assert [(f"{each.starts_on}", f"{each.ends_on}") for each in dates_in(words)] == [(first, last)]


@pytest.mark.parametrize("words", ["31/02/2026", "32 May 2027", "2026/29", "Years 10/11", "call 01632 960123", "Room 2.10", "13/13/2026"])  # fmt: skip
def test_what_is_no_date_is_none(words):
    assert dates_in(words) == []


def test_academic_years_are_found_in_names_of_files():
    assert academic_years_in("Careers Programme 2024 25 and careers-2025-26 and 2026/2027 and 2026/28") == [2025, 2026]


@pytest.mark.parametrize(
    "words",
    [
        "01632 960123", "(01632) 960123", "01632-960-123", "+44 1632 960123", "+44 (0)1632 960123", "0044 1632 960123",
        "01632 960123 ext. 21", "Tel:01632960123", "01632 960 123 x4",
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_in_britain_write_it(words):
    assert [each.digits for each in telephones_in(words)] == ["01632960123"]


@pytest.mark.parametrize("words", ["01/09/2026", "09.12.2026 09.12.2027", "URN 123456", "Company 08154627", "2026-2027", "£01632"])  # fmt: skip
def test_what_is_no_number_is_none(words):
    assert list(telephones_in(words)) == []


@pytest.mark.parametrize(
    "words",
    ["Mrs Raman", "Ms. P. Raman", "Raman, Priya", "P Raman", "Dr Priya Raman", "Raman Priya", "Priya Raman-Hale", "PRIYA RAMAN", "Mrs P. J. Raman"],
)  # fmt: skip
def test_a_name_with_a_title_or_in_another_order_is_the_same(words):
    assert same_person(words, "Priya Raman")


@pytest.mark.parametrize("words", ["Mrs S Raman", "Priya Hale", "Mr Ramanathan", "", "Sunil Raman"])
def test_another_name_is_another_person(words):
    assert not same_person(words, "Priya Raman")


def test_what_a_page_writes_large_names_nobody():
    assert [each.words for each in names_in("Careers Leader Ashdown School Year Ten Sixth Form Open Evening")] == []
    assert [each.words for each in names_in("Ask Jean de la Mare, Mr O’Neill or Sam McDonald.")] == ["Jean de la Mare", "Mr O’Neill", "Sam McDonald"]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Our Careers Leader is Mrs P Raman.", "Careers Lead: Priya Raman", "Priya Raman, Careers Leader", "Mrs Raman (Careers Leader)",
        "Mrs P Raman – Assistant Headteacher and Careers Leader", "Head of Careers at Ashdown School is Priya Raman",
        "Priya Raman is our Careers and Employability Leader.", "Careers Leader</p><p>Priya Raman", "Priya Raman</h3><p>Careers Leader",
        "CEIAG Lead - Ms Priya Raman", "Contact: Raman, Priya (Careers Leader)",
        "The school's Careers Leader (since 2024) is Priya Raman",
        "Our careers adviser is Grace Bell and our Careers Leader is Priya Raman.",
        "Grace Bell, Careers Adviser</p><p>Priya Raman, Careers Leader",
    ],
)  # fmt: skip
def test_the_careers_leader_is_found_however_the_page_names_them(words):
    finding = found(f"<p>{words}</p>", "W1")
    assert (finding.state, finding.sure) == (State.PRESENT, "sure"), finding


@pytest.mark.parametrize(
    "words",
    [
        "Grace Bell, Careers Adviser", "Our Careers Link Governor is Moira Lunt.", "Ask our Careers Leader at reception.",
        "Contact Grace Bell for an appointment. The Careers Leader plans the programme.",
        "Careers leadership is shared by everybody.",
    ],
)  # fmt: skip
def test_somebody_elses_name_is_not_the_careers_leaders(words):
    assert found(f"<p>{words}</p>", "W1").state == State.MISSING


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        *((f"Sarah {surname}", f"Careers Leader: Mrs Sarah {surname}") for surname in "Hall West Lane May Page Head North House Street Art Spring Summer Stage".split()),
        *((f"Sarah {surname}", f"Sarah {surname}, Careers Leader") for surname in "Hall West Page Head House".split()),
        ("April Jones", "Our Careers Leader is April Jones."), ("June Page", "Careers Leader: June Page"),
        ("June Page", "Careers Leader</p><p>June Page"), ("Sarah Hall", "Sarah Hall</h3><p>Careers Leader"),
        ("Ian MacDonald", "Careers Leader: I. MacDonald"), ("Jo Hart-Davies", "J Hart-Davies, Careers Lead"),
        ("Ewa Żak", "Careers Leader: Ewa Żak"), ("Jan Čapek", "Mr J Čapek – Careers Leader"), ("Ewa Żak", "Careers Leader: Ewa Zak"),
        ("Jane Smith", "CAREERS LEADER: MRS J SMITH"), ("LeAnne DeSouza", "Careers Leader: Ms LeAnne DeSouza"),
        ("Elif Şahin", "Careers Leader: Ms Elif Şahin"), ("Minh Nguyễn", "Mr Minh Nguyễn is our Careers Leader."),
        ("Sarah Hall", "Careers and Work Experience Lead: Sarah Hall"), ("Sarah Hall", "Lead for CEIAG: Mrs S Hall"),
        ("Sarah Hall", "Careers’ Leader – Mrs Hall"), ("Sarah Hall", "Mrs Sarah Hall, Assistant Headteacher – Careers"),
    ],
)  # fmt: skip
def test_a_name_of_our_records_is_found_whatever_its_words_mean_besides(ours, words):
    finding = found(f"<p>{words}</p>", "W1", records=OurRecords(leader_name=ours))
    assert (finding.state, finding.sure) == (State.PRESENT, "sure"), finding


def test_a_title_says_that_an_ordinary_word_is_a_name():
    assert [each.words for each in names_in("Mrs Sarah Hall Careers Leader, Main Hall, Weir Lane")] == [
        "Mrs Sarah Hall"
    ]
    finding = found("<p>Careers Leader: Mrs Hall</p>", "W1")
    assert finding.note == "The page names Mrs Hall; our records say Priya Raman."


@pytest.mark.parametrize(
    ("body", "key", "state"),
    [
        ("<p>Our safeguarding policy will be reviewed on 1 May 2027.</p>", "W6", "missing"),
        ("<p>Next review of this page: 1 May 2026. Our safeguarding policy will be reviewed on 1 May 2027.</p>", "W6", "out-of-date"),
        ("<h2>Behaviour policy</h2><p>Next review: 1 September 2027</p>", "W6", "missing"),
        ("<p>Policy review: September 2027</p>", "W6", "present"), ("<p>Review: Sept 2027</p>", "W6", "present"),
        ("<p>Last review: September 2027</p>", "W6", "missing"),
        ("<p>The impact of poor attendance on GCSE grades is monitored.</p>", "W5", "missing"),
        ("<p>The impact of careers lessons on attendance is monitored.</p>", "W5", "present"),
        (
            "<p>Pupils get help. Parents are welcome at sports day. Staff are happy to support them. Employers were welcome at our fete.</p>",
            "W4", "missing",
        ),
        ("<h2>Careers information</h2><p>Pupils get help. Parents are welcome. Staff have guidance. Employers can contact us.</p>", "W4", "present"),
    ],
)  # fmt: skip
def test_what_is_said_of_something_else_is_not_said_of_careers(body, key, state):
    assert found(body, key).state == State(state)


def test_a_fax_is_no_telephone():
    no_number = OurRecords("Priya Raman", "priya@ashdown.example")
    for words, state in (("Fax: 01632 960 777", State.MISSING), ("Tel/Fax: 01632 960 777", State.PRESENT), ("Tel: 01632 960 777", State.PRESENT)):  # fmt: skip
        assert found(f"<p>Careers Leader: Mrs Raman. {words}</p>", "W2-telephone", records=no_number).state == state
    assert [each.digits for each in telephones_in("Tel 01632 960123, Fax 01632 960777")] == ["01632960123"]


def test_rooms_count_only_where_they_are_offered():
    statement = "<h2>Provider access policy</h2><p>" + "Providers who wish to visit should contact us. " * 5 + "</p>"
    assert found(statement + "<p>Our library closes at four.</p>", "S3").state == State.MISSING
    assert found(statement + "<p>Prospectuses may be left in the library.</p>", "S3").state == State.PRESENT


@pytest.mark.parametrize(
    ("school", "words", "state"),
    [
        ("St Mary’s", "<p>St Mary's is one of the schools within the trust.</p>", "present"),
        ("St Mary's", "<p>St Mary’s is one of the schools within the trust.</p>", "present"),
        ("Ashdown School", "<p>It holds for all schools in the trust: Ashdown School, Beckford Academy and Millbrook High.</p>", "missing"),
        ("Ashdown School", "<p>It holds for all schools in the trust:</p><ul><li>Ashdown School</li><li>Beckford Academy</li></ul>", "missing"),
        ("Ashdown School", "<p>Ashdown School makes it as one of the schools within the trust.</p>", "present"),
    ],
)  # fmt: skip
def test_a_statement_that_only_lists_the_schools_is_the_trusts(school, words, state):
    statement = "<h2>Provider access policy</h2><p>" + "Providers who wish to visit should contact us. " * 5 + "</p>"
    about = AboutSchool(school, "Weirbrook Learning Trust", is_academy=True)
    assert found(statement + words, "W7", about=about).state == State(state)


def test_another_careers_leader_is_different_from_our_records_and_without_records_is_present():
    assert found("<p>Careers Leader: Mr J Fielding</p>", "W1").state == State.DIFFERENT
    unsure = found("<p>Careers Leader: Mr J Fielding</p>", "W1", records=OurRecords())
    assert (unsure.state, unsure.sure) == (State.PRESENT, "fairly sure")
    assert unsure.paste == "Careers Leader: [name]"


def test_an_address_for_careers_is_not_held_against_the_school():
    finding = found("<p>Careers Leader: Mrs Raman, careers@ashdown.example</p>", "W2-email")
    assert (finding.state, finding.sure) == (State.PRESENT, "fairly sure")
    assert finding.note == "It is an address for careers; our records say priya@ashdown.example."


def test_an_address_hidden_from_machines_is_read():
    assert found("<p>Careers Leader: Mrs Raman, priya [at] ashdown.example</p>", "W2-email").state == State.PRESENT
    assert found("<p>Careers Leader: Mrs Raman, priya(at)ashdown(dot)example</p>", "W2-email").state == State.PRESENT


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<p>Careers Leader: Mrs Raman, 01632 960123 ext. 4</p>", "present"),
        ("<p>Careers Leader: Mrs Raman</p><p>Careers adviser: Grace Bell, 01632 960123</p>", "missing"),
        ("<p>Careers Leader: Mrs Raman</p><p>Reception: 01632 960999</p>", "missing"),
        ("<p>Careers Leader: Mrs Raman</p><p>For careers enquiries call 01632 960999</p>", "different"),
        ("<p>Careers Leader: Mrs Raman. Telephone: <img src='t.png'></p>", "could-not-read"),
        ("<p>Careers Leader: Mrs Raman</p><img src='x.gif' alt='Phone us'>", "could-not-read"),
        ("<p>Careers Leader: Mrs Raman</p><img src='x.gif' alt='Our hall'>", "missing"),
    ],
)
def test_whose_telephone_number_it_is_matters(body, state):
    expected = State.PRESENT if "adviser" in body and state == "missing" else State(state)
    # A number that is ours is found wherever it stands: whoever rings it reaches the careers leader.
    assert found(body, "W2-telephone").state == expected


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Next review: September 2027", "present"), ("This page will be reviewed in September 2027.", "present"),
        ("Reviewed September 2026. Next review due September 2027.", "present"), ("Review date: 01/09/2027", "present"),
        ("Date of next review</th><td>1 September 2027", "present"), ("Next review: 2027", "present"),
        ("We will next review this information in the autumn term of 2027/28", "present"),
        ("Next review: September 2026", "out-of-date"), ("Review due: 31/08/26", "out-of-date"),
        ("To be reviewed: Summer 2026", "out-of-date"), ("Next review: October 2025 (approved October 2024)", "out-of-date"),
        ("Next review: July 2027", "different"),
        ("Last reviewed September 2026", "missing"), ("This page is reviewed annually.", "missing"), ("Reviewed on 1 May 2026", "missing"),
        ("Next review: to be confirmed", "missing"),
    ],
)  # fmt: skip
def test_the_next_review_is_a_date_to_come(words, state):
    cell = f"<table><tr><th>{words}</td></tr></table>" if "<td>" in words else f"<p>{words}</p>"
    assert found(cell, "W6").state == State(state)


def test_the_statements_own_review_is_not_taken_for_the_pages():
    statement = "<h2>Provider access policy</h2><p>" + "Providers who wish to visit should contact us. " * 5 + "</p><p>Approved by governors. Next review: July 2025.</p><h2>This page</h2>"  # fmt: skip
    body = statement + "<p>Next review: September 2027</p>"
    assert found(body, "W6").state == State.PRESENT
    assert found(body, "S5").state == State.PAST
    assert found(statement, "W6").state == State.MISSING


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("<h2>Our careers programme 2026/27</h2><p>Year 7: a visit. Year 8: a fair.</p>", "present"),
        ("<h2>Careers programme</h2><p>Year 7: a visit. Year 8: a fair.</p>", "present"),
        ("<h2>Our careers programme 2024/25</h2><p>Year 7: a visit. Year 8: a fair.</p>", "out-of-date"),
        ("<h2>Careers programme 2026/27</h2><p>It builds on the careers programme of 2024/25. Year 7: a visit. Year 8: a fair.</p>", "present"),
        ("<p>Destinations 2024/25: 97%</p><h2>Careers programme</h2><p>Year 7: a visit. Year 8: a fair.</p>", "present"),
        ("<p>We love careers.</p>", "missing"),
    ],
)  # fmt: skip
def test_a_programme_of_a_past_year_is_out_of_date(words, state):
    assert found(words, "W3").state == State(state)


def test_a_policy_that_could_not_be_read_is_not_called_missing():
    for why, words in (("pdf-pictures", "scan"), ("too-slow", "slow"), ("elsewhere", "another website")):
        policy = Document(f"{AT}p.pdf", "pdf", unread=why, said="Provider access policy")
        finding = found("<p>x</p>", "W7", others=(policy,))
        assert finding.state == State.UNREAD, why
        assert words in finding.note
    gone = Document(f"{AT}p.pdf", "pdf", unread="not-found", said="Provider access policy")
    body = "<p><a href='p.pdf'>Provider access policy</a></p>"
    finding = found(body, "W7", others=(gone,))
    assert (finding.state, finding.note) == (State.MISSING, "The link to it, “Provider access policy”, leads nowhere.")


def test_a_careers_policy_that_could_not_be_read_may_hold_the_rest_and_another_policy_may_not():
    careers = Document(f"{AT}c.pdf", "pdf", unread="pdf-locked", said="Careers policy and programme")
    assert found("<p>x</p>", "W5", others=(careers,)).state == State.UNREAD
    uniform = Document(f"{AT}u.pdf", "pdf", unread="pdf-locked", said="Uniform policy")
    assert found("<p>x</p>", "W5", others=(uniform,)).state == State.MISSING


def test_an_academy_that_publishes_only_the_trusts_statement_is_told_so():
    academy = AboutSchool("Ashdown School", "Weirbrook Learning Trust", is_academy=True)
    link = "<p><a href='https://www.weirbrooktrust.example/provider-access.pdf'>Provider access policy</a></p>"
    finding = found(link, "W7", about=academy)
    assert (finding.state, finding.note) == (State.MISSING, "Only the trust's statement is led to: each academy needs one of its own, on its own website.")  # fmt: skip
    assert found(link, "W7").state == State.UNREAD  # a school that is no academy keeps it elsewhere
    drive = "<p><a href='https://files.example/d/1'>Provider access policy</a></p>"
    assert found(drive, "W7", about=academy).state == State.UNREAD


def test_nothing_read_is_could_not_read_throughout():
    unread = Site([Document(AT, unread="blocked")], ON)
    assert {each.state for each in judge(unread)} == {State.UNREAD}
    assert {each.note for each in judge(unread)} == {"careers: The website refused us, or asked whether we are human."}


def test_the_words_to_paste_are_of_our_records():
    assert found("<p>x</p>", "W2-telephone").paste == "Careers Leader: Priya Raman, telephone 01632 960123"
    assert found("<p>x</p>", "W6").paste == "Date of the next review of this information: 1 September 2027"
    unknown = found("<p>x</p>", "W6", records=OurRecords())
    assert unknown.paste == "Date of the next review of this information: [a date within the next twelve months]"


def test_every_item_has_its_force_source_and_words_and_the_law_its_dates():
    said = tomllib.loads(files("dekaan.website").joinpath("data", "items.toml").read_text(encoding="utf-8"))
    assert {each.id for each in items().values()} == {f"W{n}" for n in range(1, 13)} | {f"S{n}" for n in range(1, 6)}
    assert {key for key, each in items().items() if each.force == "law"} == {"W1", "W2-email", "W2-telephone", "W3", "W4", "W5", "W6", "W7", "S1", "S2", "S3", "S4", "S5"}  # fmt: skip
    assert all(each.source and each.binds and each.paste and each.where and each.short for each in items().values())
    assert items()["S4"].in_force_from == date(2023, 1, 1)
    assert items()["W1"].in_force_from == date(2018, 9, 1)
    assert said["checked_on"] <= ON


STATEMENT = (
    "<h2>Provider access policy statement</h2><p>This statement sets out how Ashdown School gives providers of technical "
    "education and apprenticeships the opportunity to talk to pupils in Years 8 to 13.</p>"
)


@pytest.mark.parametrize(
    ("key", "words", "state", "sentence", "note"),
    [
        ("S5", "Next review: July 2027.", "missing", "Next review: July 2027.", "It says when it is reviewed, and not that the governing board has approved it."),
        ("S5", "The governing board has agreed to six encounters. Next review: July 2027.", "missing", "Next review: July 2027.", "It says when it is reviewed, and not that the governing board has approved it."),
        ("S5", "Approved by governors in July 2025. Next review: July 2027.", "present", "Approved by governors in July 2025. … Next review: July 2027.", ""),
        ("S2", "We may refuse a request that clashes with examinations.", "missing", "We may refuse a request that clashes with examinations.", "Nothing was found about when access is granted."),
        ("S2", "Access cannot be granted in examination weeks.", "missing", "Access cannot be granted in examination weeks.", "Nothing was found about when access is granted."),
        ("S2", "We say yes wherever we can. We decline requests in examination weeks.", "present", "We say yes wherever we can. … We decline requests in examination weeks.", ""),
    ],
)  # fmt: skip
def test_a_statement_says_every_part_that_is_asked_and_each_is_shown(key, words, state, sentence, note):
    told = found(f"{STATEMENT}<p>{words}</p>", key)
    assert (told.state, told.sentence, told.note) == (state, sentence, note)


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("Our learning outcomes are set out in the school development plan.", "how parents and carers are engaged"),
        ("Our learning outcomes are in the school development plan. Parents and carers can find information here.", "how parents and carers are engaged"),
        ("Parents are invited to a fair. By the end of Year 11 everybody has met an adviser. It is in the school development plan.", "learning outcomes"),
        ("Parents are invited to a fair. Our learning outcomes help each pupil to write a personal development plan.", "the school development plan"),
        ("Our careers strategy is for all.", "how parents and carers are engaged, learning outcomes or the school development plan"),
    ],
)  # fmt: skip
def test_parents_outcomes_and_plan_are_each_said_in_words_of_their_own(words, lacks):
    told = found(f"<p>{words}</p>", "W10")
    assert (told.state, told.note) == ("missing", f"Nothing was found about {lacks}.")


def test_of_an_item_in_parts_every_sentence_is_shown():
    words = "Parents and carers are invited to a fair. By the end of Year 9 pupils can name three routes. It is part of the school improvement plan."
    told = found(f"<p>{words}</p>", "W10")
    assert (told.state, told.sentence) == ("present", " … ".join(each + "." for each in words[:-1].split(". ")))
