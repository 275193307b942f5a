"""Makes benefits the honest way: rows of publishers, publication, search."""

import datetime
from typing import Any

from core.web.revision import raise_revision
from welfare.feeds.bokjiro_local import parse_local_service
from welfare.feeds.gov24 import parse_conditions, parse_service
from welfare.models import Benefit, BokjiroLocal, Gov24Conditions, Gov24Service
from welfare.search import list_benefits
from welfare.services import publish_linked_anew

NOW = datetime.datetime(2026, 8, 20, 3, 0, tzinfo=datetime.UTC)
NOWON = {"소관기관유형": "시군구", "소관기관명": "서울특별시 노원구"}
SUWON = {"소관기관유형": "시군구", "소관기관명": "경기도 수원시"}
KEPT = {"content_hash": 1, "first_seen_at": NOW, "changed_at": NOW}


def make_benefit(
    key: str = "000000000001",
    *,
    conditions: dict[str, Any] | None = None,
    is_retired: bool = False,
    **told: str,
) -> Benefit:
    """A service of gov24 with the fields of its own; another of the same key replaces it."""
    row = {
        "서비스ID": key,
        "서비스명": "청년 월세 지원",
        "소관기관유형": "중앙행정기관",
        "소관기관명": "국토교통부",
        "서비스목적요약": "청년의 월세를 덜어 줍니다",
        "지원내용": "○ 월 20만 원\r\n○ 열두 달까지",
        "신청기한": "상시신청",
        "사용자구분": "개인",
        "서비스분야": "주거·자립",
        "상세조회URL": f"https://www.gov.kr/portal/rcvfvrSvc/dtlEx/{key}",
        "수정일시": "20260129201825",
    } | told
    retired = {"retired_at": NOW if is_retired else None}
    record = parse_service(row, latest=NOW)
    _keep(Gov24Service, record, retired)
    if conditions is not None:
        _keep(Gov24Conditions, parse_conditions({"서비스ID": key, **conditions}, 1), retired)
    publish("GOV24", key)
    return Benefit.objects.get(pk=f"gov24-{key}")


def make_local_benefit(key: str = "WLF00000001", **told: str) -> Benefit:
    row = {
        "servId": key,
        "servNm": "어르신 안부 확인",
        "servDgst": "혼자 사는 어르신을 찾아갑니다",
        "ctpvNm": "서울특별시",
        "sggNm": "노원구",
        "lifeNmArray": "노년",
    } | told
    _keep(BokjiroLocal, parse_local_service(row), {})
    publish("LOCAL", key)
    return Benefit.objects.get(pk=f"local-{key}")


def publish(source: str, *keys: str) -> None:
    """Publish, and let search and caches follow; a test of suggestions counts the words itself."""
    publish_linked_anew(source=source, keys=keys, now=NOW)
    list_benefits(now=NOW)
    raise_revision()


def _keep(model: Any, record: Any, more: dict[str, Any]) -> None:
    told = {name: getattr(record, name) for name in record.__struct_fields__}
    model.objects.update_or_create(source_key=told.pop("source_key"), defaults=told | KEPT | more)
