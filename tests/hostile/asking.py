"""One hostile request after another: over every address, every role and every method, each made from its number alone."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_from_bytes

import lxml.html
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.access.roles import ROLES
from dekaan.schools.changes import add_trust
from dekaan.schools.models import School
from tests.hostile import words
from tests.house.test_other_school import arguments_of
from tests.house.test_views import addresses

SEED = "weirbrook"
METHODS = ("GET", "POST", "POST", "OTHER")
OTHERS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """Our school and another, somebody of each role, and the rows that addresses name."""

    ours: School
    theirs: School
    entries: list[tuple[str, URLPattern]]
    sessions: dict[str, str]  # role, to the key of the session
    rows: dict[str, tuple[dict, dict]]  # name of the address, to arguments of ours and of theirs
    forms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    tried: set[tuple[str, str]] = field(default_factory=set)

    @property
    def ids(self) -> list[int]:
        both = itertools.chain.from_iterable(self.rows.values())
        return sorted({value for given in both for value in given.values() if isinstance(value, int)})


def world(ours: School, theirs: School) -> World:
    """Everybody signs in once."""
    entries, sessions = list(addresses()), {"": ""}
    for role in ROLES:
        user = User.objects.create_user(email=f"{role}@hostile.example", name=role, password="a long and winding road")
        if ROLES[role].sees == "trust-totals":
            ours.trust = ours.trust or add_trust(name="A trust", slug="a-trust")
            ours.save()
            give_role(user=user, role=role, trust=ours.trust, by=None)
        else:
            give_role(user=user, role=role, school=ours, by=None)
        client = Client()
        client.force_login(user, backend=BACKEND)
        sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    rows = {
        entry.name: (arguments_of(entry, ours), arguments_of(entry, theirs))
        for path, entry in entries
        if "school_slug" in path
    }
    return World(ours, theirs, entries, sessions, rows)


@dataclass(frozen=True)
class Asked:
    """A request as it is sent."""

    number: int
    role: str
    name: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    headers: dict = field(default_factory=dict)


def turns(world: World) -> list[tuple[tuple[str, URLPattern], str, str]]:
    """Every address with every role and method, in an order of the seed's; then from the beginning again."""
    every = list(itertools.product(world.entries, world.sessions, METHODS))
    Random(SEED).shuffle(every)
    return every


def requests(world: World, numbers: range) -> Iterator[Asked]:
    order = turns(world)
    for number in numbers:
        die = Random(f"{SEED} {number}")
        (pattern, entry), role, method = order[number // 2 % len(order)]
        if number % 2:  # every other comes from somebody who may come in, so that what lies behind the door is tried
            role = die.choice(_who_may(entry) or [role])
        yield _request(world, die, number, pattern, entry, role, method)


def _who_may(entry: URLPattern) -> list[str]:
    return [role for role in ROLES if getattr(entry.callback, "permission", None) in ROLES[role].may]


def _request(world: World, die: Random, number: int, pattern: str, entry: URLPattern, role: str, method: str) -> Asked:
    method = die.choice(OTHERS) if method == "OTHER" else method
    path = _path(world, die, pattern, entry)
    if die.random() < 0.6:
        path += b"?" + _pairs(world, die, _names(world, entry, role, path))
    headers = {name: die.choice(values) for name, values in die.sample(words.HEADERS, die.choice((0, 0, 1, 2)))}
    body, content_type = b"", ""
    if method not in {"GET", "HEAD", "OPTIONS", "TRACE", "get"}:
        body, content_type = _body(world, die, entry, role, path)
    return Asked(number, role, entry.name, method, path.decode("latin-1"), body, content_type, headers)


def _path(world: World, die: Random, pattern: str, entry: URLPattern) -> bytes:
    """The address of one of our rows, of one of theirs, or with something that no address holds."""
    ours, theirs = world.rows.get(entry.name, ({}, {}))
    given = dict(die.choice((ours, ours, ours, theirs))) | {
        "school_slug": die.choice([world.ours.slug] * 9 + [world.theirs.slug])
    }
    if "(?P<" in pattern:
        return b"/sign-in/forgotten/" + _quoted(words.text(die, world.ids)) + b"-x/"

    def put(found: re.Match) -> str:
        spoilt = die.random() < 0.06
        return _quoted(words.text(die, world.ids) if spoilt else str(given.get(found[1], 1))).decode()

    path = b"/" + re.sub(r"<(?:\w+:)?(\w+)>", put, pattern).encode()
    if die.random() < 0.03:
        path += _quoted(words.text(die, world.ids))
    return path


def _quoted(value: str) -> bytes:
    return quote_from_bytes(words.as_bytes(value), safe="").encode()


def _fields(world: World, entry: URLPattern, role: str, path: bytes) -> list[tuple[str, str]]:
    """Names and values of the form that the address shows, the first time that it shows one to somebody."""
    if entry.name not in world.forms and (entry.name, role) not in world.tried:
        world.tried.add((entry.name, role))
        page = _sent(world, Asked(0, role, entry.name, "GET", path.split(b"?")[0].decode("latin-1")))
        if page.status_code == 200 and b"<form" in page.content:
            inputs = lxml.html.fromstring(page.content).xpath("//main//*[@name]")
            found = [
                (each.get("name"), str(getattr(each, "value", None) or each.get("value") or "")) for each in inputs
            ]
            if kept := [pair for pair in found if pair[0] != "csrfmiddlewaretoken"]:
                world.forms[entry.name] = kept[:60]
    return world.forms.get(entry.name, [])


def _names(world: World, entry: URLPattern, role: str, path: bytes) -> list[str]:
    usual = ["q", "page", "year", "group", "on", "next", "academic_year", "year_group", "by", "kind", "sort", "format"]
    return [*usual, *(name for name, _ in _fields(world, entry, role, path))]


def _pairs(world: World, die: Random, names: list[str]) -> bytes:
    if die.random() < 0.05:
        return die.choice(
            (b"&&&===;;", b"%FF=%FE", b"%", b"a=%ZZ", b"\xff=\xfe", b"a=1&" * 3000, b"=" * 500, b"a[]=1&a[b]=2")
        )
    pairs = [
        (die.choice([*names] * 5 + [words.text(die, world.ids)]), words.text(die, world.ids))
        for _ in range(die.randint(1, 4))
    ]
    pairs += pairs[:1] * die.choice((0, 0, 0, 2))
    return _encoded(pairs)


def _encoded(pairs: list[tuple[str, str]]) -> bytes:
    return b"&".join(b"=".join(_quoted(part) for part in pair) for pair in pairs)


def _body(world: World, die: Random, entry: URLPattern, role: str, path: bytes) -> tuple[bytes, str]:
    """The page's own form with some of it spoilt, doubled or missing; or a body of the wrong kind."""
    known = _fields(world, entry, role, path)
    kind = die.random()
    if kind < 0.08:
        return words.json_body(die, world.ids, [name for name, _ in known]), die.choice(
            ("application/json", *words.TYPES)
        )
    if kind < 0.15:
        noise = bytes(die.randrange(256) for _ in range(die.choice((0, 10, 2000))))
        return die.choice((noise, words.as_bytes(die.choice(words.TEXTS)), _encoded(known))), die.choice(words.TYPES)
    pairs = list(known) or [(name, "") for name in _names(world, entry, role, path)]
    spoilt = die.choice((1, 1, 1, 2, len(pairs)))
    for place in die.sample(range(len(pairs)), min(spoilt, len(pairs))):
        pairs[place] = (pairs[place][0], words.text(die, world.ids))
    pairs = [pair for pair in pairs if die.random() > 0.05]
    if pairs and die.random() < 0.2:
        pairs += [(pairs[0][0], words.text(die, world.ids))] * 2
    if die.random() < 0.05:
        pairs += [(f"row-{number}", words.text(die, world.ids)) for number in range(40)]
    if kind < 0.75:
        return _encoded(pairs), "application/x-www-form-urlencoded"
    return _multipart(die, pairs, world.ids)


def _multipart(die: Random, pairs: list[tuple[str, str]], ids: list[int]) -> tuple[bytes, str]:
    edge, parts = b"edge", []
    for name, value in pairs:
        head = b'Content-Disposition: form-data; name="' + words.as_bytes(name).replace(b'"', b"%22") + b'"'
        if "file" in name or die.random() < 0.1:
            named = die.choice(
                (b"a.csv", b"", b"..", b"\x00.csv", b"a\r\nX: y", b"\xff.xlsx", b"a" * 400 + b".csv", "💥.csv".encode())
            )
            head += (
                b'; filename="'
                + named
                + b'"\r\nContent-Type: '
                + die.choice((b"text/csv", b"", b"\xff", b"a/b; charset=nonsense"))
            )
        parts.append(b"--" + edge + b"\r\n" + head + b"\r\n\r\n" + words.as_bytes(value) + b"\r\n")
    whole = b"".join(parts) + b"--" + edge + b"--\r\n"
    if die.random() < 0.1:
        whole = whole[: die.randrange(len(whole))]
    return whole, die.choice(
        ("multipart/form-data; boundary=edge",) * 8
        + ("multipart/form-data", "multipart/form-data; boundary=other")
        + tuple(f"multipart/form-data; boundary=edge; charset={each}" for each in words.CODECS)
    )


def _sent(world: World, asked: Asked):
    """The answer, wholly read; whatever was changed is taken back."""
    client = Client(raise_request_exception=False)
    if asked.role:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[asked.role]
    with transaction.atomic():
        answer = client.generic(asked.method, asked.path, asked.body, asked.content_type, **asked.headers)
        if answer.streaming:
            answer.read_whole = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def faults(world: World, numbers: range) -> tuple[Counter[int], list[str]]:
    """How many answers of each status, and what is wrong with which: a status of 500 or above, or a trace."""
    answered, wrong = Counter(), []
    for asked in requests(world, numbers):
        answer = _sent(world, asked)
        answered[answer.status_code] += 1
        content = answer.read_whole if answer.streaming else answer.content
        if answer.status_code >= 500 or b"Traceback (most recent" in content:
            wrong.append(
                f"{asked.number} {asked.role or 'nobody'} {asked.method} {asked.name}: {answer.status_code} {_why(answer)}"
            )
    return answered, wrong


def _why(answer) -> str:
    if not getattr(answer, "exc_info", None):
        return ""
    kind, problem, trace = answer.exc_info
    while trace.tb_next:
        trace = trace.tb_next
    return f"{kind.__name__}: {str(problem)[:160]} at {trace.tb_frame.f_code.co_filename.split('site-packages/')[-1]}:{trace.tb_lineno}"
