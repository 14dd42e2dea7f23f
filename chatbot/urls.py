"""The product's addresses: one include per app."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

admin.autodiscover()  # here and not in every process that serves no pages

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("i18n/strings.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("staff/", include("accounts.urls")),
    path("staff/jobs/", include("background.urls")),
    path("staff/flows/", include("flows.urls")),
    path("pictures/", include("flows.pictures.urls")),
    path("help/", include("knowledge.urls")),
    path("staff/review/", include("evaluation.urls")),
    path("staff/evaluation/", include("evaluation.runs.urls")),
    path("staff/releases/", include("evaluation.releases.urls")),
    path("staff/bookings/", include("actions.bookings.urls")),
    path("staff/playground/", include("assistant.urls")),
    path("staff/training/", include("training.urls")),
    path("hooks/fine-tuning/", include("training.fine_tuning.hook_urls")),
    path("staff/insights/", include("insights.urls")),
    path("", include("conversations.urls")),
]
