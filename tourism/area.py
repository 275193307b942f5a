"""The front door of tourism on- and offline. Nothing is built here yet, so it appears nowhere."""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="tourism", title=_("관광"), path="tourism")
