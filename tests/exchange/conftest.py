"""A school, a Careers Leader and files of our own making."""

import os

import pytest

from dekaan.access.models import RoleAssignment, User
from dekaan.core.scope import working_in
from dekaan.schools.models import School


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.TODAY = "2026-11-24"


@pytest.fixture
def school(db):
    school = School.objects.create(name="Hill Top Academy", slug="hill-top", laestab="2014567", has_sixth_form=True)
    with working_in(school):
        yield school


@pytest.fixture
def leader(school):
    user = User.objects.create_user(email="leader@example.org", name="Priya Leader", password=os.urandom(8).hex())
    RoleAssignment.objects.create(user=user, school=school, role="careers-leader", starts_on="2020-01-01")
    return user


@pytest.fixture
def file(tmp_path):
    def write(content, name="pupils.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
