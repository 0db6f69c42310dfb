"""What others publish: read as it is published, whole or not at all, and never added to anything of ours."""

import html
import ssl
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.core.academic_year import today
from dekaan.library import changes, queries
from dekaan.library.changes import NotPublished, load_destinations, load_occupations
from dekaan.library.models import DestinationRow, Loaded, LookUp, OccupationGroup
from tests.isolation.world import BACKEND
from tests.website.served import IN_USE, Local, send, serving
from tests.website.test_fetching import certificate

pytestmark = pytest.mark.django_db
HEAD = ["SOC\n2020 Major Group", "SOC\n2020 Sub-Major Group", "SOC\n2020 Minor Group", "SOC 2020 Unit Group", "SOC\n2020 \nGroup Title", "Groups Classified Within Sub-Groups ", "Group  Description", "Typical Entry Routes And Associated Qualifications", "Tasks", "Related Job Titles"]  # fmt: skip
B = "<blank>"
ROWS = [
    HEAD,
    ["5.0", B, B, B, "SKILLED TRADES OCCUPATIONS", B, "They make and mend.", B, B, B],
    [B, "52", B, B, "Skilled metal, electrical and electronic trades", B, B, B, B, B],
    [B, B, "524.0", B, "Electrical and electronic trades", B, B, B, B, B],
    [B, B, B, "5241.0", "Electricians and electrical fitters ", B, "They wire.", "By apprenticeship", "~reads plans\n\n~lays cables", "~Electrician"],
    [],
]  # fmt: skip


def numbered(rows=ROWS):
    return list(enumerate(rows, start=1))


def load(rows=ROWS):
    return load_occupations(numbered(rows), source="ONS, volume 1", published_on=date(2020, 2, 1), by=None)


def test_occupations_are_read_as_they_are_published(in_ashdown):
    assert load().entries == 4
    group = OccupationGroup.objects.get(code="5241")
    assert (group.title, group.entry, group.tasks) == ("Electricians and electrical fitters", "By apprenticeship", ["reads plans", "lays cables"])  # fmt: skip
    assert OccupationGroup.objects.get(code="5").title == "Skilled trades occupations"
    file = queries.loaded("soc-2020")
    assert (file.source, file.published_on, file.loaded_on, file.rows) == (
        "ONS, volume 1",
        date(2020, 2, 1),
        today(),
        4,
    )
    assert [each.code for each in queries.occupations_found("")] == ["5"]
    assert [each.code for each in queries.occupations_found("electric trade")] == ["52", "524"]
    assert [each.code for each in queries.occupations_found("52")] == ["52", "524", "5241"]
    page = queries.occupation_page(group)
    assert ([each.code for each in page.above], page.below, page.answers) == (["5", "52", "524"], [], [])


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "None of the first rows has the headings"),
        ([["a", "b"], ["c"]], "None of the first rows has the headings"),
        ([HEAD], "no group below them"),
        ([*ROWS[:2], ["5", B, B, B, "Again"]], "Row 3: 5 stands in the file twice."),
        ([HEAD, [B, B, B, "52x1", "Odd"]], "Row 2: “52x1” is no unit group of SOC 2020."),
        ([HEAD, [B, B, B, "524", "Odd"]], "Row 2: “524” is no unit group of SOC 2020."),
        ([HEAD, ["5", B, B, B, B]], "Row 2: 5 has no title."),
    ],
)
def test_a_file_that_is_none_is_refused_in_words_and_the_last_stays(in_ashdown, rows, says):
    load()
    with pytest.raises(NotPublished, match=says):
        load(rows)
    assert OccupationGroup.objects.count() == 4


# --- destination measures ----------------------------------------------------------------------------------------------

FILE = """\ufefftime_period,time_identifier,geographic_level,country_name,school_urn,school_name,institution_group,institution_type,breakdown_topic,breakdown,data_type,version,cohort,overall,education,appren,all_work,new_column
202223,Academic year,School,England,999001,Ashdown School,,,Total,Total,Number of students,Provisional,171,158,146,9,c,1
202223,Academic year,School,England,999001,Ashdown School,,,Total,Total,Percentage,Provisional,171,92.4,85.4,low,c,1
202223,Academic year,School,England,999001,Ashdown School,,,Sex,Girls,Percentage,Provisional,80,93.8,z,5,c,1
202122,Academic year,School,England,999001,Ashdown School,,,Total,Total,Percentage,Revised,166,91,84.9,4.8,c,1
202223,Academic year,School,England,123456,Elsewhere,,,Total,Total,Percentage,Provisional,99,50,50,0,0,1
202223,Academic year,National,England,,,State-funded mainstream schools,Total,Total,Total,Percentage,Provisional,593735,91.3,85.5,3.3,2.6,1
202223,Academic year,National,England,,,Alternative provision,Total,Total,Total,Percentage,Provisional,2024,60,50,1,1,1
"""


def load_file(text=FILE, stage="ks4"):
    return load_destinations(
        text.encode(), stage=stage, source="Explore education statistics", published_on=None, by=None
    )


def test_destination_measures_stand_as_published_with_year_lag_and_marks(in_ashdown, client):
    done = load_file()
    assert (done.entries, done.of_schools) == (4, ("Ashdown School",))
    (found,) = queries.destinations_of(in_ashdown.ashdown)
    assert (found.period, found.version, found.cohort) == ("2022/23", "Provisional", "171")
    assert [(each.measure.column, each.number, each.share, each.mark, england) for each, england in found.lines] == [
        ("overall", "158", "92.4%", "", "91.3%"),
        ("education", "146", "85.4%", "", "85.5%"),
        ("appren", "9", "low", "above nought, rounds to nought", "3.3%"),
        ("all_work", "c", "c", "hidden by the publisher: a small number", "2.6%"),
    ]
    assert (found.groups, found.earlier) == ([("Sex", "Girls", "80", "93.8%")], [("2021/22", "Revised", "91%")])
    client.force_login(in_ashdown.priya, backend=BACKEND)
    page = client.get(reverse("destination-measures", args=["ashdown"])).content.decode()
    assert "published about two years after leaving" in page
    assert "never added to" in page
    assert queries.destinations_of(in_ashdown.beckford) == []
    load_file(FILE.replace("92.4", "93.0"))
    assert DestinationRow.objects.count() == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks these headings"),
        ("a,b\n1,2", "lacks these headings: time_period, breakdown_topic, breakdown, data_type"),
        ("time_period,breakdown_topic,breakdown,data_type\n202223,Total,Total,Percentage", "no column of a destination measure"),
        (FILE.replace("202223,Academic year,School,England,999001", "last year,Academic year,School,England,999001"), "Line 2: “last year” is no period"),
        (FILE.replace("999001", "999777").replace("State-funded mainstream", "Other"), "no row about a school of this installation"),
        ("PK\x03\x04\x00", "This is no CSV file"),
        (FILE.split("\n", maxsplit=1)[0] + '\n"' + "x" * 200_000, "Line 2 cannot be read as CSV|Line 1 cannot be read as CSV"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_measures_changes_nothing(in_ashdown, text, says):
    load_file()
    with pytest.raises(NotPublished, match=says):
        load_file(text)
    assert (DestinationRow.objects.count(), Loaded.objects.count()) == (4, 1)


# --- look-ups ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def service(tmp_path, settings):
    """`service(answer)`: the labour-market service, at a server of our own under its own name and a certificate for it."""
    files = certificate("api.lmiforall.org.uk", tmp_path)
    settings.WIRE, settings.LOOK_UPS = "tests.website.served.in_use", ["lmi-for-all"]
    opened = []

    class Trusting(Local):
        def trusted(self):
            context = super().trusted()
            context.load_verify_locations(files[0])
            return context

    def secure(sock):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        return context.wrap_socket(sock, server_side=True)

    def serve(tell):
        opened.append(serving(tell, secure=secure))
        port = opened[-1].__enter__()
        IN_USE.append(Trusting({443: port, 80: port}))
        return IN_USE[-1]

    yield serve
    for each in opened:
        each.__exit__(None, None, None)
    IN_USE.clear()


def asked(stock) -> LookUp:
    group = OccupationGroup.objects.get(code="5241")
    row = changes.ask_about(group, "lmi-for-all", by=stock.priya, then=lambda _: None)
    changes.make_look_up(row.service, row.about)
    row.refresh_from_db()
    return row


def says(body: bytes, status: int = 200, **headers):
    return lambda request: send(request, status, {"Content-Type": "application/json"} | headers, body)


PAY = b'{"soc": 5241, "series": [{"year": 2023, "estpay": 640}, {"year": 2024, "estpay": 671.5}]}'


def test_a_service_is_asked_kept_dated_and_attributed(in_ashdown, service, client):
    load()
    seen = []
    service(lambda request: (seen.append(request.path), says(PAY)(request)))
    row = asked(in_ashdown)
    assert seen == ["/api/v1/ashe/estimatePay?soc=5241"]
    (answer,) = queries.asked_of(OccupationGroup.objects.get(code="5241"))
    assert answer.lines == [("Estimated pay a week, 2024", "£672"), ("Estimated pay a week, 2023", "£640")]
    client.force_login(in_ashdown.priya, backend=BACKEND)
    page = client.get(reverse("occupation-detail", args=["ashdown", 5241])).content.decode()
    assert "Open Government Licence" in page
    assert f"{timezone.localtime(row.answered_at):%-d %B %Y}" in page


@pytest.mark.parametrize(
    ("tell", "problem"),
    [
        (says(b"<html>Down</html>"), "odd-answer"),
        (says(b"[]"), "odd-answer"),
        (says(b'{"series": []}'), "odd-answer"),
        (says(b'{"series": [{"year": "x"}]}'), "odd-answer"),
        (says(b"{}", 503), "server-error"),
        (says(b"{}", 429), "blocked"),
        (says(b"x" * 600_000), "too-large"),
        (says(b"", 302, Location="http://169.254.169.254/"), "elsewhere"),
        (says(b"", 302, Location="https://evil.example/"), "elsewhere"),
        (says(b"", 302, Location="http://api.lmiforall.org.uk/"), "robots"),
    ],
)
def test_whatever_it_answers_the_page_stands_and_what_was_known_stays(in_ashdown, service, client, tell, problem):
    load()
    service(says(PAY))
    asked(in_ashdown)
    service(tell)
    row = asked(in_ashdown)
    assert (row.problem, len(row.answer["lines"])) == (problem, 2)
    client.force_login(in_ashdown.priya, backend=BACKEND)
    page = client.get(reverse("occupation-detail", args=["ashdown", 5241]))
    assert page.status_code == 200
    assert "it gave no answer that could be used. What stands above is from before." in page.content.decode()


def test_it_is_off_unless_a_technician_says_so(in_ashdown, client, settings):
    load()
    group = OccupationGroup.objects.get(code="5241")
    assert (queries.services_on(), queries.asked_of(group)) == ([], [])
    with pytest.raises(changes.NotSwitchedOn):
        changes.ask_about(group, "lmi-for-all", by=in_ashdown.priya, then=lambda _: None)
    client.force_login(in_ashdown.priya, backend=BACKEND)
    address = reverse("occupation-look-up", args=["ashdown", 5241])
    page = client.post(address, {"service": "lmi-for-all"}, follow=True).content.decode()
    assert "That service is not switched on." in page
    settings.LOOK_UPS = ["lmi-for-all", "job-profiles"]
    assert [each.key for each in queries.services_on()] == ["lmi-for-all"]  # the other needs a key too
    client.post(address, {"service": "lmi-for-all"})
    assert DBTaskResult.objects.count() == 1
    assert LookUp.objects.get().answered_at is None


def test_what_is_off_what_would_go_to_whom_and_what_is_kept_is_seen_and_nothing_is_switched_on(
    in_ashdown, service, client, settings
):
    load()
    client.force_login(in_ashdown.priya, backend=BACKEND)
    address = reverse("look-up-services", args=["ashdown"])

    def page():
        return " ".join(html.unescape(client.get(address).content.decode()).split())

    on = settings.LOOK_UPS
    settings.LOOK_UPS = []
    assert page().count('<strong class="tag">off</strong>') == 2
    assert "api.lmiforall.org.uk" in page()
    assert (
        "What goes there, were it on</dt><dd>When a colleague presses <em>Ask</em> on an occupation: the four" in page()
    )
    assert "add <code>lmi-for-all</code> to <code>DEKAAN_LOOK_UPS</code>" in page()
    assert page().count("<dt>Kept here</dt><dd>No answer</dd>") == 2
    assert "<form" not in page().partition("<h1")[2].partition("</main>")[0], "nothing is switched on by the browser"
    settings.LOOK_UPS = [*on, "job-profiles"]
    service(says(PAY))
    row = asked(in_ashdown)
    assert ('<strong class="tag met">on</strong>' in page(), "off: its key is not given" in page()) == (True, True)
    settings.LOOK_UPS = []
    assert f"1 answer, of {timezone.localtime(row.answered_at):%-d %B %Y}" in page(), "what was answered stays"
    assert "Estimated pay a week, 2024: £672; Estimated pay a week, 2023: £640" in page()
    assert "LMI for All, Department for Education; open data under the Open Government Licence" in page()
    assert (
        "Outside services that can be asked"
        in client.get(reverse("school-settings", args=["ashdown"])).content.decode()
    )


def test_job_profiles_are_words_without_markup(in_ashdown):
    from dekaan.library.changes.looking_up import _profiles

    found = _profiles({"Results": [
        {"ResultItemTitle": "Electrician", "ResultItemOverview": "<p>Electricians fit &amp; mend [wiring | https://x.example].</p>"}, {"Title": ""},
    ]})  # fmt: skip
    assert found == [("Electrician", "Electricians fit & mend wiring .")]
