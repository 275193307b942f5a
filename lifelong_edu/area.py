"""The front door of lifelong education and online lectures.

Nothing is built here yet, so it appears nowhere.
"""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="lifelong_edu", title=_("평생교육"), path="learn")
