"""Questions that no person asks are refused in words."""

import pytest


@pytest.mark.parametrize("name", ["q", "year", "q\x00"])
def test_a_null_character_is_refused(in_ashdown, client, name):
    client.force_login(in_ashdown.priya)
    answer = client.get("/ashdown/search/", {name: "Lov\x00ell" if name != "q\x00" else "Lovell"})
    assert answer.status_code == 400
    assert client.get("/ashdown/search/", {"q": "Lovell"}).status_code == 200
