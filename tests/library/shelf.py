"""Resources as a test says them."""

from dekaan.core.academic_year import today
from dekaan.library.changes import add_resource
from dekaan.library.models import Resource
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from dekaan.programme.models import Activity


def resource(title="Job profiles", *, by=None, **more) -> Resource:
    said = {
        "address": "http://www.careers.example/profiles",
        "kind": "job-profiles",
        "audiences": ["pupils"],
        "key_stages": [7, 10, 12],
    }
    return add_resource(title=title, by=by, **said | more)


def lesson(*pupils, by, title="Looking up jobs", kind="ASSEM", held_on=None) -> Activity:
    """A session of today, or of that day, that is recorded: exactly these pupils were there."""
    activity = plan_activity(title=title, activity_type=kind, by=by)
    session = plan_session(activity, held_on=held_on or today(), invited=Invited(pupils=tuple(pupils)), by=by)
    it_happened(session, by=by)
    return activity
