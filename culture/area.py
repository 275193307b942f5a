"""The front door of cultural events. Nothing is built here yet, so it appears nowhere."""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="culture", title=_("문화행사"), path="culture")
