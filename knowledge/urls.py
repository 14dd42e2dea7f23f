from django.urls import path

from knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:language>/", views.contents, name="contents"),
    path("<slug:language>/<int:pk>-<slug:slug>/", views.article, name="article"),
]
