"""Any file of unknown origin becomes rows, or a plain sentence."""

import datetime
import io
import struct
import time
import zipfile
import zlib

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekaan.exchange.columns import guessed, understood
from dekaan.exchange.reading.child import read_content
from dekaan.exchange.reading.cleaning import cleaned
from dekaan.exchange.reading.dates import day_comes_first, is_ambiguous, read_date
from dekaan.exchange.reading.door import read_file
from dekaan.exchange.reading.sheet import Unreadable

HEAD = ["Surname", "Forename", "DOB", "UPN"]
BODY = ["O’Neill", "Zoë", "03/09/2010", "R201100018042"]


def cells(sheet):
    return [(row.number, list(row.cells)) for row in sheet.rows]


def read(tmp_path, content, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_file(path)


TEXT = ",".join(HEAD) + "\r\n" + ",".join(BODY) + "\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-8"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
        (TEXT.replace(",", ";").encode("utf-8"), "UTF-8"),
        (TEXT.replace(",", "\t").encode("utf-16"), "UTF-16"),
        (("sep=;\r\n" + TEXT.replace(",", ";")).encode("cp1252"), "Windows-1252"),
    ],
)
def test_text_in_every_encoding_and_delimiter(tmp_path, content, encoding):
    sheet = read(tmp_path, content)
    assert sheet.encoding == encoding
    assert [list(row.cells) for row in sheet.rows] == [HEAD, BODY]


def test_thomas_a_becket_keeps_his_accent(tmp_path):
    sheet = read(tmp_path, "Surname,School\nBecket,St Thomas à Becket\n".encode("cp1252"))
    assert sheet.rows[1].cells[1] == "St Thomas à Becket"


def xlsx(first_row=3, **epoch):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page = book.active
    for place, text in enumerate(HEAD, start=1):
        page.cell(first_row, place, text)
        page.cell(first_row + 1, place, BODY[place - 1])
    page.cell(first_row + 1, 3, datetime.date(2010, 9, 3))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("epoch", [{}, {"mac": True}])
def test_a_workbook_in_both_date_systems_numbered_as_the_person_sees_it(tmp_path, epoch):
    sheet = read(tmp_path, xlsx(**epoch), "list.xlsx")
    assert cells(sheet) == [(3, HEAD), (4, [BODY[0], BODY[1], "2010-09-03", BODY[3]])]
    assert sheet.counts_from_1904 == bool(epoch)


def test_the_list_is_found_behind_a_cover_sheet_and_a_hidden_one(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["This workbook was made by the office"])
    hidden, pupils = book.create_sheet("Old"), book.create_sheet("Pupils")
    hidden.sheet_state = "hidden"
    for row in (HEAD, ["Hidden", "Nobody", "", ""]):
        hidden.append(row)
    for row in (HEAD, BODY):
        pupils.append(row)
    out = io.BytesIO()
    book.save(out)
    sheet = read(tmp_path, out.getvalue(), "list.xlsx")
    assert (sheet.name, cells(sheet)) == ("Pupils", [(1, HEAD), (2, BODY)])
    assert "Only the sheet “Pupils” was read" in sheet.notes[0]


def test_an_old_workbook(tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Pupils")
    for place, (head, body) in enumerate(zip(HEAD, BODY, strict=True)):
        page.write(1, place, head)
        page.write(2, place, body)
    out = io.BytesIO()
    book.save(out)
    assert cells(read(tmp_path, out.getvalue(), "list.xls")) == [(2, HEAD), (3, BODY)]


def test_an_open_document_sheet(tmp_path):
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
    assert cells(read(tmp_path, out.getvalue(), "list.ods")) == [(1, HEAD), (2, BODY)]


CTF = """<?xml version="1.0" encoding="utf-8"?><CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData><Pupil>
<UPN>R201100018042</UPN><Surname>SMITH</Surname><Forename>Ann</Forename><DOB>2010-09-03</DOB><Sex>F</Sex>
<BasicDetails><NCyearActual>11</NCyearActual><MedicalFlag>true</MedicalFlag></BasicDetails>
<SENhistory><SEN><StartDate>2020-01-01</StartDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2024-01-01</StartDate><SENprovision>E</SENprovision></SEN></SENhistory>
<Contacts><Contact><Surname>SECRET</Surname></Contact></Contacts></Pupil></CTFpupilData></CTfile>"""


def test_a_transfer_file_gives_only_what_careers_work_needs(tmp_path):
    sheet = read(tmp_path, CTF.encode(), "2014567_CTF_2014568_001.xml")
    pupil = dict(zip(sheet.rows[0].cells, sheet.rows[1].cells, strict=False))
    assert pupil["SEN provision"] == "E"
    assert pupil["NC year"] == "11"
    assert "SECRET" not in str(sheet)
    assert sheet.notes == ()


def test_an_unknown_version_is_read_with_a_warning(tmp_path):
    assert "version 93.0" in read(tmp_path, CTF.replace("25.0", "93.0").encode()).notes[0]


BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><CTfile>&b;</CTfile>'


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def encrypted_workbook():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600


def png():
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n\r\n", "empty"),
        (png(), "picture"),
        (b"\xff\xd8\xff\xe0 jpeg", "picture"),
        (b"%PDF-1.4", "PDF"),
        (BOMB.encode(), "document type"),
        (BOMB.encode("utf-16"), "document type"),
        (b"<ATfile/>", "Admissions Transfer File"),
        (b"<CTfile><CTFpupilData>", "broken"),
        (b"<CTfile/>", "no pupils"),
        (b"<Message/>", "begins with <Message>"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<html><body><table>", "web page"),
        (encrypted_workbook(), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "damaged"),
        (b"PK\x03\x04broken", "damaged"),
        (zipped(**{"readme.txt": "hello"}), "zip file"),
        (zipped(**{"word__document.xml": "<a/>"}), "word processor"),
        (zipped(**{"xl__workbook.xml": "<a/>", "xl__vbaProject.bin": "x"}), "macros"),
        (zipped(**{"xl__workbook.xml": "not xml", "[Content_Types].xml": "x"}), "damaged"),
        (zipped(**{f"part{n}": "x" for n in range(300)}), "too many parts"),
        (zipped(**{"xl__workbook.xml": b"0" * 60_000_000}), "unpacks to far more"),
        (bytes(range(256)) * 20, "not a list"),
        (b"Surname,Forename\n" + b"a," * 300 + b"\n", "more than 200 columns"),
        (b"Surname,Forename\n" + b"a,b\n" * 20_100, "more than 20,000 rows"),
        (b'Surname,Forename\n"' + b"x" * 300_000, "far too long"),
        (b'Surname,Forename\nSmith,Ann\n"Jones,Bob\nKhan,Kai\n', "A quotation mark is opened here"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_plain_sentence(tmp_path, content, words):
    began = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read(tmp_path, content)
    assert words in str(refusal.value)
    assert time.monotonic() - began < 10


def test_a_400_mb_zip_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(400 * 1024 * 1024)
    with pytest.raises(Unreadable, match="400 MB"):
        read_file(path)


def test_a_workbook_that_needs_endless_memory_is_a_refusal(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Surname"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Unreadable):
        read(tmp_path, out.getvalue(), "wide.xlsx")


def test_the_child_can_open_nothing(tmp_path):
    """With no descriptor to spare there is no file and no socket."""
    import subprocess
    import sys

    code = (
        "import socket\nfrom dekaan.exchange.reading.child import give_up\ngive_up()\n"
        "for act in (lambda: open('/etc/hostname'), lambda: socket.socket()):\n"
        "    try:\n        act()\n        print('opened')\n    except OSError:\n        print('refused')\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.stdout.split() == ["refused", "refused"], said.stderr


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000))
def test_any_bytes_are_rows_or_a_sentence(content):
    try:
        sheet = read_content(content)
    except Unreadable as refusal:
        assert str(refusal.problem)
        return
    assert all(cleaned(cell) == cell for row in sheet.rows for cell in row.cells)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_cleaning_is_done_once(text):
    try:
        once = cleaned(text)
    except ValueError:
        return
    assert not {character for character in once if ord(character) < 32}


@pytest.mark.parametrize("name", ["محمد علی‌پور", "👩‍🚀", "Zoë", "क्‍ष"])
def test_joiners_inside_words_stay(name):
    assert cleaned(f"  {name} ") == name


def test_a_lone_surrogate_is_refused():
    with pytest.raises(ValueError, match="damaged letter"):
        cleaned("Ann\ud800")


TITLED = """Pupil list,,,
Hill Top,,,
,,,
Surname,Forename,DOB,Reg Group
required,required,dd/mm/yyyy,text
Smith,Ann,03/09/2010,9A
Surname,Forename,DOB,Reg Group
Jones,Bo,04/09/2010,9A

Total: 2,,,
Printed on 24/11/2026,,,
"""


def test_headings_are_found_wherever_they_are_and_the_rest_is_set_aside_with_a_reason(tmp_path):
    table = understood(read(tmp_path, TITLED.encode()), "pupils")
    assert table.heading_row == 4
    assert [row.number for row in table.rows] == [6, 8]
    assert {row.number: row.why for row in table.set_aside} == {
        1: "stands above the headings",
        2: "stands above the headings",
        5: "explains the headings",
        7: "repeats the headings",
        10: "is a total or a footer",
        11: "is a total or a footer",
    }
    assert list(guessed(table.columns, "pupils").values()) == ["surname", "forename", "birth_date", "tutor_group"]


def test_repeated_headings_take_the_merged_heading_above(tmp_path):
    table = understood(
        read(tmp_path, b"UPN,Interview,,Visit,\n,Date,With,Date,With\nx,1,2,3,4\n".replace(b"\n,D", b"\nUPN,D")),
        "pupils",
    )
    assert [column.heading for column in table.columns][1:] == [
        "Interview: Date",
        "Interview: With",
        "Visit: Date",
        "Visit: With",
    ]


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        (
            "Adno,Surname Forename,DOB,Year taught in,Reg Group,UPN",
            "admission_number full_name birth_date year_group tutor_group upn",
        ),
        (
            "Arbor Student ID,Legal first name,Legal last name,Year group,Registration form",
            "mis_id forename surname year_group tutor_group",
        ),
        ("StudentID,LastName,FirstName,YearGroup,TutorGroup,ULN", "mis_id surname forename year_group tutor_group uln"),
        (
            "School ID,Forename,Preferred Name,Surname,NC Year,Form",
            "mis_id forename preferred_forename surname year_group tutor_group",
        ),
    ],
)
def test_the_headings_of_each_information_system_are_known(tmp_path, headings, meant):
    table = understood(
        read(tmp_path, f"{headings}\n{','.join('x' * 1 for _ in headings.split(','))}\n".encode()), "pupils"
    )
    assert list(guessed(table.columns, "pupils").values()) == meant.split()


def test_no_headings_is_said(tmp_path):
    with pytest.raises(Unreadable, match="row of headings"):
        understood(read(tmp_path, b"Ann,Smith,9A\nBo,Jones,9B\n"), "pupils")


def test_headings_and_nothing_else_is_said(tmp_path):
    with pytest.raises(Unreadable, match="no rows under"):
        understood(read(tmp_path, b"Surname,Forename,UPN\n"), "pupils")


@pytest.mark.parametrize(
    "text",
    ["03/09/2010", "3-9-10", "3.9.2010", "2010-09-03", "2010-09-03 00:00:00", "2010-09-03T00:00:00Z", "3 Sep 2010",
     "3rd September 2010", "Fri 3 Sep 2010", "September 3, 2010", "20100903", "40424", "40424.0", "03-Sep-10", "03/09/2010 00:00"],
)  # fmt: skip
def test_every_form_of_one_day(text):
    assert read_date(text) == datetime.date(2010, 9, 3)


def test_the_1904_count_is_four_years_and_a_day_later():
    assert read_date("38962", from_1904=True) == datetime.date(2010, 9, 3)


@pytest.mark.parametrize("text", ["", "1900-01-01", "01/01/1900", "0", "1", "-", "30/12/1899", "n/a"])
def test_none_in_every_spelling(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("31/02/2012", "there is no 31 February 2012"), ("29/02/2011", "there is no 29 February"), ("13/13/2010", "month 13"),
     ("soon", "not a date"), ("3 Foo 2010", "no month")],
)  # fmt: skip
def test_an_impossible_date_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        read_date(text)


@given(st.dates(datetime.date(1990, 1, 2), datetime.date(2030, 1, 1)))
def test_any_day_survives_being_written_and_read(day):
    assert read_date(day.strftime("%d/%m/%Y")) == day
    assert read_date(day.strftime("%m/%d/%Y"), day_first=False) == day
    assert read_date(f"{day.day} {day:%B} {day.year}") == day
    assert read_date(str((day - datetime.date(1899, 12, 30)).days)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text):
    try:
        read_date(text)
    except ValueError as error:
        assert str(error)


def test_day_order_is_asked_only_where_the_file_does_not_say():
    assert is_ambiguous("03/04/2010")
    assert not is_ambiguous("04/04/2010")
    assert not is_ambiguous("13/04/2010")
    assert day_comes_first(["03/04/2010", "25/04/2010"]) is True
    assert day_comes_first(["03/04/2010", "04/25/2010"]) is False
    assert day_comes_first(["03/04/2010"]) is None
    assert day_comes_first(["25/04/2010", "04/25/2010"]) is None
