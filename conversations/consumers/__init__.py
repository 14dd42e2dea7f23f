"""The sockets: a customer's chat, a conversation as staff see it, and the staff's lists."""

from conversations.consumers.bell import BellConsumer
from conversations.consumers.chat import ChatConsumer
from conversations.consumers.inbox import InboxConsumer
from conversations.consumers.staff import StaffConsumer

__all__ = ["BellConsumer", "ChatConsumer", "InboxConsumer", "StaffConsumer"]
