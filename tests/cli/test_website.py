"""The website on the command line: saved pages and addresses, in words and as JSON."""

import pytest

from dekaan.core.scope import working_in
from dekaan.website.models import WebsiteCheck
from tests.stock import stock
from tests.website.given import careers_page
from tests.website.samples import writer
from tests.website.served import served, website

__all__ = ["served", "stock", "website"]
pytestmark = pytest.mark.django_db


def test_a_saved_page_is_checked_as_json(run, stock, tmp_path):
    page = tmp_path / "careers.html"
    page.write_text(careers_page(telephone=""), encoding="utf-8")
    said = run("website", "check", page, "--school", "ashdown", "--json").json
    assert said["school"] == "ashdown"
    assert {each["key"]: each["state"] for each in said["items"] if each["state"] != "present"} == {
        "W2-telephone": "missing"
    }
    (telephone,) = (each for each in said["items"] if each["key"] == "W2-telephone")
    assert (telephone["id"], telephone["force"]) == ("W2", "law")
    assert telephone["paste"] == "Careers Leader: Priya Raman, telephone [telephone number]"
    assert telephone["where"] == "On the careers page, beside the careers leader's name."
    with working_in(stock.ashdown):
        assert not WebsiteCheck.objects.exists()


def test_a_page_and_its_policy_are_checked_together_in_words(run, stock):
    sample = writer.HERE / "policy_pdf" / "scanned-policy"
    said = run("website", "check", sample.with_suffix(".html"), sample.with_suffix(".pdf"), "--school", "ashdown").out
    assert "W7   Could not read             The provider access policy statement (law)" in said
    assert "The PDF is a scan" in said


def test_an_address_of_the_schools_own_website_is_visited(run, stock, served):
    wire = served({"/careers/": careers_page(), "/accessibility/": "x"})
    at = "http://www.ashdown.example/careers/"
    refused = run("website", "check", at, "--school", "ashdown")
    assert refused.code == 1
    assert "is not on the school's own website" in refused.err
    assert run("website", "watch", at, "--school", "ashdown", "--as", "priya@ashdown.example").out.strip() == at
    said = run("website", "check", at, "--school", "ashdown", "--json").json
    assert {each["state"] for each in said["items"]} == {"present"}
    for other in (
        "http://127.0.0.1/",
        "https://evil.example/",
        "file:///etc/passwd",
        "http://www.ashdown.example@10.0.0.1/",
    ):
        assert run("website", "check", other, "--school", "ashdown").code == 1
    assert set(wire.asked) == {"www.ashdown.example"}


def test_what_is_not_there_is_refused_in_words(run, stock, tmp_path):
    assert run("website", "check", tmp_path / "none.html", "--school", "ashdown").err.startswith("There is no file ")
    assert "There is no school called" in run("website", "check", "x", "--school", "nowhere").err
    assert "not the number of a machine" in run("website", "watch", "http://10.0.0.1/", "--school", "ashdown").err
    assert (
        "may not do this"
        in run("website", "watch", "https://a.example/", "--school", "ashdown", "--as", "moira@governors.example").err
    )
