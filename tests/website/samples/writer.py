"""Writes the sample pages: careers pages of an invented school in the ways in which real ones are built, faults seeded.

    python -m tests.website.samples.writer

Each page lies in the folder of its style; faults.csv says beside each which fault is in it and what must be found.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from random import Random

from tests.website.samples.styles import STYLES, Parts

HERE = Path(__file__).resolve().parent
ON = date(2026, 11, 28)
LEADER, EMAIL, TELEPHONE, REVIEW = "Priya Raman", "priya.raman@ashdown.example", "01632 960123", date(2027, 9, 1)


@dataclass(frozen=True)
class Fault:
    """A fault that is seeded: what must be found of it, as item and state, and nothing else."""

    key: str
    finds: dict[str, str] = field(default_factory=dict)
    styles: tuple[str, ...] = ()  # those that it is seeded in; empty for all that rotate
    is_policy: bool = False
    leader: str = ""  # of our records and the page, where it is not the usual one
    named: str = ""  # as the page names them
    role: str = ""
    no_number: bool = False  # whether our records hold no telephone number


MISSING, PAST, DIFFERENT, UNREAD = "missing", "out-of-date", "different", "could-not-read"
CLEAN = Fault("clean")
FAULTS = (
    Fault("no-name", {"W1": MISSING}),
    Fault("other-name", {"W1": DIFFERENT}),
    Fault("no-email", {"W2-email": MISSING}),
    Fault("other-email", {"W2-email": DIFFERENT}),
    Fault("no-telephone", {"W2-telephone": MISSING}),
    Fault("other-telephone", {"W2-telephone": DIFFERENT}),
    Fault("pictured-telephone", {"W2-telephone": UNREAD}),
    Fault("no-programme", {"W3": MISSING, "W9": MISSING}),
    Fault("old-programme", {"W3": PAST}),
    Fault("no-employers", {"W4": MISSING, "W9": MISSING}),
    Fault("no-impact", {"W5": MISSING}),
    Fault("no-review", {"W6": MISSING}),
    Fault("past-review", {"W6": PAST}),
    Fault("other-review", {"W6": DIFFERENT}),
    Fault("no-statement", {"W7": MISSING}),
    Fault("trusts-statement", {"W7": MISSING}),
    Fault("no-procedure", {"S1": MISSING}),
    Fault("no-grounds", {"S2": MISSING}),
    Fault("no-premises", {"S3": MISSING}),
    Fault("no-six", {"S4": MISSING}),
    Fault("no-approval", {"S5": MISSING}),
    Fault("past-statement", {"S5": PAST}),
    Fault("no-guidance", {"W8": MISSING}),
    Fault("no-outcomes", {"W10": MISSING}),
    Fault("no-destinations", {"W11": MISSING}),
    Fault("no-accessibility", {"W12": MISSING}),
)
# Names, posts and dates in ways that are right, so that nothing may be found of them.
RIGHT = (
    Fault("ordinary-hall", leader="Sarah Hall", named="Mrs Sarah Hall"),
    Fault("ordinary-west", leader="Mark West", named="Mark West"),
    Fault("month-for-a-name", leader="June Page", named="June Page"),
    Fault("two-capitals", leader="LeAnne DeSouza", named="Ms LeAnne DeSouza"),
    Fault("scottish-initial", leader="Ian MacDonald", named="I. MacDonald"),
    Fault("polish-name", leader="Ewa Żak", named="Ewa Żak"),
    Fault("turkish-name", leader="Elif Şahin", named="Ms Elif Şahin"),
    Fault("vietnamese-name", leader="Minh Nguyễn", named="Mr Minh Nguyễn"),
    Fault("capitals", leader="Jane Smith", named="MRS J SMITH"),
    Fault("work-experience-lead", role="Careers and Work Experience Lead"),
    Fault("ceiag-lead", role="Lead for CEIAG"),
    Fault("apostrophe-leader", role="Careers’ Leader"),
    Fault("short-review"),
)
# What sounds as if it were said, and is said of something else.
SOUNDS = (
    Fault("other-policys-review", {"W6": MISSING}),
    Fault("impact-of-attendance", {"W5": MISSING}),
    Fault("welcome-at-sports-day", {"W4": MISSING, "W9": MISSING}),
    Fault("library-closes", {"S3": MISSING}),
    Fault("only-a-fax", {"W2-telephone": MISSING}, no_number=True),
    Fault("trust-lists-schools", {"W7": MISSING}),
)
# An item of several parts of which only one is said; and all parts said in ways of their own.
IN_PART = (
    Fault("parents-only-informed", {"W10": MISSING}),
    Fault("plan-of-a-pupil", {"W10": MISSING}),
    Fault("only-refusing", {"S2": MISSING}),
    Fault("only-granting", {"S2": MISSING}),
    Fault("not-granted-in-examinations", {"S2": MISSING}),
    Fault("governors-agreed-a-budget", {"S5": MISSING}),
    Fault("yet-to-be-approved", {"S5": MISSING}),
    Fault("granted-unless"),
    Fault("yes-and-no"),
    Fault("approval-in-a-line"),
    Fault("governors-agreed-it"),
)
GROUNDS = {
    "only-refusing": "We may refuse a request that clashes with examinations.",
    "only-granting": "Requests are granted wherever we can, in assemblies and careers fairs.",
    "not-granted-in-examinations": "Access will not be granted in the examination season.",
    "granted-unless": "Access is granted unless it clashes with examinations or rooms are not free.",
    "yes-and-no": "Providers are always welcome at our careers fairs and assemblies. A request is turned down where pupils would miss an examination.",
}
APPROVED = {
    "no-approval": "Next review: {when}.",
    "governors-agreed-a-budget": "The governing board has agreed a budget for careers. Next review: {when}.",
    "yet-to-be-approved": "This statement is to be approved by the governing board. Next review: {when}.",
    "approval-in-a-line": "Approval by the full governing body: July 2025. Next review: {when}.",
    "governors-agreed-it": "The governors agreed this statement in July 2025. Next review: {when}.",
}
BY_KEY = {each.key: each for each in FAULTS}
# Each style is written clean, with these, and with what only it can have.
LAW = ("no-name", "no-email", "no-telephone", "past-review", "no-statement")
TURNS = [each.key for each in FAULTS if each.key not in LAW]
OWN: dict[str, tuple[Fault, ...]] = {
    "policy_pdf": (
        Fault("scanned-policy", {"W7": UNREAD}),
        Fault("locked-policy", {"W7": UNREAD}),
    ),
}


def plan() -> list[tuple[str, Fault]]:
    """Every style with its faults: those in law for each, the others in turn, so that each is seeded at least twice."""
    found: list[tuple[str, Fault]] = []
    built = [each for each in STYLES if each != "script_built"]
    for number, style in enumerate(built):
        found.append((style, CLEAN))
        found += [(style, BY_KEY[key]) for key in LAW]
        found += [(style, BY_KEY[TURNS[(number * 5 + step) % len(TURNS)]]) for step in range(5)]
        found += [(style, each) for each in OWN.get(style, ())]
    plain = [each for each in built if each not in {"policy_pdf", "staff_list"}]
    found += [(plain[number % len(plain)], each) for number, each in enumerate((*RIGHT, *SOUNDS, *IN_PART))]
    everything = ("W1", "W2-email", "W2-telephone", *(f"W{number}" for number in range(3, 13)))
    found.append(("script_built", Fault("script-built", dict.fromkeys(everything, UNREAD))))
    return found


@dataclass
class Sample:
    """One sample: its page, and the statement as a PDF where it is a file of its own (as typst's source)."""

    style: str
    fault: Fault
    page: str
    policy: str = ""

    @property
    def name(self) -> str:
        return f"{self.style}/{self.fault.key}"

    @property
    def ours(self) -> str:
        """What our records say otherwise than they do for most."""
        return self.fault.leader or "no telephone" * self.fault.no_number

    @property
    def expects(self) -> str:
        return "; ".join(f"{key} {state}" for key, state in self.fault.finds.items()) or "nothing"


def samples() -> list[Sample]:
    """All of them, the same every time."""
    return [_sample(style, fault) for style, fault in plan()]


def _sample(style: str, fault: Fault) -> Sample:
    rng = Random(f"{style}-{fault.key}")
    parts = _parts(rng, fault)
    page, policy = STYLES[style](parts, rng)
    return Sample(style, fault, page, policy)


def _parts(rng: Random, seeded: Fault) -> Parts:
    """What the page says, part by part, with the fault in it."""
    fault = seeded.key
    pick: Callable[..., str] = lambda *ways: rng.choice(ways)  # noqa: E731 short for forty lines of wording
    name = pick("Mrs P Raman", "Priya Raman", "Ms Priya Raman", "Mrs. Raman")
    email, telephone = EMAIL, pick(TELEPHONE, "(01632) 960 123", "+44 (0)1632 960123", "01632 960123 ext. 214")
    year = pick("2026/27", "2026-27", "2026–2027")
    review = pick("September 2027", "1 September 2027", "1st September 2027", "01/09/2027", "Autumn Term 2027")
    name = seeded.named or name
    if fault == "only-a-fax":
        telephone = "Fax: 01632 960 777"
    if fault == "other-name":
        name = pick("Mr John Fielding", "Mrs S Okoro", "Dr Alan Pryce")
    if fault == "other-email":
        email = "j.fielding@ashdown.example"
    if fault == "other-telephone":
        telephone = pick("01632 960777", "(01632) 960777")
    if fault == "past-review":
        review = pick("September 2026", "1 September 2026", "July 2025", "31/08/2026", "Summer Term 2026")
    if fault == "other-review":
        review = pick("July 2027", "1 February 2027", "Spring Term 2027")
    if fault == "old-programme":
        year = pick("2024/25", "2025-26", "2023-2024")
    return Parts(
        fault=fault,
        role=seeded.role or pick("Careers Leader", "Careers Lead", "Head of Careers", "Careers and Employability Lead"),
        name="" if fault == "no-name" else name,
        email="" if fault == "no-email" else email,
        telephone="" if fault in {"no-telephone", "pictured-telephone"} else telephone,
        intro=pick(
            "At Ashdown School we want every young person to leave with a plan and the confidence to follow it.",
            "We are ambitious for everyone at Ashdown. Preparing for working life begins in the first week.",
        ),
        programme_title=pick(
            "Our careers programme {year}",
            "Careers programme {year}",
            "CEIAG programme {year}",
            "Careers education programme {year}",
        ).format(year=year),
        programme=()
        if fault == "no-programme"
        else (
            (
                "Year 7",
                pick(
                    "Dream jobs project and a visit from people who work in the town.",
                    "Who works here? Interviews with staff about their first jobs.",
                ),
            ),
            (
                "Year 8",
                pick(
                    "A day with three local companies and a college taster.",
                    "Enterprise week, and a morning at the college.",
                ),
            ),
            ("Year 9", "Options assemblies, an apprenticeship provider in school and a labour market lesson."),
            ("Year 10", "A week of work experience and mock interviews."),
            ("Year 11", "Applications to college, sixth form and apprenticeships, with help from tutors."),
            ("Year 12", "University visits, a second placement and personal statements."),
            ("Year 13", "Applications, degree apprenticeships and life after school."),
        ),
        audiences=pick(
            "Pupils, parents and carers, teachers and employers can find information about the programme on this page or from our {role}.",
            "Information for students, parents, staff and employers is given here; anyone may contact us for more details.",
            "How students, parents and carers, teachers and employers can access information about what we offer: read on, or get in touch.",
        )
        if fault not in {"no-employers", "welcome-at-sports-day"}
        else "Pupils get help when they ask. Parents are welcome at sports day. Staff are here to help. Employers may hire the hall."
        if fault == "welcome-at-sports-day"
        else pick(
            "Pupils, parents and carers and teachers can find information on this page.",
            "Information for students, parents and staff is given here; anyone may contact us for more details.",
        ),
        impact=""
        if fault == "no-impact"
        else "The impact of poor attendance on GCSE grades is monitored."
        if fault == "impact-of-attendance"
        else pick(
            "We measure and assess the impact of our careers programme on pupils through surveys, destinations data and what employers tell us.",
            "The impact of the programme is measured each term with a pupil questionnaire and discussed by governors.",
            "We evaluate the effectiveness of careers education every year, using what pupils say and where they go next.",
        ),
        review=""
        if fault == "no-review"
        else "Our safeguarding policy will be reviewed on 1 May 2027."
        if fault == "other-policys-review"
        else "Policy review: Sept 2027"
        if fault == "short-review"
        else pick(
            "Next review: {when}",
            "Date of next review: {when}",
            "The information on this page will be reviewed in {when}.",
            "This information is due to be reviewed: {when}",
        ).format(when=review),
        guidance=""
        if fault == "no-guidance"
        else pick(
            "Every pupil in Year 11 has a personal guidance meeting with our adviser. To ask for one, speak to your tutor.",
            "Students can book a one-to-one careers interview with an independent careers adviser, Grace Bell.",
        ),
        parents=""
        if fault == "parents-only-informed"
        else "Parents and carers are invited to our options evening and to every careers fair.",
        outcomes=""
        if fault == "no-outcomes"
        else pick(
            "By the end of Key Stage 3 pupils can name routes that lead to a job that they like.",
            "Our learning outcomes follow the CDI framework.",
        ),
        plan="Every pupil keeps a personal development plan, and our careers strategy is shared with staff."
        if fault == "plan-of-a-pupil"
        else "Careers education is part of the school development plan.",
        destinations=""
        if fault == "no-destinations"
        else pick(
            "Destinations of our Year 11 leavers: 97% stayed in education or went into an apprenticeship.",
            "Last year 96% of leavers had a confirmed destination in education, training or work.",
        ),
        accessibility=fault != "no-accessibility",
        adviser=("Grace Bell", "Careers Adviser", "grace.bell@guidance.example", "01632 960555"),
        office="01632 960000",
        statement=_statement(rng, fault, name=name, email=email, telephone=telephone),
    )


def _statement(rng: Random, fault: str, *, name: str, email: str, telephone: str) -> tuple[tuple[str, str], ...]:
    if fault == "no-statement":
        return ()
    school = "Ashdown School"
    if fault == "trusts-statement":
        school = "all academies in the Weirbrook Learning Trust"
    if fault == "trust-lists-schools":
        school = "Ashdown School, Beckford Academy, Millbrook High School and all academies in the trust"
    when = "July 2026" if fault == "past-statement" else rng.choice(("July 2027", "1 July 2027", "Summer Term 2027"))
    contact = ", ".join(
        each for each in (name if fault != "no-name" else "", EMAIL if fault != "no-email" else "") if each
    )
    parts = {
        "Introduction": f"This statement sets out how {school} gives providers of technical education and apprenticeships "
        "the opportunity to talk to pupils in Years 8 to 13. It follows section 42B of the Education Act 1997.",
        "Management of provider requests": "A provider wishing to request access should contact "
        + (f"the careers team: {contact}." if contact else "the careers team."),
        "Granting and refusing requests": rng.choice(
            (
                "Providers may join our assemblies, lessons and careers fairs. We may refuse a request that clashes with examinations or where rooms and staff are not free.",
                "Requests are granted wherever we can. A request may be declined if it falls in the examination season.",
            )
        )
        if fault not in GROUNDS
        else GROUNDS[fault],
        "Premises and facilities": "The school will make the main hall, classrooms or private meeting rooms available, "
        "with a projector and other equipment."
        if fault != "library-closes"
        else "Our library closes at four.",
        "Opportunities for access": rng.choice(
            (
                "Pupils have at least two encounters with providers in Years 8 and 9, two in Years 10 and 11 and two in Years 12 and 13, in the school day.",
                "We offer six encounters in all: two encounters for pupils during the first key phase, two in the second and two in the third.",
            )
        ),
        "Approval and review": f"Approved by the governing board in July 2025. Next review: {when}."
        if fault not in APPROVED
        else APPROVED[fault].format(when=when),
    }
    gone = {
        "no-procedure": "Management of provider requests",
        "no-grounds": "Granting and refusing requests",
        "no-premises": "Premises and facilities",
        "no-six": "Opportunities for access",
    }.get(fault)
    return tuple((head, words) for head, words in parts.items() if head != gone)


def table(written: list[Sample]) -> str:
    """The fault beside each sample, and what must be found."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["page", "style", "fault", "must find", "our records"])
    for each in written:
        rows.writerow([f"{each.name}.html", each.style, each.fault.key, each.expects, each.ours])
    return out.getvalue()


def main() -> None:
    """Write every page, every policy and the table."""
    from tests.website.samples.pdfs import pdf_of  # typst is slow to load and not needed to read the samples

    written = samples()
    for each in written:
        path = HERE / f"{each.name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(each.page, encoding="utf-8")
        if each.policy:
            path.with_suffix(".pdf").write_bytes(pdf_of(each.policy, each.fault.key))
    (HERE / "faults.csv").write_text(table(written), encoding="utf-8")
    print(f"{len(written)} samples written.")


def text(words: str) -> str:
    return escape(words, quote=False)


if __name__ == "__main__":
    main()
