"""The front door of privacy and the right to be forgotten.

Nothing is built here yet, so it appears nowhere.
"""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="privacy", title=_("개인정보 보호"), path="privacy")
