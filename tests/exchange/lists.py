"""Invented pupil lists of any size, as an information system would write them, and the faults that real ones have."""

import csv
import io
import random

from dekaan.core.identifiers import upn_check_letter

SURNAMES = [
    "Smith",
    "Khan",
    "O'Neill",
    "Nowak",
    "Begum",
    "Jones",
    "Okafor",
    "Ó Briain",
    "Patel",
    "Zhang",
    "MacDonald",
    "à Becket",
]
FORENAMES = ["Amelia", "Zoë", "Mohammed", "Jakub", "Siân", "Kai", "Noor", "Isla", "Tomasz", "Adaeze", "Wei", "Étienne"]
HEADINGS = [
    "Adno",
    "UPN",
    "Legal Surname",
    "Legal Forename",
    "DOB",
    "Sex",
    "Year",
    "Reg Group",
    "SEN Status",
    "Pupil Premium",
]


def pupil(number, dice):
    year = 7 + number % 7
    body = f"2014567{26 - (year - 7):02d}{number % 1000:03d}"
    return {
        "Adno": f"{number:06d}",
        "UPN": upn_check_letter(body[:12]) + body[:12],
        "Legal Surname": f"{dice.choice(SURNAMES)}-{dice.choice(SURNAMES)}",
        "Legal Forename": dice.choice(FORENAMES),
        "DOB": f"{1 + number % 28:02d}/{1 + number % 12:02d}/{2026 - year - 5}",
        "Sex": "FM"[number % 2],
        "Year": f"Year {year}",
        "Reg Group": f"{year}{'ABCDE'[number % 5]}",
        "SEN Status": "NNNNKE"[number % 6],
        "Pupil Premium": "YNNN"[number % 4],
    }


def pupils(count, seed=1):
    dice = random.Random(seed)
    return [pupil(number, dice) for number in range(1, count + 1)]


def as_csv(rows, headings=HEADINGS):
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faulty(rows, seed=2):
    """The same list with the faults of real ones; answers with the text (Windows-1252) and how many rows it holds."""
    dice = random.Random(seed)
    rows = [dict(row) for row in rows]
    for row in rows:
        fault = dice.randrange(40)
        if fault == 0:
            row["DOB"] = "31/02/2012"
        elif fault == 1:
            row["UPN"] = "9.99900E+12"
        elif fault == 2:
            row["UPN"] = ""
        elif fault == 3:
            row["Legal Surname"] = row["Legal Surname"].upper()
        elif fault == 4:
            row["DOB"] = "1900-01-01"
        elif fault == 5:
            row["Year"] = "??"
        elif fault == 6:
            row["Legal Forename"] = "  " + row["Legal Forename"] + "  "
        elif fault == 7:
            row["UPN"] = "Z" + row["UPN"][1:]
        elif fault == 8:
            row["Legal Forename"] = ""
        elif fault == 9:
            row["SEN Status"] = "Q"
        elif fault == 10:
            row["DOB"] = "40424"
    rows.append(dict(rows[3]))  # the same pupil twice
    text = as_csv(rows)
    lines = text.split("\r\n")
    lines = [
        "Pupil list,,,,,,,,,",
        "Hill Top Academy,,,,,,,,,",
        "",
        *lines[:1],
        "required,required,text,text,dd/mm/yyyy,,,,,",
        *lines[1:-1],
    ]
    lines += ["", f"Total: {len(rows)}", "Printed on 24/11/2026 by Priya Leader"]
    return "\r\n".join(lines).encode("cp1252"), len(rows)
