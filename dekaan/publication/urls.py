"""Addresses of the public pages' room, and of the pages themselves."""

from django.urls import path

from dekaan.publication import views

urlpatterns = [
    path("", views.public_pages, name="public-pages"),
    path("facts/", views.publication_facts, name="publication-facts"),
    path("leavers/", views.publication_leavers_change, name="publication-leavers-change"),
    path("others-named/", views.publication_others_named, name="publication-others-named"),
    path("embed/", views.publication_embed, name="publication-embed"),
    path("versions/<int:published_version_id>/", views.published_version, name="published-version"),
    path("versions/<int:published_version_id>/approve/", views.version_approve, name="version-approve"),
    path(
        "versions/<int:published_version_id>/approval/", views.version_approval_record, name="version-approval-record"
    ),
    path("versions/<int:published_version_id>/send-back/", views.version_send_back, name="version-send-back"),
    path("versions/<int:published_version_id>/take-back/", views.version_take_back, name="version-take-back"),
    path("<slug:page_key>/words/", views.publication_words_change, name="publication-words-change"),
    path("<slug:page_key>/preview/", views.publication_preview, name="publication-preview"),
    path("<slug:page_key>/prepare/", views.version_prepare, name="version-prepare"),
    path("<slug:page_key>/take-down/", views.page_take_down, name="page-take-down"),
]

# The register of policies, of which the published pages are two.
register = [path("policies/", views.policy_list, name="policy-list")]

# For anybody, without signing in: a school's own careers pages.
for_anybody = [
    path("<slug:at_slug>/careers/", views.careers_page, name="careers-page"),
    path("<slug:at_slug>/careers/provider-access/", views.provider_access_page, name="provider-access-page"),
    path("<slug:at_slug>/careers/dates.ics", views.careers_calendar, name="careers-calendar"),
    path("<slug:at_slug>/careers/embed/", views.careers_embed, name="careers-embed"),
]
