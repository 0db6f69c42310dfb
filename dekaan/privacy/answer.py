"""The answer to a subject access request: a page to read, the same as PDF, and JSON for machines, in one zip."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from dekaan.core.academic_year import today
from dekaan.core.held import Holding
from dekaan.privacy.document import Document, Section, Table, as_pdf
from dekaan.privacy.models import Case, DataProtection
from dekaan.privacy.queries.assessment import in_words
from dekaan.privacy.queries.holdings import until_in_words
from dekaan.privacy.queries.pack import Pack
from dekaan.schools.models import School

MOST_COLUMNS = 6


def answer(school: School, said: DataProtection, case: Case, pack: Pack) -> bytes:
    """The zip: `answer.html`, `answer.pdf`, `answer.json`."""
    document = answer_document(school, said, case, pack)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("answer.html", render_to_string("privacy/answer.html", {"document": document}))
        zipped.writestr("answer.pdf", as_pdf(document))
        zipped.writestr("answer.json", json.dumps(_as_data(school, said, case, pack), ensure_ascii=False, indent=1))
    return out.getvalue()


def answer_document(school: School, said: DataProtection, case: Case, pack: Pack) -> Document:
    """What is held about the pupil, in words; holdings without a row are named."""
    full = [part for part in pack.parts if part.rows]
    empty = [part.holding.what for part in pack.parts if not part.rows]
    return Document(
        title=f"What {school.name} holds about {case.pupil.name if case.pupil else 'the pupil'} for careers guidance",
        school=school.name,
        day=in_words(today()),
        sections=[
            Section(
                "About this answer",
                [
                    f"Reference {case.reference}, received on {in_words(case.received_on)}.",
                    f"The controller is {said.controller}."
                    + (
                        f" The data protection officer is {said.officer_name}, {said.officer_email}."
                        if said.officer_name
                        else ""
                    ),
                    (
                        "The information comes from the school's information system, from lists that its staff brought in, and "
                        "from what its staff recorded of careers activities. It is seen by the school's staff as their work "
                        "needs. No decision is made by software."
                    ),
                    (
                        "You may ask for anything wrong to be put right, for data to be erased or its use to be restricted, and "
                        "you may object. You may complain to the school, and to the Information Commissioner (ico.org.uk)."
                    ),
                    "Where it says [held back], a person has decided that it is about somebody else, or it still may be.",
                ],
            ),
            *(_section(part.holding, said.keep_years, _table(pack, part.rows)) for part in full),
            Section("Nothing is held here of", empty),
        ],
    )


def _section(holding: Holding, years: int, table: Table) -> Section:
    words = [f"Why: {holding.why}. Ground: {holding.ground}. Kept until: {until_in_words(holding.until, years)}."]
    return Section(holding.what, words, [table])


def _table(pack: Pack, rows: list) -> Table:
    names = list(dict.fromkeys(value.name for row in rows for value in row))
    if len(names) <= MOST_COLUMNS:
        cells = [{value.name: pack.shown(value) for value in row} for row in rows]
        return Table("", names, [[row.get(name, "") for name in names] for row in cells])
    lines = [[str(number), "; ".join(f"{v.name}: {pack.shown(v)}" for v in row)] for number, row in enumerate(rows, 1)]
    return Table("", ["No.", "What is held"], lines)


def _as_data(school: School, said: DataProtection, case: Case, pack: Pack) -> dict:
    return {
        "school": school.name,
        "controller": said.controller,
        "reference": case.reference,
        "made_on": today().isoformat(),
        "held": [
            {
                "kind": part.holding.model,
                "what": part.holding.what,
                "why": part.holding.why,
                "ground": str(part.holding.ground),
                "kept_until": until_in_words(part.holding.until, said.keep_years),
                "rows": [{value.name: pack.shown(value) for value in row} for row in part.rows],
            }
            for part in pack.parts
        ],
    }
