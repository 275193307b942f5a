"""Facilities to look at: one of which everything is known, one of which little is, one gone."""

from typing import Any

from accounts.models import User
from core.places.enums import Precision
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    SHELTER,
    make_facility,
    make_kind,
    make_shelter,
    note_exception,
)
from welfare.models import BenefitNews, Facility, FacilityReport

KNOWN: dict[str, Any] = {
    "weekly_hours": OFFICE_HOURS,
    "fees": "무료 (점심 식사 3,000원)",
    "who_may_use": "60세 이상 서울 시민",
    "services_offered": "상담, 평생교육, 점심 식사",
    "languages": "한국어, 영어",
    "waiting": 12,
    "is_accessible": True,
    "accessibility": {
        "RAMP": {"answer": "YES", "source": "강남구", "checked_date": "2026-03-02"},
        "LIFT": {"answer": "NO", "source": "시설", "checked_date": "2026-03-02"},
    },
}


def facility() -> dict[str, Any]:
    if not Facility.objects.filter(code="A1").exists():
        make_kind()
        make_facility("A1", corrections=KNOWN, capacity=300, precision=Precision.BUILDING)
        note_exception("A1", NOW.date())
    return {"code": "A1"}


def bare_facility() -> dict[str, Any]:
    make_facility("A2", name="이름만아는시설", phone=None)
    return {"code": "A2"}


def report() -> dict[str, Any]:
    facility()
    told = FacilityReport.objects.create(
        facility_id="A1", topic="PHONE", proposed="02-555-5555", created_at=NOW
    )
    return {"receipt": told.receipt}


def answered_report() -> dict[str, Any]:
    told = report()
    FacilityReport.objects.filter(**told).update(
        status="ACCEPTED", answer="알려 주신 대로 고쳤습니다. 고맙습니다.", answered_at=NOW
    )
    return told


def retired_facility() -> dict[str, Any]:
    make_facility("A3", name="문닫은시설", retired_at=NOW)
    return {"code": "A3"}


def kind() -> dict[str, Any]:
    return {"name": make_kind().name}


def protected_kind() -> dict[str, Any]:
    make_shelter("K1")
    return {"name": SHELTER}


def benefit() -> dict[str, Any]:
    """One that has something to tell under every heading."""
    made = make_benefit(
        conditions={"JA0110": 19, "JA0111": 34, "JA0328": "Y"},
        지원대상="○ 무주택 청년",
        선정기준="중위소득 60% 이하",
        신청방법="방문신청||온라인신청",
        신청기한="2026.08.01~2026.12.31",
        전화문의="국토교통부/1599-0001",
        접수기관="주민센터",
    )
    return {"code": made.pk}


def retired_benefit() -> dict[str, Any]:
    return {"code": make_benefit("000000000002", is_retired=True).pk}


def asked_outcome() -> dict[str, Any]:
    """What became of a benefit that the resident was told of, and has not said yet."""
    person = User.objects.filter(email="resident@example.com").first()
    if person is None:
        return {"number": 1}  # asks for sign-in, whoever's it is
    news, _is_new = BenefitNews.objects.get_or_create(
        person=person,
        key="sample",
        defaults={
            "news": {"benefit": "basic-pension", "kind": "TIME", "day": "2026-01-01"},
            "is_gain": True,
            "told_on": NOW.date(),
            "asked_at": NOW,
        },
    )
    return {"number": news.pk}
