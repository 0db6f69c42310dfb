"""A restore that is killed leaves the old state whole, or the new one, or nothing that is served until it is finished.

`make drill` kills ten times as many.
"""

import pytest

from tests.backups.installation import LEADER, Installation
from tests.backups.test_there_and_back import TIMES, changed, told

KILLS = 4 if TIMES == 1 else 6 * TIMES


@pytest.fixture
def two_states(ashdown, elsewhere, tmp_path) -> tuple[Installation, str]:
    """An installation that has gone on since a backup, with a newer upload and another key; and the backup."""
    made = ashdown.run("backup", "-o", tmp_path, "--json").json
    assert elsewhere.run("restore", made["file"], "--key", ashdown.key).code == 0
    (elsewhere.data / "uploads" / "imports" / "list").write_text("newer")
    (elsewhere.data / "secret-key").write_text("another")
    changed(elsewhere)
    return elsewhere, made["file"]


def test_a_restore_that_is_killed_is_never_half(ashdown, two_states):
    place, file = two_states
    words = ("-m", "tests.backups.cut_short", file, ashdown.key, KILLS)
    said = place.start(*words, seconds=300 + 30 * KILLS, TMPDIR=str(place.data.parent)).json
    print(f"\nkill -9 in restores and goings back: {said}")
    assert said["partial"] == []
    assert said["left"] == []
    assert (said["tried"], said["killed"] >= KILLS // 2) == (KILLS, True)
    assert said["waited to be finished"] == said["finished"] > 0


@pytest.mark.once
def test_over_a_restore_that_was_cut_short_nothing_runs_but_its_end(ashdown, two_states):
    """It was killed with the new state in place, before anybody was signed out in it."""
    place, file = two_states
    before = told(place)  # what the living school, over which others have restored, was told already
    assert place.start("-m", "tests.backups.cut_short", file, ashdown.key, 0).code == 0
    for words in (["serve"], ["backup"], ["morning"], ["restore", "--forget"], ["restore", "--go-back"]):
        said = place.run(*words)
        assert (said.code, said.out) == (1, ""), words
        assert "dekaan restore --finish" in said.err, words
    for words in (["-m", "dekaan.cli.worker"], ["-c", "import dekaan.wsgi"]):
        said = place.start(*words)
        assert said.code == 1, words
        assert "dekaan restore --finish" in said.err, words
    assert place.run("restore", "--finish").code == 0
    assert place.meaning() == ashdown.meaning()
    assert told(place) == [*before, ("backup restored", LEADER)]
    assert place.run("restore", "--finish").err.strip() == (
        "No restore was cut short here, so there is nothing to finish."
    )
    assert place.run("audit", "verify").code == 0
