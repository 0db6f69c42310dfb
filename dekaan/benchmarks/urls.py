"""Where we stand."""

from django.urls import path

from dekaan.benchmarks import views

urlpatterns = [
    path("benchmarks/", views.benchmark_picture, name="benchmark-picture"),
    path("benchmarks/figures-explained/", views.figures_explained, name="figures-explained"),
    path("benchmarks/frameworks/<slug:framework_id>/", views.framework_detail, name="framework-detail"),
    path(
        "benchmarks/frameworks/<slug:framework_id>/<str:benchmark_id>/years/<int:year_group>/",
        views.benchmark_year_group,
        name="benchmark-year-group",
    ),
    path("benchmarks/criteria/<str:criterion_id>/", views.criterion_detail, name="criterion-detail"),
    path("benchmarks/criteria/<str:criterion_id>/missing/", views.criterion_missing, name="criterion-missing"),
    path(
        "benchmarks/criteria/<str:criterion_id>/missing/export/",
        views.criterion_missing_export,
        name="criterion-missing-export",
    ),
    path("benchmarks/criteria/<str:criterion_id>/plan/", views.criterion_plan, name="criterion-plan"),
    path("benchmarks/gap/", views.gap_detail, name="gap-detail"),
    path("benchmarks/gap/plan/", views.gap_plan, name="gap-plan"),
    path("benchmarks/gap/invite/<int:session_id>/", views.gap_invite, name="gap-invite"),
]
