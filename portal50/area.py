"""The front door of Portal 50+ (jobs, volunteering, community for people over 50).

Nothing is built here yet, so it appears nowhere.
"""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="portal50", title=_("50플러스"), path="50plus")
