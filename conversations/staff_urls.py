"""The staff's addresses, under /staff/."""

from django.urls import path

from conversations import citation_views
from conversations import staff_views as views
from conversations.attachments import views as attachment_views
from conversations.drafts.urls import urlpatterns as draft_urls
from conversations.inbox.taking_over import take_over
from conversations.inbox.urls import urlpatterns as inbox_urls

urlpatterns = [
    *inbox_urls,
    *draft_urls,
    path("", views.inbox, name="inbox"),
    path("list/", views.inbox_list, name="inbox-list"),
    path("list.csv", views.export, name="inbox-export"),
    path("suggestions/", views.look_for_suggestions, name="suggestions"),
    path("conversations/<uuid:pk>/", views.conversation, name="conversation"),
    path("conversations/<uuid:pk>/state/", views.conversation_state, name="conversation-state"),
    path("conversations/<uuid:pk>/take-over/", take_over, name="take-over"),
    path("conversations/<uuid:pk>/hand-back/", views.hand_back, name="hand-back"),
    path("conversations/<uuid:pk>/resolve/", views.resolve, name="resolve"),
    path("conversations/<uuid:pk>/note/", views.add_note, name="note"),
    path("articles/<int:pk>/questions/", views.article_questions, name="article-questions"),
    path("messages/<int:pk>/trace/", views.trace, name="trace"),
    path("files/<uuid:pk>/", attachment_views.staff_file, name="staff-file"),
    path("files/<uuid:pk>/thumbnail/", attachment_views.staff_thumbnail, name="staff-thumbnail"),
    path("citations/<int:pk>/", citation_views.citation, name="citation"),
]
