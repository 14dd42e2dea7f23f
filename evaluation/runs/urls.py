"""The pages of evaluation, under /staff/evaluation/."""

from django.urls import path

from evaluation.runs import views
from evaluation.suites import making_views as making
from evaluation.suites import views as suites

app_name = "runs"

urlpatterns = [
    path("", views.run_list, name="list"),
    path("over-time/", views.trend, name="trend"),
    path("run/", views.begin, name="begin"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/go-on/", views.go_on, name="go-on"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/judge/", views.judge, name="judge"),
    path("<int:pk>/scenario/<int:place>/", views.case, name="case"),
    path("from/<int:pk>/", making.page, name="make"),
    path("suites/", suites.suite_list, name="suites"),
    path("suites/take-in/", suites.take_in, name="take-in"),
    path("suites/<int:pk>.yaml", suites.hand_out, name="hand-out"),
    path("suites/<int:pk>/", suites.change, name="suite"),
    path("suites/<int:pk>/delete/", suites.delete, name="delete-suite"),
]
