from django.urls import include, path

from conversations import health_views, theme_views, transcript_views, views

app_name = "conversations"

urlpatterns = [
    path("", views.chat, name="home"),
    path("chat/protocol.json", views.protocol_schema, name="protocol"),
    path("chat/session/", views.session, name="session"),
    path("chat/transcripts/<uuid:pk>/", transcript_views.transcript, name="transcript"),
    path("chat/<slug:slug>/", views.chat, name="chat"),
    path("chat/<slug:slug>/theme.css", theme_views.theme, name="theme"),
    path("healthz", health_views.healthz, name="healthz"),
    path("readyz", health_views.readyz, name="readyz"),
    path("staff/", include("conversations.staff_urls")),
]
