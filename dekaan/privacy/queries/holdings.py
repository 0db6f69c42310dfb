"""What is held about people, as the areas declare it."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from dekaan.access.personal_data import HELD as ACCESS
from dekaan.audit.personal_data import HELD as AUDIT
from dekaan.budget.personal_data import HELD as BUDGET
from dekaan.compass.personal_data import HELD as COMPASS
from dekaan.core.held import Holding, Until
from dekaan.curriculum.personal_data import HELD as CURRICULUM
from dekaan.destinations.personal_data import HELD as DESTINATIONS
from dekaan.evidence.personal_data import HELD as EVIDENCE
from dekaan.exchange.personal_data import HELD as EXCHANGE
from dekaan.handover.personal_data import HELD as HANDOVER
from dekaan.jobs.personal_data import HELD as JOBS
from dekaan.library.personal_data import HELD as LIBRARY
from dekaan.lists.personal_data import HELD as LISTS
from dekaan.measures.personal_data import HELD as MEASURES
from dekaan.participation.personal_data import HELD as PARTICIPATION
from dekaan.partners.personal_data import HELD as PARTNERS
from dekaan.people.personal_data import HELD as PEOPLE
from dekaan.plan.personal_data import HELD as PLAN
from dekaan.privacy.models import DataProtection
from dekaan.privacy.personal_data import HELD as PRIVACY
from dekaan.programme.personal_data import HELD as PROGRAMME
from dekaan.provider_requests.personal_data import HELD as PROVIDER_REQUESTS
from dekaan.publication.personal_data import HELD as PUBLICATION
from dekaan.quality.personal_data import HELD as QUALITY
from dekaan.reports.personal_data import HELD as REPORTS
from dekaan.schemes.personal_data import HELD as SCHEMES
from dekaan.schools.models import School
from dekaan.team.personal_data import HELD as TEAM
from dekaan.trusts.personal_data import HELD as TRUSTS
from dekaan.website.personal_data import HELD as WEBSITE

HELD: tuple[Holding, ...] = (
    *PEOPLE, *PARTNERS, *PARTICIPATION, *PROGRAMME, *QUALITY, *CURRICULUM,
    *SCHEMES, *LIBRARY, *EVIDENCE, *DESTINATIONS, *LISTS, *COMPASS, *TEAM, *BUDGET, *PLAN, *MEASURES, *EXCHANGE,
    *REPORTS, *PUBLICATION, *PROVIDER_REQUESTS, *WEBSITE, *TRUSTS, *HANDOVER, *PRIVACY, *ACCESS,
    *JOBS, *AUDIT,
)  # fmt: skip
ABOUT = {
    "pupil": "Pupils",
    "carer": "Parents and carers",
    "staff": "Staff, employers' and providers' people in sessions",
    "provider": "Providers who ask to meet pupils",
    "contact": "People at employers and providers",
    "account": "Those who sign in",
}
CLASSES = {
    "P": "programme",
    "D": "directory",
    "E": "encounters and attendance",
    "A": "action plan",
    "N": "guidance notes",
    "I": "intentions and destinations",
    "S1": "support summary",
    "S2": "special educational needs",
    "S3": "other flags",
    "G": "marker to speak to the safeguarding lead first",
    "W": "placement whereabouts",
    "X": "employers and providers",
    "R": "totals",
    "U": "accounts and roles",
    "L": "audit",
    "T": "terms of a post",
}


@dataclass(frozen=True)
class Held:
    """One holding in the words of the page."""

    what: str
    why: str
    ground: str
    until: str
    classes: str


def model_of(holding: Holding) -> type[models.Model]:
    """The model that the holding names."""
    return apps.get_model(holding.model)


def held_about(about: str) -> list[Holding]:
    """Every holding that reaches people of that kind."""
    return [holding for holding in HELD if holding.about == about]


def until_in_words(until: Until, years: int) -> str:
    """When a holding goes, at a school that keeps records for so many years after leaving."""
    return {
        Until.LEAVING: f"{years} years after the pupil has left; from Year 11 on two months after they are asked for the last "
        "time in those years where they are",
        Until.WITH_CHILD: "with the last child whom they care for",
        Until.WORKING_HERE: f"{years} years after they stopped working here; then without their name",
        Until.ACCOUNT: "as long as what the account did is kept, since somebody answers for it",
        Until.CONTACT: f"{years} years after the last business with them or their organisation, or when somebody erases them",
        Until.EVIDENCE: f"{years} years after the evidence has expired or was set aside, or when somebody removes it",
        Until.ANSWERED: "four months after the request is over (after the visit, where there is one), and after a year in "
        "any case; the line in the log stays, without a name",
        Until.SAID: f"{years} years after it was said; then without the name",
        Until.TAUGHT: f"{years} years after the last pupils of its year have left; if it was refused, or nobody decided on "
        f"it, {years} years after it came",
        Until.UNDO: "30 days, the time for undo",
        Until.YEAR: "a year",
        Until.FOR_GOOD: "for good, without a name: it leads to nobody once the person is erased",
    }[until]


def everything_held(years: int) -> dict[str, list[Held]]:
    """For each kind of person what is held, why, on what ground and until when."""
    return {
        name: [
            Held(each.what, each.why, str(each.ground), until_in_words(each.until, years), _classes(each))
            for each in held_about(about)
        ]
        for about, name in ABOUT.items()
    }


def _classes(holding: Holding) -> str:
    said = getattr(model_of(holding), "data_classes", {})
    return ", ".join(f"{CLASSES[letter]} ({letter})" for letter in sorted(set(said.values())))


def data_protection(school: School) -> DataProtection:
    """What the school in scope has said of its data protection; before it has, what is usual."""
    said = DataProtection.objects.first()
    if said is None:
        # The trust is the legal person that answers for its academies.
        said = DataProtection(school=school, controller=school.trust.name if school.trust else school.name)
    return said


def not_said_yet(said: DataProtection) -> list[str]:
    """What a data protection officer would ask for first."""
    asked = {
        "officer_name": "who the data protection officer is",
        "hosting": "where it runs",
        "processors": "who handles the data for the school",
        "registration": "the registration with the Information Commissioner",
        "agreed_on": "when the impact assessment was agreed",
    }
    return [words for name, words in asked.items() if not getattr(said, name)]
