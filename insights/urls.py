"""The addresses of the insights, under /staff/insights/."""

from django.urls import path

from insights import effect_pages, export_views, topic_pages, views

app_name = "insights"
urlpatterns = [
    path("", views.page, name="page"),
    path("changes/", effect_pages.page, name="changes"),
    path("topics/<int:pk>/", topic_pages.topic, name="topic"),
    path("topics/<int:pk>/rename/", topic_pages.rename, name="rename-topic"),
    path("topics/<int:pk>/merge/", topic_pages.merge, name="merge-topic"),
    path("export/<str:name>", export_views.export, name="export"),
]
