"""What staff are told of a better weighing that waits."""

from django.utils.translation import gettext_lazy as _

from conversations.notifying.kinds import DAILY, Kind, declare

WAITS = declare(Kind("search", _("Search has learned something better, which waits"), mail=DAILY))
WORDS = _("%(training)s answers more, and waits")
