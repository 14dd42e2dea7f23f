from django.urls import include, path

from conversations import health_views, theme_views, transcript_views, views
from conversations.attachments import views as attachment_views

app_name = "conversations"

urlpatterns = [
    path("", views.chat, name="home"),
    path("chat/protocol.json", views.protocol_schema, name="protocol"),
    path("chat/session/", views.session, name="session"),
    path("chat/transcripts/<uuid:pk>/", transcript_views.transcript, name="transcript"),
    path("chat/files/", attachment_views.upload, name="upload"),
    path("chat/files/<uuid:pk>/", attachment_views.file, name="file"),
    path("chat/files/<uuid:pk>/thumbnail/", attachment_views.thumbnail, name="thumbnail"),
    path("chat/link/<str:token>/", views.link, name="link"),
    path("chat/<slug:slug>/", views.chat, name="chat"),
    path("chat/<slug:slug>/theme.css", theme_views.theme, name="theme"),
    path("healthz", health_views.healthz, name="healthz"),
    path("readyz", health_views.readyz, name="readyz"),
    path("workz", health_views.workz, name="workz"),
    path("staff/", include("conversations.staff_urls")),
]
