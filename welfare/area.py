"""The front door of welfare: benefits, facilities and what follows from them."""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="welfare", title=_("복지"), path="welfare")
