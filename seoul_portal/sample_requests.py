"""Requests as they would lie at a community centre, for a portal that only shows itself."""

import datetime
import zlib
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.models import User
from core.cases.models import Case
from core.cases.services import move, open_case, take
from core.offices.models import Office
from welfare.cases import COUNSEL
from welfare.models import Benefit
from welfare.services.applications import apply_for_benefit

DAY = datetime.timedelta(days=1)
# Days since it came, what was done with it, and what was written; the names say what they are.
AT_THE_COUNTER: tuple[tuple[int, tuple[str, ...], str], ...] = (
    (40, ("begin",), "난방비를 낼 수 없습니다."),
    (24, (), "어머니를 돌볼 곳을 찾습니다."),
    (9, ("begin", "finish"), "기초연금을 받을 수 있는지 알고 싶습니다."),
    (6, ("begin",), "아이 돌봄을 늘리고 싶습니다."),
    (2, (), "병원에 다닐 차편이 필요합니다."),
    (0, (), "집을 옮기게 되어 무엇을 신청할지 모르겠습니다."),
)
OWN_WORDS = "혼자 지내시는 아버지가 받을 수 있는 도움이 궁금합니다."
WORDS = {
    "begin": "",
    "ask": "함께 사는 분은 몇 분인가요?",
    "finish": "안내해 드렸습니다.",
    "grant": "다음 달 20일부터 통장으로 받습니다.",
    "refuse": "소득이 기준보다 많습니다.",
}
# Of each benefit: how many requests for it were granted and refused at one centre.
DECIDED = ((14, 6), (11, 12), (2, 1))
MOST_DAYS_AGO = 80


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """One of them: `name` makes it the same at every run."""

    name: str
    applicant: str
    words: str
    deeds: tuple[str, ...]


@transaction.atomic
def make_requests(*, resident: User, worker: User, centre: Office, now: datetime.datetime) -> int:
    """Open some at a centre, and one of the resident's that waits for an answer; made once.

    Answers how many were made.
    """
    before = Case.objects.count()
    for number, (days, deeds, words) in enumerate(AT_THE_COUNTER, start=1):
        _make(
            SampleRequest(f"counter-{number}", f"견본 신청자 {number}", words, deeds),
            worker=worker,
            centre=centre,
            now=now - days * DAY,
        )
    if not Case.objects.open().of_kind(COUNSEL.slug).filter(person=resident).exists():
        _make(
            SampleRequest(f"own-{resident.pk}", resident.name, OWN_WORDS, ("begin", "ask")),
            worker=worker,
            centre=centre,
            now=now - 3 * DAY,
            person=resident,
        )
    return Case.objects.count() - before


@transaction.atomic
def make_decisions(*, worker: User, centre: Office, now: datetime.datetime) -> int:
    """Let requests for benefits be decided at a centre, for the figures; made once.

    Answers how many were made; none as long as the catalogue is empty.
    """
    before = Case.objects.count()
    benefits = Benefit.objects.listed().for_seoul().order_by("code")[: len(DECIDED)]
    for benefit, numbers in zip(benefits, DECIDED, strict=False):
        for deed, number in zip(("grant", "refuse"), numbers, strict=True):
            for which in range(number):
                name = f"{centre.pk}-{benefit.code}-{deed}-{which}"
                days = 5 + zlib.crc32(name.encode()) % (MOST_DAYS_AGO - 5)
                _decide(benefit, name, deed, worker=worker, centre=centre, now=now - days * DAY)
    return Case.objects.count() - before


def _decide(
    benefit: Benefit,
    name: str,
    deed: str,
    *,
    worker: User,
    centre: Office,
    now: datetime.datetime,
) -> None:
    key = uuid5(NAMESPACE_URL, f"sample:decided-{name}")
    if Case.objects.filter(opened_key=key).exists():
        return
    case = apply_for_benefit(
        benefit=benefit,
        person=None,
        applicant="견본 신청자",
        actor=worker,
        words="",
        office_id=centre.pk,
        key=key,
        now=now,
    )
    then = now + (1 + zlib.crc32(name.encode()) % 4) * DAY
    move(
        case_id=case.pk, name=deed, actor=worker, key="sample-decided", now=then, words=WORDS[deed]
    )


def _make(
    one: SampleRequest,
    *,
    worker: User,
    centre: Office,
    now: datetime.datetime,
    person: User | None = None,
) -> None:
    case = open_case(
        kind=COUNSEL.slug,
        person=person,
        applicant=one.applicant,
        actor=person or worker,
        words=one.words,
        office_id=centre.pk,
        key=uuid5(NAMESPACE_URL, f"sample:{one.name}"),
        now=now,
    )
    if one.deeds:
        take(case_id=case.pk, actor=worker, actor_name=worker.name, key="sample-take", now=now)
    for deed in one.deeds:
        move(
            case_id=case.pk,
            name=deed,
            actor=worker,
            key=f"sample-{deed}",
            now=now,
            words=WORDS[deed],
        )
