"""Answers to what citizens report: accepted as a correction with one click, or declined."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from welfare.enums import FacilityStatus, ReportStatus, ReportTopic
from welfare.models import FacilityReport
from welfare.services.correctable import CorrectionRefused
from welfare.services.corrections import MOST_AT_ONCE, Correction, record_corrections

# What the proposed words of a report can be taken for as they stand; the rest needs a person who
# enters hours or facts in their form.
FIELD_OF_TOPIC = {
    ReportTopic.PHONE: "phone",
    ReportTopic.ADDRESS: "address",
    ReportTopic.NAME: "name",
    ReportTopic.CLOSED: "status",
}
THANKS = "알려 주신 대로 고쳤습니다. 고맙습니다."


def proposed_correction(report: FacilityReport) -> Correction | None:
    """Answer the correction that one click would make; None where a person must enter it."""
    field = FIELD_OF_TOPIC.get(ReportTopic(report.topic))
    value = FacilityStatus.RETIRED if field == "status" else report.proposed.strip()
    if field is None or not value:
        return None
    reason = f"시민 신고 #{report.pk}에 따라 고침"
    return Correction(report.facility_id, field, str(value), reason)


def accept_report(
    *, report: FacilityReport, actor: User, now: datetime.datetime, answer: str = THANKS
) -> None:
    """Turn a report into a correction, published at once, and answer it."""
    accept_reports(reports=[report.pk], actor=actor, now=now, answer=answer)


@transaction.atomic
def accept_reports(
    *, reports: Sequence[int], actor: User, now: datetime.datetime, answer: str = THANKS
) -> int:
    """Accept many reports: all of them, or none; answer how many."""
    found = _waiting(reports)
    corrections = [proposed_correction(report) for report in found]
    if None in corrections:
        by_hand = ", ".join(
            f"#{report.pk}"
            for report, correction in zip(found, corrections, strict=True)
            if correction is None
        )
        raise CorrectionRefused(
            f"신고 {by_hand}: 그대로 옮길 수 없습니다. 시설 화면에서 직접 고친 뒤 "
            "‘고쳤음’으로 답해 주세요."
        )
    record_corrections(corrections=[one for one in corrections if one], actor=actor, now=now)
    return _answer(found, ReportStatus.ACCEPTED, answer, actor=actor, now=now)


@transaction.atomic
def settle_report(
    *, report: FacilityReport, answer: str, actor: User, now: datetime.datetime
) -> None:
    """Answer a report whose correction was entered by hand."""
    _answer(_waiting([report.pk]), ReportStatus.ACCEPTED, answer, actor=actor, now=now)


def decline_report(
    *, report: FacilityReport, answer: str, actor: User, now: datetime.datetime
) -> None:
    decline_reports(reports=[report.pk], answer=answer, actor=actor, now=now)


@transaction.atomic
def decline_reports(
    *, reports: Sequence[int], answer: str, actor: User, now: datetime.datetime
) -> int:
    """Leave things as they are, and say why."""
    return _answer(_waiting(reports), ReportStatus.DECLINED, answer, actor=actor, now=now)


def _waiting(reports: Sequence[int]) -> list[FacilityReport]:
    if not 0 < len(reports) <= MOST_AT_ONCE:
        raise CorrectionRefused(f"1개부터 {MOST_AT_ONCE:,}개까지 고를 수 있습니다.")
    chosen = FacilityReport.objects.waiting().filter(pk__in=reports)
    found = list(chosen.select_for_update(of=("self",)))
    if not found:
        raise CorrectionRefused("이미 답한 신고입니다.")
    return found


def _answer(
    reports: Sequence[FacilityReport],
    status: ReportStatus,
    answer: str,
    *,
    actor: User,
    now: datetime.datetime,
) -> int:
    if not answer.strip():
        raise CorrectionRefused("답을 적어 주세요.")
    return FacilityReport.objects.filter(pk__in=[report.pk for report in reports]).update(
        status=status, answer=answer.strip(), answered_at=now, answered_by=actor
    )
