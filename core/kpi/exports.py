"""The readings of an indicator as a list to take along."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.desk.exports import ExportColumn
from core.kpi.declaration import Indicator
from core.kpi.models import Reading
from core.kpi.queries import told_readings

CHUNK = 1_000


def columns() -> tuple[ExportColumn, ...]:
    return (
        ExportColumn(_("날짜"), lambda row: row.day),
        ExportColumn(_("나눔"), lambda row: row.dimension),
        ExportColumn(_("무엇"), lambda row: row.key),
        ExportColumn(_("값"), lambda row: row.value),
        ExportColumn(_("분자"), lambda row: row.numerator),
        ExportColumn(_("분모"), lambda row: row.denominator),
        ExportColumn(_("감춤"), lambda row: _("예") if row.is_hidden else ""),
    )


def rows(indicator: Indicator, *, only_public: bool) -> Iterator[Reading]:
    """All that was ever read and may be told, the newest first."""
    told = told_readings(indicator, only_public=only_public).newest_first()
    return told.iterator(chunk_size=CHUNK)
