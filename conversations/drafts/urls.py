"""The addresses of suggested replies, under /staff/."""

from django.urls import path

from conversations.drafts import views

urlpatterns = [
    path("conversations/<uuid:pk>/draft/", views.card, name="draft"),
    path("conversations/<uuid:pk>/draft/ask/", views.ask, name="draft-ask"),
    path("conversations/<uuid:pk>/draft/<int:draft>/dismiss/", views.dismiss, name="draft-dismiss"),
]
