"""The pages of releases, under /staff/releases/."""

from django.urls import path

from evaluation.releases import settings_views, views

app_name = "releases"

urlpatterns = [
    path("", views.release_list, name="list"),
    path("of/<int:pk>/make/", views.make_release, name="make"),
    path("of/<int:pk>/live/", views.live, name="live"),
    path("of/<int:pk>/policy/", views.policy, name="policy"),
    path("of/<int:pk>/end-trial/", views.end_trial, name="end-trial"),
    path("of/<int:pk>/roll-back/", views.roll_back, name="roll-back"),
    path("of/<int:pk>/settings/", settings_views.serve_settings, name="serve-settings"),
    path("of/<int:pk>/settings/run/", settings_views.run_settings, name="run-settings"),
    path("<int:pk>/", views.release, name="release"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/bring-back/", views.bring_back, name="bring-back"),
    path("<int:pk>/run/", views.run_suites, name="run"),
]
