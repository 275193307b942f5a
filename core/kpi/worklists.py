"""What indicators leave to do: those that have not been read for too long."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.areas import declared_indicators
from core.desk.worklists import Worklist
from core.kpi.models import Reading
from core.kpi.permissions import can_see_indicators
from core.kpi.rules.timing import is_stale


def stale_indicators() -> int:
    """How many indicators have no figure, or an old one: one statement."""
    declared, today = declared_indicators(), timezone.localdate()
    newest = Reading.objects.of(declared).newest_of_each().values_list("indicator", "day")
    last = dict(newest)
    return sum(
        is_stale(last.get(slug), every=one.every, today=today) for slug, one in declared.items()
    )


WORKLISTS = (
    Worklist(
        title=_("지표와 목표"),
        about=_("값이 오래된 지표의 수입니다. 지표마다 값과 목표, 앞으로의 어림을 봅니다."),
        url_name="admin:kpi_target_board",
        icon="flag_circle",
        is_for=can_see_indicators,
        waiting=stale_indicators,
    ),
)
