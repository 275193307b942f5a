"""What messages leave for staff to do."""

from core.desk.worklists import Worklist, count_capped
from core.notices.models import Delivery

WORKLISTS = (
    Worklist(
        title="보내지 못한 알림",
        about="거절되었거나, 여러 번 해 보고 그만둔 발송입니다.",
        permission="notices.view_delivery",
        url_name="admin:notices_delivery_changelist",
        query="needs=somebody",
        icon="mark_email_unread",
        waiting=lambda: count_capped(Delivery.objects.given_up()),
    ),
)
