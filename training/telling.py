"""What staff are told of a new router that is worse than the one in use."""

from django.utils.translation import gettext_lazy as _

from conversations.notifying.kinds import DAILY, Kind, declare

WAITS = declare(Kind("router", _("A new router is worse than the one in use"), mail=DAILY))
WORDS = _("%(training)s is worse than what is in use, and waits")
