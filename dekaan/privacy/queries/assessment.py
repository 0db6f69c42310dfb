"""The data protection impact assessment, filled in as far as the code and the school's records can say.

The headings are those that Article 35(7) of the UK GDPR and the Information Commissioner's template ask for.
"""

from datetime import date

from dekaan.core.academic_year import today
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.privacy.document import Document, Section, Table
from dekaan.privacy.models import DataProtection
from dekaan.privacy.queries.holdings import everything_held
from dekaan.schools.models import School

RISKS = [
    [
        "Somebody of another school sees a pupil",
        (
            "Every statement is limited to the school of the address; on PostgreSQL the database refuses by itself; the two "
            "are tested apart, over every address and role"
        ),
    ],
    [
        "Somebody of this school sees more than their work needs",
        (
            "Nothing is granted by being on the staff: a role says what and whom; governors and the trust see totals in "
            "which numbers under 6 are hidden"
        ),
    ],
    [
        "Special categories are held without need",
        "Special needs, ethnicity, pupil premium and the like are left out of a list unless a person switches each on",
    ],
    [
        "Data is kept too long",
        (
            "Once the school has said for how many years and has seen what goes, whoever left longer ago is erased by itself, "
            "named for 30 days before, unless a hold says why not"
        ),
    ],
    [
        "Somebody who was erased comes back from an old backup or an old list",
        "A keyed hash of the pupil's numbers is kept; a restore erases again, and a list does not bring them back",
    ],
    [
        "An answer to one pupil's request names another",
        "Values that name somebody else are held back until a person decides; two people release an answer",
    ],
    [
        "A list with far more than careers work needs is uploaded",
        (
            "Columns nobody asked for are not read; of a transfer file contacts' and medical data are never written down; "
            "uploaded files are deleted after 30 days"
        ),
    ],
]


def assessment(school: School, said: DataProtection) -> Document:
    """The impact assessment as it stands today."""
    return Document(
        title="Data protection impact assessment: careers records in Dekaan",
        school=school.name,
        day=in_words(today()),
        sections=[
            Section(
                "Who answers",
                [
                    (
                        f"Controller: {said.controller or 'not said yet'}. "
                        f"Registration with the Information Commissioner: {said.registration or 'not said yet'}."
                    ),
                    (
                        f"Data protection officer: {said.officer_name or 'not said yet'}"
                        f"{f', {said.officer_email}' if said.officer_email else ''}."
                    ),
                    f"Where it runs: {said.hosting or 'not said yet'}.",
                    f"Who handles the data for the school: {said.processors or 'not said yet'}.",
                    "Dekaan is software that the controller runs. Its makers hold none of this data and have no way in.",
                ],
            ),
            Section(
                "Why it is done",
                [
                    (
                        "Every pupil is owed independent careers guidance and encounters with employers, colleges, "
                        "universities and training providers (Education Act 1997, sections 42A to 45B; the Gatsby benchmarks "
                        "that the statutory guidance rests on). The school must know who has had what, and who misses out."
                    ),
                    (
                        "Pupils are children, so their interests come first: no profile is made for anybody outside the "
                        "school, nothing is advertised, and no decision is taken by the software."
                    ),
                ],
            ),
            Section(
                "About whom",
                [
                    (
                        f"Pupils: {Pupil.objects.count()}, with those who have left. Parents and carers: "
                        f"{Carer.objects.count()}. Staff: {StaffMember.objects.count()}."
                    ),
                ],
            ),
            Section(
                "What is held, why, on what ground and until when",
                tables=[
                    Table(
                        name,
                        ["What", "Why", "Ground", "Until"],
                        [[each.what, each.why, each.ground, each.until] for each in held],
                    )
                    for name, held in everything_held(said.keep_years).items()
                ],
            ),
            Section(
                "Whether it is needed, and no more than needed",
                [
                    (
                        "Attendance and membership of groups come from the information system, so nothing is asked twice. "
                        "Child-protection records are not kept here. A worry about safety goes to the safeguarding lead."
                    ),
                ],
            ),
            Section("What could go wrong, and what stands against it", tables=[Table("", ["Risk", "Measure"], RISKS)]),
            Section("What else we weighed", [said.risks or "Nothing has been added by the school yet."]),
            Section("Agreed", [_agreed(said)]),
        ],
    )


def _agreed(said: DataProtection) -> str:
    if said.agreed_on is None:
        return "Not agreed yet. The officer's advice and the controller's decision are recorded on the page."
    return f"Agreed on {in_words(said.agreed_on)}{f' by {said.agreed_by}' if said.agreed_by else ''}."


def in_words(day: date) -> str:
    """1 September 2026."""
    return f"{day.day} {day:%B %Y}"
