"""The first school's website, as a page that was saved: two things on it are to be mended."""

from datetime import date, timedelta
from importlib.resources import files

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.publication.queries import facts_now
from dekaan.schools.models import School
from dekaan.website.changes import keep_saved_check, watch_website
from dekaan.website.queries import read_files


def write_website(school: School, *, by: User, today: date) -> None:
    """The school has said where its careers page is, and a saved copy of it was checked, after its facts were said."""
    address = f"https://www.{school.slug}.example/careers/"
    watch_website(address, by=by)
    words = files("dekaan.demo").joinpath("data", "careers-page.txt").read_text(encoding="utf-8")
    page = words.format(
        name=by.name,
        email=facts_now(school).leader_email,
        school=school.name,
        address=address,
        year=year_label(academic_year_of(today)),
        passed=f"{today - timedelta(days=60):%B %Y}",
        to_come=f"{today + timedelta(days=300):%B %Y}",
    )
    keep_saved_check(school, read_files([("careers.html", page.encode())]), called="careers.html", by=by)
