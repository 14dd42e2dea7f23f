from django.urls import path

from background import pages

app_name = "background"

urlpatterns = [
    path("", pages.page, name="jobs"),
    path("<slug:kind>/<slug:key>/<slug:what>/", pages.act, name="act"),
]
