from channels.auth import AuthMiddlewareStack
from django.urls import URLPattern, path

from conversations.consumers import ChatConsumer, InboxConsumer, StaffConsumer

CHAT_PATH = "ws/chat/"

# Customers are known by their connect token, staff by their session.
websocket_urlpatterns: list[URLPattern] = [
    path(CHAT_PATH, ChatConsumer.as_asgi()),
    path("ws/staff/inbox/", AuthMiddlewareStack(InboxConsumer.as_asgi())),
    path("ws/staff/<uuid:conversation>/", AuthMiddlewareStack(StaffConsumer.as_asgi())),
]
