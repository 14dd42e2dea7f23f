"""The addresses of replies kept ready, under /staff/."""

from django.urls import path

from conversations.inbox.replying import views

urlpatterns = [
    path("replies/", views.replies, name="replies"),
    path("replies/new/", views.new, name="new-reply"),
    path("replies/preview/", views.preview, name="preview-reply"),
    path("replies/<int:pk>/", views.change, name="reply"),
    path("replies/<int:pk>/delete/", views.delete, name="delete-reply"),
    path("replies/<int:pk>/used/", views.used, name="reply-used"),
    path("conversations/<uuid:pk>/replies/", views.offered, name="offered-replies"),
]
