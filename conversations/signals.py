"""The two facts that go up from here (DESIGN, rule 1). Sent after commit, by posting.py and handoff.py.

`message_posted(message)`: a message was stored. `conversation_changed(conversation)`: owner, status,
assignee or another fact that lists show has changed.
"""

from django.dispatch import Signal

message_posted = Signal()
conversation_changed = Signal()
