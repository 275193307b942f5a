"""The front door of the digital-divide programme (PCs, devices, training).

Nothing is built here yet, so it appears nowhere.
"""

from django.utils.translation import gettext_lazy as _

from core.areas import PolicyArea

AREA = PolicyArea(slug="digital_divide", title=_("디지털 포용"), path="digital")
