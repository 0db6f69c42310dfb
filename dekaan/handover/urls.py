"""Handing over, covering, the book and the first fortnight."""

from django.urls import path

from dekaan.handover import views

urlpatterns = [
    path("", views.hand_over_page, name="hand-over-page"),
    path("new/", views.hand_over_new, name="hand-over-new"),
    path("cover/", views.cover_new, name="cover-new"),
    path("book/", views.handover_book, name="handover-book"),
    path("book/paper/", views.handover_book_paper, name="handover-book-paper"),
    path("book/<slug:chapter_slug>/", views.handover_chapter, name="handover-chapter"),
    path("<int:hand_over_id>/", views.hand_over_detail, name="hand-over-detail"),
    path("<int:hand_over_id>/agree/", views.hand_over_agree, name="hand-over-agree"),
    path("<int:hand_over_id>/call-off/", views.hand_over_call_off, name="hand-over-call-off"),
    path("<int:hand_over_id>/undo/", views.hand_over_undo, name="hand-over-undo"),
    path("<int:hand_over_id>/fortnight/", views.first_fortnight, name="first-fortnight"),
    path("<int:hand_over_id>/step/", views.first_step, name="first-step"),
]
