"""Where pictures of cards are shown, under /pictures/."""

from django.urls import path

from flows.pictures import views

app_name = "pictures"

urlpatterns = [path("<uuid:pk>/", views.show, name="show")]
