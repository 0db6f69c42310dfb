"""What nobody in their right mind types, drawn by a seeded die so that any request can be made again."""

import json
from random import Random

TEXTS = (
    "", " ", "\x00", "a\x00b", "\t\n\r", "\x7f\x1b[31m", "\ud800", "a\udfffb", "\ufeff", "\ufffe", "\u2028\u2029", "\u202eevil\u202c",
    "أَحْمَد", "שלום", "💥👩‍👩‍👧‍👦", "e\u0301" * 40, "İıſK", "ﷺ" * 20, "²", "１２", "٣٤", "Ⅷ", "½", "O’Neill", "x" * 300, "é" * 5000, "x" * 70_000,
    "None", "null", "undefined", "true", "on", "[]", "{}", "NaN", "Infinity", "-0", "0", "-1", "1.5", "1e309", "0x10", "1_000",
    "9999", "0000", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 400, "1" * 5000,
    "2026-02-30", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "-0001-01-01", "31/02/2026", "1/1/1", "2026-11-24T10:00",
    "24:00", "25:61", "00:00", "9:5", "23:59:59.999999999", "２０２６-１１-２４", "2026-W48-2", "20261124", "yesterday",
    "' OR 1=1 --", '"; DROP TABLE people_pupil; --', "%s%s%n%x", "%", "%00", "_%", "\\", "*", "(", "[", "(?P<a>", "a" * 40 + "!",
    "../../../../etc/passwd", "..\\..\\x", "/etc/passwd", "//evil.example/", "https://evil.example/", "javascript:alert(1)", "mailto:a@b",
    "{{ 7|add:7 }}", "{% load x %}", "${7*7}", "{0.__class__}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>", "<!--",
    "a\r\nSet-Cookie: owned=1", "a@b", "a@b@c", "ä@ü.example", "x" * 250 + "@x.example", "=1+1", "@SUM(A1)", "-2+3", "+44", "\t=1",
    "R201100018042", "A123456789012", "815/4001", "1,2,3", "1,,x", "-", "_", "10.0", "11A", "all", "year:10", "group:1", "pupil:1", "x:1", ":",
)  # fmt: skip
# Codecs of Python's that a form may name, few of them of text.
CODECS = ("hex", "base64", "rot13", "zlib", "undefined", "idna", "punycode", "unicode_escape", "utf-16", "utf-8")
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data",
    "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; boundary=x; charset=utf-7", "application/json", "text/plain", "",
    "application/x-www-form-urlencoded; charset=hex", "application/x-www-form-urlencoded; charset=undefined",
    "application/json; charset=nonsense", "application/xml", "text/html; charset=utf-8", "\x01", "a" * 2000, "application/x-protobuf", ";;;",
)  # fmt: skip
HEADERS = (
    ("HTTP_HOST", ("evil.example", "testserver:99999", "[::1", "a b", "", "testserver:", "é", "testserver@evil.example")),
    ("HTTP_COOKIE", ("sessionid=" + "x" * 4000, "=;=;=", "csrftoken=\x00; messages=%FF", 'messages=[["__json_message"', "sessionid=\xff",
        r'sessionid="\000aaaaaaaaaaaa"', r'csrftoken="\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', r'dekaan-device="\000aaaa"',
        r'messages="\000aaaa"', r'sessionid="\377aaaaaaaaaaaa"')),
    ("HTTP_REFERER", ("javascript:alert(1)", "//", "http://[", "x" * 9000, "http://testserver/\udcff".encode("utf-8", "replace").decode())),
    ("HTTP_ACCEPT", ("", "*/*;q=x", "application/json", ",,,", "text/html;q=" + "9" * 50)),
    ("HTTP_ACCEPT_LANGUAGE", ("x" * 6000, "en;q=nan", "\x00", "-,-;q=2")),
    ("HTTP_ACCEPT_ENCODING", ("gzip;q=-1", "br, \x00", "identity;q=0, *;q=0")),
    ("HTTP_X_FORWARDED_FOR", ("' OR 1=1", "::1, 10.0.0.1, x", "", "999.999.999.999", "x" * 5000, "1.2.3.4:99")),
    ("HTTP_X_FORWARDED_PROTO", ("https", "gopher", "https,http", "")),
    ("HTTP_X_FORWARDED_HOST", ("evil.example",)),
    ("HTTP_IF_MODIFIED_SINCE", ("yesterday", "Thu, 99 Xxx 0000 99:99:99 GMT", "Tue, 30 Feb 2026 00:00:00 GMT")),
    ("HTTP_IF_NONE_MATCH", ('"', "W/", "*")),
    ("HTTP_RANGE", ("bytes=-1", "bytes=9-1", "x=0-0")),
    ("HTTP_HX_REQUEST", ("true", "\x00")),
    ("HTTP_HX_TARGET", ("<script>", "")),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", ("DELETE", "TRACE")),
    ("HTTP_X_REQUESTED_WITH", ("XMLHttpRequest",)),
    ("HTTP_AUTHORIZATION", ("Basic \xff", "Bearer " + "x" * 5000, "Basic")),
    ("HTTP_ORIGIN", ("null", "https://evil.example", "\x00")),
    ("HTTP_USER_AGENT", ("", "\x00" * 3, "é" * 900, "(" * 3000)),
    ("HTTP_TRANSFER_ENCODING", ("chunked", "x")),
    ("HTTP_EXPECT", ("100-continue", "x")),
    ("HTTP_UPGRADE", ("websocket",)),
)  # fmt: skip
JSON = (
    "", "{", "null", "[]", '""', "0", "NaN", "-Infinity", '{"a":1,"a":2}', '{"\\ud800":"\\udfff"}', '{"a":"\\u0000"}', "[" * 20_000,
    "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "9" * 5000, '{"a":1e400}', "\ufeff{}", "{'a':1}", '{"id":9223372036854775808}',
    '{"id":[1,{"id":"x"}],"school":2,"is_superuser":true}',
)  # fmt: skip


def text(die: Random, ids: list[int]) -> str:
    """One hostile value; at times the id of a row, of ours or of another school."""
    chance = die.random()
    if ids and chance < 0.2:
        return str(die.choice(ids))
    if chance < 0.85:
        return die.choice(TEXTS)
    if chance < 0.95:
        return die.choice(TEXTS) + die.choice(TEXTS)
    return "".join(
        chr(die.choice((die.randrange(0x80), die.randrange(0xFFFF), die.randrange(0x10FFFF)))) for _ in range(9)
    )


def as_bytes(value: str) -> bytes:
    """Surrogates and all."""
    return value.encode("utf-8", "surrogatepass")


def json_body(die: Random, ids: list[int], names: list[str]) -> bytes:
    """Broken, deep, doubled or of the wrong types; or the page's own fields with hostile values."""
    if die.random() < 0.6 or not names:
        return as_bytes(die.choice(JSON))
    odd = (None, True, -1, 1e308, 10**30, [], {}, [[]], {"": ""})
    return json.dumps({name: die.choice([text(die, ids), *odd]) for name in names}).encode()
