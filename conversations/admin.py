"""Customers and conversations in the admin: to look up and to delete, never to rewrite what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from accounts.audit.admin import AuditedAdmin
from conversations.inbox import admin as inbox_admin  # noqa: F401 (registers labels and teams)
from conversations.models import Conversation, Customer, Message


class Unchangeable:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MessageInline(Unchangeable, TabularInline):
    model = Message
    fields = readonly_fields = ("kind", "text", "outcome", "created_at")
    extra = 0


@admin.register(Conversation)
class ConversationAdmin(Unchangeable, AuditedAdmin):
    says_when_empty = _("Conversations come here once a customer has written.")
    list_display = ("last_words", "customer", "assistant", "status", "owner", "assignee", "last_message_at")
    list_filter = ("status", "owner", "assistant", "handoff_reason")
    list_select_related = ("customer", "assistant", "assignee")
    search_fields = ("messages__text", "customer__name", "customer__email")
    ordering = ("-last_message_at",)
    fields = ("customer", "assistant", "status", "owner", "assignee", "handoff_reason", "created_at")
    inlines = (MessageInline,)


@admin.register(Customer)
class CustomerAdmin(AuditedAdmin):
    says_when_empty = _("Customers come here once they have written.")
    list_display = ("__str__", "email", "language", "created_at", "last_seen_at")
    search_fields = ("name", "email")
    ordering = ("-last_seen_at",)
    readonly_fields = ("created_at", "last_seen_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
