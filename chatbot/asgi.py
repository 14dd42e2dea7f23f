"""HTTP and WebSocket entry point (`manage.py web`, or any ASGI server)."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatbot.settings")
http_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  (needs the app registry)
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402

from chatbot.forwarded import Forwarded  # noqa: E402
from conversations.routing import websocket_urlpatterns  # noqa: E402

application: Any = ProtocolTypeRouter(
    {
        "http": http_application,
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)
if settings.BEHIND_PROXY:
    application = Forwarded(application)
