"""The addresses of the staff's inbox, under /staff/."""

from django.urls import path

from conversations.hours import views as hours_views
from conversations.inbox import control_views, desk_views, palette_views, together_views, views
from conversations.inbox.all_of_list import views as all_views
from conversations.inbox.replying.urls import urlpatterns as replying_urls
from conversations.notifying.urls import urlpatterns as notifying_urls

urlpatterns = [
    *notifying_urls,
    *replying_urls,
    path("palette/", palette_views.found, name="palette"),
    path("desk/", desk_views.desk, name="desk"),
    path("hours/", hours_views.company, name="hours"),
    path("hours/teams/<int:pk>/", hours_views.team, name="team-hours"),
    path("hours/teams/<int:pk>/forget/", hours_views.forget, name="forget-hours"),
    path("filters/", views.filters, name="inbox-filters"),
    path("together/", together_views.act_together, name="together"),
    path("together/all/", all_views.all_of_list, name="all-of-list"),
    path("together/all/sure/", all_views.sure, name="sure"),
    path("together/all/<int:pk>/", all_views.list_work, name="list-work"),
    path("together/all/<int:pk>/stop/", all_views.stop_list_work, name="stop-list-work"),
    path("views/", views.save_view, name="save-view"),
    path("views/<int:pk>/rename/", views.rename_view, name="rename-view"),
    path("views/<int:pk>/delete/", views.delete_view, name="delete-view"),
    path("conversations/<uuid:pk>/assign/", control_views.assign, name="assign"),
    path("conversations/<uuid:pk>/team/", control_views.give_to_team, name="give-to-team"),
    path("conversations/<uuid:pk>/labels/", control_views.label, name="label"),
    path("conversations/<uuid:pk>/put-off/", control_views.put_off, name="put-off"),
    path("conversations/<uuid:pk>/wake/", control_views.wake, name="wake"),
]
