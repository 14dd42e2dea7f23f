from django.urls import path

from flows import import_pages

app_name = "flows"

urlpatterns = [
    path("import/", import_pages.ask, name="import"),
    path("import/<int:pk>/", import_pages.review, name="import_review"),
]
