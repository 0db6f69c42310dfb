"""Addresses of providers' requests, within a school; and of the form for those without an account."""

from django.urls import path

from dekaan.provider_requests import views

urlpatterns = [
    path("", views.provider_request_list, name="provider-request-list"),
    path("log/", views.provider_request_log, name="provider-request-log"),
    path("log/export/", views.provider_request_export, name="provider-request-export"),
    path("policy/", views.access_rules_change, name="access-rules-change"),
    path("policy/times/new/", views.free_time_new, name="free-time-new"),
    path("policy/times/<int:free_time_id>/", views.free_time_change, name="free-time-change"),
    path("policy/times/<int:free_time_id>/remove/", views.free_time_remove, name="free-time-remove"),
    path("<int:provider_request_id>/", views.provider_request_detail, name="provider-request-detail"),
    path("<int:provider_request_id>/reply/", views.provider_request_reply, name="provider-request-reply"),
    path("<int:provider_request_id>/withdraw/", views.provider_request_withdraw, name="provider-request-withdraw"),
    path("<int:provider_request_id>/put-back/", views.provider_request_put_back, name="provider-request-put-back"),
    path("<int:provider_request_id>/forget/", views.provider_request_forget, name="provider-request-forget"),
    path("replies/<int:provider_reply_id>/again/", views.provider_reply_again, name="provider-reply-again"),
    path("replies/<int:provider_reply_id>/leave/", views.provider_reply_leave, name="provider-reply-leave"),
]

# For whoever asks, and has no account: outside any school's own addresses.
outside = [
    path("<slug:at_slug>/", views.provider_request_new, name="provider-request-new"),
    path(
        "<slug:at_slug>/received/<slug:reference_key>/",
        views.provider_request_received,
        name="provider-request-received",
    ),
]
