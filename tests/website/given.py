"""A careers page of Ashdown's, whole or with faults, as its own server would give it."""

from collections.abc import Iterator
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, today, year_label

AT = "http://www.ashdown.example/careers/"


def careers_page(
    *, telephone: str = "01632 960123", review: date | None = None, name: str = "Priya Raman", link: str = ""
) -> str:
    """Everything that must stand there, as of today."""
    to_come = review or today() + timedelta(days=200)
    email = "priya@ashdown.example"
    call = f", telephone {telephone}" if telephone else ""
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Careers at Ashdown</title></head><body><main>
<h1>Careers</h1><p>Our Careers Leader is {name}, {email}{call}.</p>
<h2>Our careers programme {year_label(academic_year_of(today()))}</h2><ul><li>Year 7: dream jobs.</li><li>Year 8: three companies.</li>
<li>Year 9: options and an apprenticeship provider.</li><li>Year 10: a week of work experience.</li><li>Year 11: applications.</li></ul>
<p>Pupils, parents and carers, teachers and employers can find information about the programme on this page.</p>
<p>Parents and carers are invited to the options evening. By the end of Key Stage 3 pupils can name routes. It is part of the school development plan.</p>
<p>Every pupil in Year 11 has a personal guidance meeting; ask your tutor.</p>
<p>We measure and assess the impact of our careers programme on pupils each term.</p>
<p>Destinations of our Year 11 leavers: 97% stayed in education.</p>{link}
<h2>Provider access policy statement</h2><p>This statement sets out how Ashdown School gives providers access to pupils in Years 8 to 13.</p>
<p>A provider wishing to request access should contact {email}.</p><p>Requests are granted wherever we can. We may refuse a request that clashes with examinations.</p>
<p>The main hall is available.</p><p>Pupils have at least two encounters with providers in each key phase.</p>
<p>Approved by the governing board. Next review: {to_come:%B %Y}.</p>
<h2>This page</h2><p>Date of the next review of this information: {to_come:%-d %B %Y}.</p></main>
<footer><a href="/accessibility/">Accessibility</a></footer></body></html>"""


def past() -> date:
    """A day that has passed."""
    return today() - timedelta(days=45)


def lines_of(check) -> Iterator[tuple[str, str]]:
    """Each item of a check that is not as it should be."""
    for each in check.findings:
        if each["state"] != "present":
            yield each["key"], each["state"]
