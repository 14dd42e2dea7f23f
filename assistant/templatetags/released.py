"""Where settings and flows are edited: that customers get a release, and not what is edited."""

from __future__ import annotations

from django import template

from assistant.releases.told import said_of_releases

register = template.Library()
register.simple_tag(said_of_releases)
