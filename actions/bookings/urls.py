from django.urls import path

from actions.bookings import staff_views as views

app_name = "bookings"

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="booking"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/mark/", views.mark, name="mark"),
]
