from channels.sessions import SessionMiddlewareStack
from django.urls import URLPattern, path

from conversations.consumers import BellConsumer, ChatConsumer, InboxConsumer, StaffConsumer

CHAT_PATH = "ws/chat/"

# Customers are known by their connect token, staff by their session.
websocket_urlpatterns: list[URLPattern] = [
    path(CHAT_PATH, ChatConsumer.as_asgi()),
    path("ws/staff/inbox/", SessionMiddlewareStack(InboxConsumer.as_asgi())),
    path("ws/staff/bell/", SessionMiddlewareStack(BellConsumer.as_asgi())),
    path("ws/staff/<uuid:conversation>/", SessionMiddlewareStack(StaffConsumer.as_asgi())),
]
