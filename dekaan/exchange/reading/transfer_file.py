"""The Common Transfer File, any version.

Only what careers work needs leaves this file: contacts, addresses and medical data are dropped at the door.
"""

import re

from lxml import etree

from dekaan.exchange.reading.sheet import ROW_LIMIT, Row, Sheet, Unreadable

NEWEST_KNOWN = 26.0
OLDEST_KNOWN = 7.0
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

# Heading as it is shown, and where in <Pupil> it stands: the first path that holds something.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "UPN": ("UPN",),
    "Former UPN": ("BasicDetails/FormerUPN",),
    "ULN": ("UniqueLearnerNumber", "ULN"),
    "Surname": ("Surname",),
    "Forename": ("Forename",),
    "Preferred surname": ("BasicDetails/PreferredSurname",),
    "Preferred forename": ("BasicDetails/PreferredForename",),
    "Date of birth": ("DOB",),
    "Sex": ("Sex", "Gender"),
    "NC year": ("BasicDetails/NCyearActual", "NCyearActual"),
    "Ethnicity": ("BasicDetails/Ethnicity",),
    "Enrolment status": ("BasicDetails/EnrolStatus",),
    "SEN provision": ("SENhistory/SEN", "BasicDetails/SENprovision"),
    "Looked after": ("LookedAfter/InCare",),
}


def read_transfer_file(content: bytes) -> Sheet:
    """The pupils of a Common Transfer File as rows numbered from 1, the first pupil being row 1."""
    plain = content.replace(b"\x00", b"")
    if _DOCTYPE.search(plain):
        raise Unreadable("The file declares a document type or entities, which a Common Transfer File never does.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise Unreadable(f"The XML is broken at line {line}: the file may have been cut short.") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The file declares a document type, which a Common Transfer File never does.")
    kind = etree.QName(root).localname
    if kind == "ATfile":
        raise Unreadable(
            "This is an Admissions Transfer File: children who may come. Use the Common Transfer File instead."
        )
    if kind != "CTfile":
        raise Unreadable(f"This XML file begins with <{kind[:40]}>; a Common Transfer File begins with <CTfile>.")
    pupils = root.findall("CTFpupilData/Pupil")
    if not pupils:
        raise Unreadable("The Common Transfer File holds no pupils.")
    if len(pupils) > ROW_LIMIT:
        raise Unreadable(f"The file has {len(pupils):,} pupils; {ROW_LIMIT:,} is the most in one file.")
    rows = [Row(0, tuple(ELEMENTS))]
    rows += [
        Row(number, tuple(_value(pupil, paths) for paths in ELEMENTS.values()))
        for number, pupil in enumerate(pupils, start=1)
    ]
    return Sheet(kind="ctf", rows=tuple(rows), notes=_notes(root), about=_header(root))


def _value(pupil: etree._Element, paths: tuple[str, ...]) -> str:
    for path in paths:
        if path == "SENhistory/SEN":
            found = _latest_sen(pupil)
        else:
            found = pupil.findtext(path) or ""
        if found.strip():
            return found
    return ""


def _latest_sen(pupil: etree._Element) -> str:
    spells = pupil.findall("SENhistory/SEN")
    if not spells:
        return ""
    latest = max(spells, key=lambda spell: spell.findtext("StartDate") or "")
    return latest.findtext("SENprovision") or ""


def _header(root: etree._Element) -> dict[str, str]:
    paths = {
        "version": "CTFversion",
        "qualifier": "DocumentQualifier",
        "written": "DateTime",
        "source_authority": "SourceSchool/LEA",
        "source_establishment": "SourceSchool/Estab",
        "destination_authority": "DestSchool/LEA",
        "destination_establishment": "DestSchool/Estab",
    }
    return {key: (root.findtext(f"Header/{path}") or "").strip()[:60] for key, path in paths.items()}


def _notes(root: etree._Element) -> tuple[str, ...]:
    version = (root.findtext("Header/CTFversion") or "").strip()
    try:
        known = OLDEST_KNOWN <= float(version) <= NEWEST_KNOWN
    except ValueError:
        known = False
    said = f"version {version[:10]}" if version else "no version"
    return (
        ()
        if known
        else (f"The file says {said} of the Common Transfer File, which we have not met; check the preview.",)
    )
