"""The addresses of what staff are told, under /staff/notifications/."""

from django.urls import path

from conversations.notifying import views

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/seen/", views.see_all, name="see-notifications"),
    path("notifications/<int:pk>/open/", views.open_one, name="open-notification"),
    path("notifications/stop/<str:token>/", views.stop, name="stop-notices"),
]
