"""Every address. A school's own addresses begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path

from dekaan.curriculum.urls import without_account as proposing_links
from dekaan.destinations.urls import without_account as asked_by_link
from dekaan.library.urls import without_account as opening_resources
from dekaan.programme.urls import outside as programme_outside
from dekaan.programme.urls import rooms as programme_rooms
from dekaan.provider_requests.urls import outside as asking_for_access
from dekaan.publication.urls import for_anybody as public_pages
from dekaan.publication.urls import register as policy_register
from dekaan.quality.urls import without_account as answering
from dekaan.reports.urls import without_account as reading_papers

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dekaan.access.urls")),
    path("", include(programme_outside)),
    path("", include(public_pages)),
    path("answer/", include(answering)),
    path("where-next/", include(asked_by_link)),
    path("curriculum-link/", include(proposing_links)),
    path("provider-access/", include(asking_for_access)),
    path("go/", include(opening_resources)),
    path("paper/", include(reading_papers)),
    path("<slug:school_slug>/curriculum/", include("dekaan.curriculum.urls")),
    path("<slug:school_slug>/", include("dekaan.destinations.urls")),
    path("<slug:school_slug>/library/", include("dekaan.library.urls")),
    path("<slug:school_slug>/", include("dekaan.schemes.urls")),
    path("<slug:school_slug>/requests/", include("dekaan.provider_requests.urls")),
    path("<slug:school_slug>/feedback/", include("dekaan.quality.urls")),
    path("<slug:school_slug>/", include("dekaan.reports.urls")),
    path("<slug:school_slug>/", include("dekaan.principles.urls")),
    path("<slug:school_slug>/hand-over/", include("dekaan.handover.urls")),
    path("<slug:school_slug>/trust/", include("dekaan.trusts.urls")),
    path("<slug:school_slug>/programme/", include("dekaan.programme.urls")),
    path("<slug:school_slug>/", include(programme_rooms)),
    path("<slug:school_slug>/evidence/", include("dekaan.evidence.urls")),
    path("<slug:school_slug>/", include("dekaan.team.urls")),
    path("<slug:school_slug>/website/", include("dekaan.website.urls")),
    path("<slug:school_slug>/", include("dekaan.benchmarks.urls")),
    path("<slug:school_slug>/provider-access/", include("dekaan.provider_access.urls")),
    path("<slug:school_slug>/lists/", include("dekaan.lists.urls")),
    path("<slug:school_slug>/public-pages/", include("dekaan.publication.urls")),
    path("<slug:school_slug>/", include("dekaan.plan.urls")),
    path("<slug:school_slug>/", include(policy_register)),
    path("<slug:school_slug>/", include("dekaan.compass.urls")),
    path("<slug:school_slug>/", include("dekaan.budget.urls")),
    path("<slug:school_slug>/", include("dekaan.partners.urls")),
    path("<slug:school_slug>/", include("dekaan.people.urls")),
    path("<slug:school_slug>/", include("dekaan.exchange.urls")),
    path("<slug:school_slug>/", include("dekaan.privacy.urls")),
    path("<slug:school_slug>/duties/", include("dekaan.duties.urls")),
    path("<slug:school_slug>/", include("dekaan.backups.urls")),
    path("<slug:school_slug>/", include("dekaan.jobs.urls")),
    path("<slug:school_slug>/", include("dekaan.overview.urls")),
]

handler400 = "dekaan.core.failures.not_understood"
handler403 = "dekaan.core.failures.not_yours"
handler404 = "dekaan.core.failures.not_there"
handler429 = "dekaan.core.failures.too_often"  # allauth asks for it by that name
handler500 = "dekaan.core.busy.unavailable"
