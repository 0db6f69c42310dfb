"""`dekaan --help` reads like a table of contents, and every command explains itself."""

import re
from collections.abc import Iterator

import click
import pytest

from dekaan.cli.commands import dekaan

pytestmark = pytest.mark.once


def commands(group: click.Group = dekaan, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


ALL = dict(commands())
LEAVES = {words: command for words, command in ALL.items() if not isinstance(command, click.Group)}


def test_the_contents_are_those_that_technicians_were_promised():
    assert [" ".join(words) for words in LEAVES] == [
        "demo",
        "serve",
        "check",
        "migrate",
        "school add",
        "school list",
        "user first-account",
        "user invite",
        "user forget-factors",
        "user sign-out",
        "user close",
        "user add",
        "import pupils",
        "import staff",
        "import groups",
        "import attendance",
        "import absences",
        "import participation",
        "import destinations",
        "import undo",
        "coverage",
        "duties",
        "destinations",
        "report governors",
        "export",
        "dump",
        "partners load",
        "library load soc",
        "library load destinations",
        "measures verify",
        "measures rebuild",
        "privacy retention",
        "privacy reapply-erasures",
        "website watch",
        "website check",
        "morning",
        "audit verify",
        "audit heads",
        "audit accept",
        "backup key",
        "drill",
        "restore",
    ]


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command_with_a_line_of_its_own(run, option):
    said = run(option)
    for name, command in dekaan.commands.items():
        assert re.search(rf"^  {name} +{re.escape(command.get_short_help_str(200)[:40])}", said.out, re.MULTILINE), name


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_explains_itself(run, words):
    said = run(*words, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: dekaan {' '.join(words)}")
    assert ALL[words].help
    assert re.match(r"[A-Z].+\.$", ALL[words].help.splitlines()[0])


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_every_option_that_needs_it_is_explained(words):
    plain = {"--school", "--email", "--name", "--port", "--host", "--workers", "--schools", "--years", "--role"}
    plain |= {"--low-age", "--high-age", "--sixth-form", "--framework", "--by"}
    silent = [
        option.opts
        for option in LEAVES[words].params
        if isinstance(option, click.Option) and not option.help and not plain & set(option.opts)
    ]
    assert silent == []


@pytest.mark.parametrize("words", ["school list", "audit verify", "coverage", "import pupils", "import participation"])
def test_what_reports_can_report_in_json(words):
    options = {option for each in LEAVES[tuple(words.split())].params for option in each.opts}
    assert "--json" in options


def test_the_version_is_said(run):
    said = run("--version")
    assert re.fullmatch(r"dekaan, version \d+\.\d+\S*\n", said.out)


WRONG = [
    ["nonsense"],
    ["school"],
    ["school", "add"],
    ["school", "add", "--name"],
    ["school", "add", "--name", "X", "--low-age", "eleven"],
    ["school", "add", "--name", "X", "--low-age", "-4"],
    ["school", "add", "--name", "X", "--high-age", "99999999999999999999"],
    ["school", "add", "--name", "X", "--records-begin", "1/9/2024"],
    ["user", "add", "--email", "a@b.example"],
    ["user", "add", "--email", "a@b.example", "--name", "A", "--school", "ashdown", "--role", "king"],
    ["import"],
    ["import", "pupils"],
    ["import", "pupils", "file.csv"],
    ["import", "cats", "file.csv", "--school", "ashdown"],
    ["import", "undo", "-3", "--school", "ashdown"],
    ["import", "undo", "last", "--school", "ashdown"],
    ["coverage"],
    ["coverage", "--school", "ashdown", "--year", "-1"],
    ["coverage", "--school", "ashdown", "--year", "99999999999999999999"],
    ["coverage", "--school", "ashdown", "--year", "twenty"],
    ["coverage", "--school", "ashdown", "--by", "shoe-size"],
    ["coverage", "--school", "ashdown", "--framework", "gatsby-1999"],
    ["export", "--school", "ashdown", "--for", "law", "-o", "folder"],
    ["report", "governors", "--school", "ashdown"],
    ["dump", "--school", "ashdown"],
    ["demo", "--today", "garbage"],
    ["demo", "--today", "2026-02-30"],
    ["demo", "--years", "-1"],
    ["demo", "--pupils", "-5"],
    ["demo", "--schools", "0"],
    ["demo", "--port", "-5"],
    ["serve", "--port", "70000"],
    ["serve", "--workers", "-1"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_2_and_says_how_it_is_used(run, words):
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(("Usage: dekaan", "Error: "))
