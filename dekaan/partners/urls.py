"""Addresses of the directory, within a school; its lists and pages are the programme's, which knows the sessions."""

from django.urls import path

from dekaan.partners import views

urlpatterns = [
    path("partners/new/", views.organisation_new, name="organisation-new"),
    path("partners/<int:organisation_id>/change/", views.organisation_change, name="organisation-change"),
    path("partners/<int:organisation_id>/contacts/new/", views.contact_new, name="contact-new"),
    path("partners/<int:organisation_id>/history/new/", views.conversation_new, name="conversation-new"),
    path("partners/contacts/<int:contact_id>/", views.contact_detail, name="contact-detail"),
    path("partners/contacts/<int:contact_id>/change/", views.contact_change, name="contact-change"),
    path("partners/contacts/<int:contact_id>/erase/", views.contact_erase, name="contact-erase"),
    path("partners/history/<int:conversation_id>/change/", views.conversation_change, name="conversation-change"),
    path("partners/history/<int:conversation_id>/remove/", views.conversation_remove, name="conversation-remove"),
    path("trust-partners/", views.trust_organisation_list, name="trust-organisation-list"),
    path("trust-partners/new/", views.trust_organisation_new, name="trust-organisation-new"),
    path(
        "trust-partners/<int:trust_organisation_id>/change/",
        views.trust_organisation_change,
        name="trust-organisation-change",
    ),
    path(
        "trust-partners/<int:trust_organisation_id>/take/",
        views.trust_organisation_take,
        name="trust-organisation-take",
    ),
    path("service/registers/", views.partner_register, name="partner-register"),
]
