"""Welfare services of real files, in the publishers' fields."""

import html
import json
from pathlib import Path
from typing import Any

from core.sandbox.upstreams.benefits.conditions import CODES
from core.sandbox.upstreams.serving.contract import NoSuchData
from core.sandbox.upstreams.serving.tables import Row

SERVICES_FILE = "gov24/services.sample.json"
CONDITIONS_FILE = "gov24/conditions.excerpt.json"
CENTRAL_FILE = "benefits/bokjiro_central_2026.json"
LOCAL_FILE = "benefits/bokjiro_local_2026.json"
# For a condition row whose service row is not at hand: named by its id, and said to be so.
STAND_IN_MODIFIED = "20260101000000"
DETAIL_ONLY = (
    *("구비서류", "온라인신청사이트URL", "행정규칙", "자치법규", "법령"),
    *("공무원확인구비서류", "본인확인필요구비서류"),
)
IN_BOTH = (
    *("서비스ID", "지원유형", "서비스명", "신청기한", "지원대상", "선정기준", "지원내용"),
    *("신청방법", "수정일시", "소관기관명"),
)
UNKNOWN_OF_STAND_IN = (
    *("지원유형", "서비스목적요약", "지원대상", "지원내용", "신청방법", "신청기한", "부서명"),
    *("접수기관", "전화문의"),
)

Told = dict[str, Any]


def services(data: Path) -> list[Row]:
    """The raw rows, and one named by its id for each condition row that has none."""
    raw: list[Row] = _read(data / SERVICES_FILE)
    known = {row["서비스ID"] for row in raw}
    return [*raw, *(_named_by_id(key) for key in _conditions(data) if key not in known)]


def details(data: Path) -> list[Row]:
    return [_detail(row) for row in services(data)]


def conditions(data: Path) -> list[Row]:
    names = {str(row["서비스ID"]): row["서비스명"] for row in services(data)}
    return [_condition(key, told, names[key]) for key, told in _conditions(data).items()]


def central(data: Path) -> list[Row]:
    """The dump lacks some fields of the service; entities are escaped once more than they were."""
    return [
        {
            **{
                name: html.unescape(told[name])
                for name in ("servId", "servNm", "servDgst", "jurMnofNm", "jurOrgNm", "servDtlLink")
            },
            "lifeArray": told["lifeArray"],
            "trgterIndvdlArray": told["trgterIndvdlArray"],
            "intrsThemaArray": told["intrsThemaArray"],
            **dict.fromkeys(("sprtCycNm", "srvPvsnNm", "rprsCtadr", "onapPsbltYn"), ""),
            "inqNum": 0,
            "svcfrstRegTs": "",
        }
        for told in _read(data / CENTRAL_FILE)
    ]


def local(data: Path) -> list[Row]:
    """The dump asked for three tags by wrong names, so their fields are empty."""
    return [
        {
            "servId": told["servId"],
            "servNm": html.unescape(told["servNm"]),
            "servDgst": html.unescape(told["servDgst"]),
            "bizChrDeptNm": "",
            "ctpvNm": told["ctpvNm"],
            "sggNm": told["sgguNm"],
            **dict.fromkeys(("lifeNmArray", "trgterIndvdlNmArray", "intrsThemaNmArray"), ""),
            "sprtCycNm": "",
            "srvPvsnNm": "",
            "aplyMtdNm": told["aplyMtdNm"],
            "servDtlLink": html.unescape(told["servDtlLink"]),
            "inqNum": 0,
            "lastModYmd": "",
        }
        for told in _read(data / LOCAL_FILE)
    ]


def _named_by_id(key: str) -> Row:
    row: Row = dict.fromkeys(UNKNOWN_OF_STAND_IN, "")
    return {
        **row,
        "서비스ID": key,
        "서비스명": f"서비스 {key}",
        "선정기준": None,
        "상세조회URL": f"https://www.gov.kr/portal/rcvfvrSvc/dtlEx/{key}",
        "소관기관코드": "",
        "소관기관명": "중앙행정기관",
        "소관기관유형": "중앙행정기관",
        "사용자구분": "개인",
        "서비스분야": "생활안정",
        "조회수": 0,
        "등록일시": STAND_IN_MODIFIED,
        "수정일시": STAND_IN_MODIFIED,
    }


def _detail(row: Row) -> Row:
    """What the list tells of a service; what only the detail tells is empty."""
    return {
        **{name: row[name] for name in IN_BOTH},
        "서비스목적": row["서비스목적요약"],
        "접수기관명": row["접수기관"],
        "문의처": row["전화문의"],
        **dict.fromkeys(DETAIL_ONLY, ""),
    }


def _condition(key: str, told: Told, name: str | int | None) -> Row:
    """The groups in the file are wrongly named: only the codes count."""
    held = {code for group in told.values() if isinstance(group, list) for code in group}
    if unknown := held - set(CODES):
        raise NoSuchData(f"{CONDITIONS_FILE} holds codes that gov24 v3 has not: {unknown}")
    flags: Row = {code: "Y" if code in held else None for code in CODES}
    return {
        "서비스ID": key,
        "서비스명": name,
        **flags,
        "JA0110": told.get("ageFrom"),
        "JA0111": told.get("ageTo"),
    }


def _conditions(data: Path) -> dict[str, Told]:
    found: dict[str, Told] = _read(data / CONDITIONS_FILE)
    return found


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise NoSuchData(f"{path} does not exist") from None
