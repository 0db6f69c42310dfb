"""The website is named, checked each week and on demand, and what was found is kept for a year."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.access.changes import give_role, open_account
from dekaan.audit.models import Event
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.jobs.changes import Doer, begin_work
from dekaan.privacy.changes import erase_pupil
from dekaan.privacy.queries.pack import pack
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.publication.changes import Signed, approve_version, prepare_version, say_facts
from dekaan.publication.models import Page
from dekaan.publication.queries import facts_now
from dekaan.website import changes, queries
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from tests.stock import in_ashdown, pupil, stock
from tests.website.bombs import gzip_bomb
from tests.website.given import AT, careers_page, lines_of, past
from tests.website.served import PUBLIC, send

__all__ = ["in_ashdown", "stock"]
pytestmark = pytest.mark.django_db


def checked(stock) -> WebsiteCheck:
    """Asked for by Priya and made by the worker."""
    check = changes.ask_for_check(by=stock.priya, then=lambda _: None)
    changes.make_check(stock.ashdown.pk, check.pk)
    check.refresh_from_db()
    return check


def test_a_website_is_named_once_and_on_record(in_ashdown):
    changes.watch_website("https://www.ashdown.example/careers/", by=in_ashdown.priya)
    changes.watch_website("https://www.ashdown.example/careers/", by=in_ashdown.priya)
    changes.watch_website("https://www.ashdown.example/next/", by=in_ashdown.priya)
    assert [each.address for each in WatchedWebsite.objects.all()] == ["https://www.ashdown.example/next/"]
    assert facts_now(in_ashdown.ashdown).own_page == "https://www.ashdown.example/next/"  # said once for both
    changes.stop_watching(by=in_ashdown.priya)
    assert not WatchedWebsite.objects.exists()
    assert facts_now(in_ashdown.ashdown).own_page == ""  # nobody may frame the page any more
    actions = Event.objects.filter(actor_id=in_ashdown.priya.pk).order_by("pk").values_list("action", flat=True)
    changed = ["website address changed", "careers information changed"]
    assert list(actions) == [*changed, *changed, changed[1], "website address removed"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "ftp://www.ashdown.example/", "http://10.0.0.1/x", "http://router.local/"]
)
def test_no_address_inside_a_network_is_watched(in_ashdown, address):
    with pytest.raises(changes.NotAnAddress):
        changes.watch_website(address, by=in_ashdown.priya)
    assert not WatchedWebsite.objects.exists()


def test_a_check_says_what_is_to_be_mended_and_a_mended_page_clears_it(in_ashdown, served):
    pages = {
        "/careers/": careers_page(telephone="", review=past(), link="<a href='/gone/'>Prospectus</a>"),
        "/accessibility/": "x",
    }
    served(pages)
    changes.watch_website(AT, by=in_ashdown.priya)
    first = checked(in_ashdown)
    assert (first.state, first.unread, first.pages) == ("done", "", 1)
    assert dict(lines_of(first)) == {"W2-telephone": "missing", "W6": "out-of-date", "S5": "out-of-date"}
    assert [(each["words"], each["why"]) for each in first.broken] == [
        ("Prospectus", "There is no such page any more.")
    ]
    told = queries.told_on_home()
    assert told.words == "telephone missing; review date passed; the statement's review date passed"
    assert (told.count, told.when) == (3, f"visited on {today():%-d %B}")
    paste = {each["key"]: each["paste"] for each in first.findings}["W2-telephone"]
    assert paste == "Careers Leader: Priya Raman, telephone [telephone number]"
    pages["/careers/"] = careers_page()
    assert list(lines_of(checked(in_ashdown))) == []
    assert queries.told_on_home() is None
    assert Event.objects.filter(action="website checked").count() == 2


def test_the_careers_leader_of_our_records_is_whoever_holds_the_role(in_ashdown, served):
    assert queries.our_records(in_ashdown.ashdown).leader_name == "Priya Raman"
    assert queries.our_records(in_ashdown.ashdown).leader_email == "priya@ashdown.example"
    served({"/careers/": careers_page(name="Mr John Fielding")})
    changes.watch_website(AT, by=in_ashdown.priya)
    assert dict(lines_of(checked(in_ashdown))) == {"W1": "different"}
    assert queries.told_on_home().words == "careers leader's name not as in our records"


def test_whoever_has_not_come_yet_is_not_named_from_our_records(stock):
    with working_in(stock.elsewhere):
        assert queries.our_records(stock.elsewhere).leader_name == "Dora Quill"
    from dekaan.access.models import RoleAssignment

    RoleAssignment.objects.filter(user=stock.dora).delete()
    new = open_account(email="new@farfield.example", name="Secret Name", password=None)
    give_role(user=new, role="careers-leader", school=stock.elsewhere, by=None, known_as="N. Ewcomer")
    with working_in(stock.elsewhere):
        assert queries.our_records(stock.elsewhere).leader_name == ""


def test_one_check_at_a_time_and_none_without_a_website(in_ashdown):
    with pytest.raises(changes.NoWebsite):
        changes.ask_for_check(by=in_ashdown.priya, then=lambda _: None)
    changes.watch_website(AT, by=in_ashdown.priya)
    check = changes.ask_for_check(by=in_ashdown.priya, then=lambda _: None)
    with pytest.raises(changes.UnderWay):
        changes.ask_for_check(by=in_ashdown.priya, then=lambda _: None)
    WebsiteCheck.objects.update(moved_at=timezone.now() - timedelta(minutes=10))
    assert queries.standing(in_ashdown.ashdown).stands_still
    again = changes.ask_for_check(by=in_ashdown.priya, then=lambda _: None)
    check.refresh_from_db()
    assert (check.state, again.state) == ("done", "waiting")


def test_a_check_in_another_workers_hand_is_left_and_a_dead_workers_taken_up(in_ashdown, served):
    wire = served({"/careers/": careers_page()})
    changes.watch_website(AT, by=in_ashdown.priya)
    check = changes.ask_for_check(by=in_ashdown.priya, then=lambda _: None)
    WebsiteCheck.objects.update(
        state="visiting", leased_until=timezone.now() + timedelta(minutes=1), leased_by="another"
    )
    changes.make_check(in_ashdown.ashdown.pk, check.pk)
    assert wire.connected == []
    WebsiteCheck.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    changes.make_check(in_ashdown.ashdown.pk, check.pk)
    check.refresh_from_db()
    assert (check.state, check.pages) == ("done", 1)
    before = len(wire.connected)
    changes.make_check(in_ashdown.ashdown.pk, check.pk)  # done again, it is one effect
    assert len(wire.connected) == before


def slow(request):
    send(request, headers={"Content-Length": "1000"}, body=b"x")
    request.wfile.flush()
    time.sleep(3)


BAD = {
    "slow": ({"/careers/": slow}, "too-slow"),
    "breaks off": ({"/careers/": lambda request: send(request, headers={"Content-Length": "1000"}, body=b"x")}, "odd-answer"),
    "loops": ({"/careers/": (302, {"Location": "/b"}, ""), "/b": (302, {"Location": "/careers/"}, "")}, "redirects"),
    "is 50 MB": ({"/careers/": lambda request: send(request, headers={"Content-Length": "52428800"}, body=b"x" * 1000)}, "too-large"),
    "unpacks without end": ({"/careers/": (200, {"Content-Encoding": "gzip"}, gzip_bomb(60))}, "too-large"),
    "answers 200 with an error page": ({"/careers/": "<title>Page not found</title><h1>404</h1><p>Sorry.</p>"}, "error-page"),
    "redirects to a private address": ({"/careers/": (302, {"Location": "http://10.0.0.7/"}, "")}, "elsewhere"),
    "is built by a script": ({"/careers/": "<div id=root></div><script src=a.js></script>"}, "script"),
    "blocks us": ({"/careers/": (403, {}, "")}, "blocked"),
    "is a scan": ({"/careers/": "<h1>Careers</h1><img src=scan.jpg>"}, "pictures"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_website_that_cannot_be_read_says_so_and_nothing_is_called_missing(in_ashdown, served, monkeypatch, what):
    from dekaan.core.fetching import asking

    monkeypatch.setattr(asking, "SECONDS", 1.0)
    answers, why = BAD[what]
    served(answers)
    changes.watch_website(AT, by=in_ashdown.priya)
    check = checked(in_ashdown)
    assert (check.state, check.unread) == ("done", why)
    assert {each["state"] for each in check.findings} == {"could-not-read"}
    assert queries.told_on_home() is None


def test_a_website_whose_name_has_become_private_is_not_visited(in_ashdown, served):
    wire = served({"/careers/": careers_page()}, www_ashdown_example=[[PUBLIC], ["127.0.0.1"]])
    changes.watch_website(AT, by=in_ashdown.priya)
    check = checked(in_ashdown)
    assert check.unread == "not-public"
    assert wire.connected == [PUBLIC]  # for robots.txt, when the name still led there


def test_a_number_in_a_picture_could_not_be_read(in_ashdown, served):
    served({"/careers/": careers_page(telephone="<img src='/phone.png'>")})
    changes.watch_website(AT, by=in_ashdown.priya)
    assert dict(lines_of(checked(in_ashdown))) == {"W2-telephone": "could-not-read"}


def test_a_visit_that_read_nothing_leaves_the_last_findings_standing(in_ashdown, served):
    pages = {"/careers/": careers_page(telephone="")}
    served(pages)
    changes.watch_website(AT, by=in_ashdown.priya)
    checked(in_ashdown)
    pages["/careers/"] = (503, {}, "")
    checked(in_ashdown)
    standing = queries.standing(in_ashdown.ashdown)
    assert standing.failed.check.unread == "server-error"
    assert [each.item.key for each in standing.last.to_mend] == ["W2-telephone"]
    assert queries.told_on_home().words == "telephone missing"


def test_the_morning_asks_for_a_check_each_week_and_the_worker_makes_it(stock, served, settings):
    served({"/careers/": careers_page(telephone="")})
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with working_in(stock.ashdown):
        changes.watch_website(AT, by=stock.priya)
    assert go_round(today()) == []
    assert go_round(today()) == []  # the same morning once more
    (job,) = DBTaskResult.objects.all()
    assert job.task_path == "dekaan.website.tasks.visit_website"
    worker = begin_work()
    taken = DBTaskResult.objects.get()
    taken.claim(worker.name)
    Doer(worker).run_task(taken)
    with working_in(stock.ashdown):
        check = WebsiteCheck.objects.get()
        assert (check.is_weekly, check.state, check.asked_by) == (True, "done", None)
        assert queries.told_on_home().words == "telephone missing"
        WebsiteCheck.objects.update(asked_at=timezone.now() - timedelta(days=6))
    go_round(today())
    with working_in(stock.ashdown):
        assert WebsiteCheck.objects.count() == 1
        WebsiteCheck.objects.update(asked_at=timezone.now() - timedelta(days=7))
    go_round(today())
    with working_in(stock.ashdown):
        assert [each.state for each in WebsiteCheck.objects.all()] == ["waiting", "done"]
    with working_in(stock.beckford):
        assert not WebsiteCheck.objects.exists()


def test_checks_go_after_a_year_but_for_the_last_that_read_something(in_ashdown, served):
    served({"/careers/": careers_page()})
    changes.watch_website(AT, by=in_ashdown.priya)
    checks = [checked(in_ashdown) for _ in range(3)]
    WebsiteCheck.objects.update(asked_at=timezone.now() - timedelta(days=400))
    changes.forget_old_checks(today())
    assert [each.pk for each in WebsiteCheck.objects.all()] == [checks[-1].pk]


def test_an_erased_pupils_name_goes_from_sentences_that_were_found(in_ashdown, served):
    served({"/careers/": careers_page(link="<p>Ada Lovell chose a destination after Year 11: an apprenticeship.</p>")})
    changes.watch_website(AT, by=in_ashdown.priya)
    check = checked(in_ashdown)
    WebsiteCheck.objects.filter(pk=check.pk).update(
        step="Ada Lovell", findings=[*check.findings[:1], check.findings[1] | {"sentence": "Ada Lovell won"}]
    )
    changes.forget_in_checks(lambda words: "Ada Lovell" in words)
    check.refresh_from_db()
    assert check.findings[1]["sentence"] == changes.NAMED_SOMEBODY
    assert (
        check.findings[0]["sentence"]
        == "Our Careers Leader is Priya Raman, priya@ashdown.example, telephone 01632 960123."
    )
    assert "Ada" not in check.step


def test_a_pupil_whom_a_public_page_names_is_answered_and_erased(in_ashdown, served):
    ada = pupil("Ada", "Lovell", by=in_ashdown.priya)
    served(
        {
            "/careers/": careers_page().replace(
                "Destinations of our", "Ada Lovell chose well. Ada Lovell on the destinations of our"
            )
        }
    )
    changes.watch_website(AT, by=in_ashdown.priya)
    check = checked(in_ashdown)
    (part,) = (each for each in pack(ada).parts if each.holding.model == "website.WebsiteCheck")
    assert len(part.rows) == 2  # each sentence found, and the words around it that are kept
    erase_pupil(ada, by=in_ashdown.priya)
    check.refresh_from_db()
    assert "Lovell" not in str(check.findings)
    assert "Lovell" not in str(check.words_read)
    assert changes.NAMED_SOMEBODY in {each["sentence"] for each in check.findings}


def test_a_saved_page_is_judged_and_its_file_not_kept(in_ashdown):
    visited = queries.read_files([("careers.html", careers_page(telephone="").encode())])
    check = changes.keep_saved_check(in_ashdown.ashdown, visited, called="careers.html", by=in_ashdown.priya)
    assert (check.how, check.state) == ("saved", "done")
    assert dict(lines_of(check)) == {"W2-telephone": "missing"}


def test_what_a_saved_page_leads_to_and_was_not_brought_in_is_not_called_missing(in_ashdown):
    page = careers_page().replace(
        "<h2>Provider access policy statement</h2>", "<a href='/p.pdf'>Provider access policy</a><h2>Other</h2>"
    )
    states = dict(lines_of(changes.keep_saved_check(in_ashdown.ashdown, queries.read_files([("a.html", page.encode())]), called="a.html", by=None)))  # fmt: skip
    assert states["W7"] == "could-not-read"


@pytest.mark.parametrize(
    ("kind", "law", "asked_of_none"),
    [
        ("34", {"W2-telephone", "S5"}, False),
        ("14", {"S5"}, True),  # the regulations do not name pupil referral units; section 42B does
        ("11", set(), True),  # nothing of it binds an independent school
        ("06", set(), False),  # of a city technology college it was not found
        ("", {"W2-telephone", "S5"}, False),  # nobody has said of what kind it is
    ],
)
def test_what_is_law_is_what_binds_a_school_of_its_kind(in_ashdown, kind, law, asked_of_none):
    in_ashdown.ashdown.establishment_type = kind
    in_ashdown.ashdown.save()
    page = careers_page(telephone="", review=past())
    check = changes.keep_saved_check(
        in_ashdown.ashdown, queries.read_files([("a.html", page.encode())]), called="a.html", by=None
    )
    found = {each.item.key: each for each in queries.shown(check).to_mend}
    assert {"W2-telephone", "W6", "S5"} <= set(found)
    assert {key for key, each in found.items() if each.is_law} == law | ({"W6"} if "W2-telephone" in law else set())
    assert (found["W2-telephone"].force == "not-bound") is asked_of_none
    told = queries.told_on_home()
    assert (told.count if told else 0) == len(law | ({"W6"} if "W2-telephone" in law else set()))


def saved_page(stock, page: str, called: str = "a.html") -> WebsiteCheck:
    visited = queries.read_files([(called, page.encode())])
    return changes.keep_saved_check(stock.ashdown, visited, called=called, by=stock.priya)


def standing_of(stock) -> dict[str, str]:
    """Item → how the page shows it, of what is not present."""
    return {each.item.key: str(each.state) for each in queries.standing(stock.ashdown).last.lines if each.state != "present"}  # fmt: skip


def test_what_to_paste_and_what_is_different_follow_our_records_of_now(in_ashdown):
    page = careers_page(telephone="01632 960777")
    saved_page(in_ashdown, page)
    assert standing_of(in_ashdown) == {}
    say_facts(telephone="01632 960123", by=in_ashdown.priya)  # after the check
    assert standing_of(in_ashdown) == {"W2-telephone": "different"}
    (line,) = queries.standing(in_ashdown.ashdown).last.to_mend
    assert line.paste == "Careers Leader: Priya Raman, telephone 01632 960123"
    say_facts(telephone="01632 960777", by=in_ashdown.priya)
    assert standing_of(in_ashdown) == {}
    check = WebsiteCheck.objects.get()
    assert list(lines_of(check)) == []  # what was found then stays on record


def test_home_and_the_board_drop_a_difference_that_our_records_no_longer_have(in_ashdown):
    say_facts(telephone="01632 960123", by=in_ashdown.priya)
    saved_page(in_ashdown, careers_page(telephone="01632 960777"))
    assert queries.told_on_home(in_ashdown.ashdown).words == "telephone not as in our records"
    say_facts(telephone="01632 960777", by=in_ashdown.priya)
    assert queries.told_on_home(in_ashdown.ashdown) is None
    assert queries.on_website(queries.reading(today(), in_ashdown.ashdown))["W2"].state == "present"


def test_of_an_older_check_whose_words_are_not_kept_it_is_said_that_records_may_have_changed(in_ashdown):
    say_facts(telephone="01632 960123", by=in_ashdown.priya)
    saved_page(in_ashdown, careers_page(telephone="01632 960777"))
    WebsiteCheck.objects.update(words_read=[])
    say_facts(telephone="01632 960777", by=in_ashdown.priya)
    last = queries.standing(in_ashdown.ashdown).last
    assert last.is_of_then
    assert [each.paste for each in last.to_mend] == ["Careers Leader: Priya Raman, telephone 01632 960777"]


def test_only_the_words_of_what_counts_now_are_kept(in_ashdown, served):
    served({"/careers/": careers_page()})
    changes.watch_website(AT, by=in_ashdown.priya)
    saved = saved_page(in_ashdown, careers_page())
    assert saved.words_read
    visit = checked(in_ashdown)
    saved.refresh_from_db()
    assert (bool(visit.words_read), saved.words_read) == (True, [])


def without_statement(page: str) -> str:
    before, _, rest = page.partition("<h2>Provider access policy statement</h2>")
    return before + rest[rest.index("<h2>This page</h2>") :]


def test_a_saved_page_that_lacks_what_the_visit_found_breaks_nothing(in_ashdown, served):
    served({"/careers/": careers_page()})
    changes.watch_website(AT, by=in_ashdown.priya)
    checked(in_ashdown)
    saved_page(in_ashdown, without_statement(careers_page()))
    assert standing_of(in_ashdown) == {}
    assert queries.told_on_home() is None
    saved_page(in_ashdown, careers_page(review=past()))  # what it says, and says wrong, counts
    assert standing_of(in_ashdown) == {"W6": "out-of-date", "S5": "out-of-date"}


def test_a_page_saved_anew_takes_the_place_of_the_one_before_of_its_name(in_ashdown):
    saved_page(in_ashdown, careers_page())
    assert standing_of(in_ashdown) == {}
    saved_page(in_ashdown, without_statement(careers_page()))
    assert standing_of(in_ashdown) == {"W7": "missing"}, "the older one says no more what the newer one lacks"
    saved_page(in_ashdown, careers_page(), called="another.html")
    assert standing_of(in_ashdown) == {}


def test_what_is_published_here_is_not_missing_from_a_saved_page(in_ashdown):
    saved_page(in_ashdown, without_statement(careers_page()))
    assert standing_of(in_ashdown) == {"W7": "missing"}
    published(in_ashdown)
    assert standing_of(in_ashdown) == {}
    assert queries.told_on_home() is None
    (line,) = (each for each in queries.standing(in_ashdown.ashdown).last.lines if each.item.key == "W7")
    assert line.note == "It stands on the page that is published here; the page that was saved does not have it."


def test_what_a_visit_found_missing_is_missing_whatever_is_published_here(in_ashdown, served):
    served({"/careers/": without_statement(careers_page())})
    changes.watch_website(AT, by=in_ashdown.priya)
    checked(in_ashdown)
    published(in_ashdown)
    assert standing_of(in_ashdown) == {"W7": "missing"}
    saved_page(in_ashdown, careers_page())  # the page that was put right, saved
    assert standing_of(in_ashdown) == {}


def published(stock) -> None:
    say_facts(
        telephone="01632 960123",
        next_review_on=today() + timedelta(days=200),
        statement_review_on=today() + timedelta(days=300),
        by=stock.priya,
    )
    signed = Signed("Ann Teasdale, chair of governors", today() - timedelta(days=30))
    approve_version(prepare_version(stock.ashdown, Page.STATEMENT, by=stock.priya), by=stock.david, signed=signed)


def test_a_saved_page_is_set_aside_and_counts_again_within_thirty_days(in_ashdown):
    check = saved_page(in_ashdown, careers_page(telephone=""))
    changes.set_aside(check, by=in_ashdown.priya)
    assert queries.reading(today()) is None
    check.refresh_from_db()
    changes.count_again(check, by=in_ashdown.priya)
    assert standing_of(in_ashdown) == {"W2-telephone": "missing"}
    actions = Event.objects.filter(subject_id=check.pk, subject="website check").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["website checked", "saved page set aside", "saved page counts again"]  # fmt: skip
    WebsiteCheck.objects.update(set_aside_at=timezone.now() - timedelta(days=31))
    check.refresh_from_db()
    with pytest.raises(changes.TooLate):
        changes.count_again(check, by=in_ashdown.priya)


def test_a_visit_is_not_set_aside(in_ashdown, served):
    served({"/careers/": careers_page()})
    changes.watch_website(AT, by=in_ashdown.priya)
    check = checked(in_ashdown)
    with pytest.raises(changes.NotSaved):
        changes.set_aside(check, by=in_ashdown.priya)


def test_it_is_said_what_was_read_when_and_that_the_visit_failed(in_ashdown, served):
    pages = {"/careers/": careers_page(telephone="")}
    served(pages)
    changes.watch_website(AT, by=in_ashdown.priya)
    checked(in_ashdown)
    WebsiteCheck.objects.update(finished_at=timezone.now() - timedelta(days=7), asked_at=timezone.now() - timedelta(days=7))  # fmt: skip
    pages["/careers/"] = (503, {}, "")
    checked(in_ashdown)
    before = today() - timedelta(days=7)
    assert (
        queries.told_on_home().when == f"visited on {before:%-d %B}; the visit of {today():%-d %B} could read nothing"
    )
    saved_page(in_ashdown, careers_page(review=past()))
    assert queries.told_on_home().when == (
        f"visited on {before:%-d %B} and read from a saved page on {today():%-d %B}; the visit of {today():%-d %B} could read nothing"
    )


def test_a_published_page_that_says_what_is_so_no_more_does_not_stand_for_the_saved_one(in_ashdown):
    fair = plan_activity(title="Careers fair", activity_type="FAIR", by=None)
    everybody = Invited(year_groups=(7, 8, 9, 10, 11, 12, 13))
    plan_session(fair, held_on=today(), invited=everybody, by=None)
    published(in_ashdown)
    approve_version(prepare_version(in_ashdown.ashdown, Page.CAREERS, by=in_ashdown.priya), by=in_ashdown.david)
    saved_page(in_ashdown, careers_page(telephone=""))
    assert standing_of(in_ashdown) == {}
    say_facts(telephone="01632 960124", by=in_ashdown.priya)
    assert standing_of(in_ashdown)["W2-telephone"] == "missing"
