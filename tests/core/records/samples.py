"""Erasures to look at: one that waits, and one that has been carried out."""

import datetime
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from core.records.models import ErasureRequest
from core.records.services import Line, Outcome

WEEK = datetime.timedelta(days=7)
TITLE = {"ko": "계정", "en": "Account"}
LAW = {"ko": "공공기록물 관리에 관한 법률", "en": "Public Records Management Act"}


def waiting_erasure() -> dict[str, Any]:
    now = timezone.now()
    return {"code": ErasureRequest.objects.create(asked_at=now, due_at=now + WEEK).code}


def done_erasure() -> dict[str, Any]:
    now = timezone.now()
    lines = [
        Line("accounts.User", Outcome.REMOVED.value, 1, TITLE, {"ko": "", "en": ""}),
        Line("admin.LogEntry", Outcome.KEPT.value, 3, TITLE, LAW),
    ]
    request = ErasureRequest.objects.create(
        asked_at=now - WEEK, due_at=now, done_at=now, receipt=[asdict(line) for line in lines]
    )
    return {"code": request.code}
