"""Bokjiro's local welfare services (data.go.kr 15108347): those of provinces and districts."""

import datetime
from collections.abc import Mapping
from typing import Any

from core.feeds.protocol import Connection
from welfare.feeds._benefit import day, key_of, provided
from welfare.feeds._bokjiro import (
    KEY,
    BokjiroDetailRecord,
    BokjiroDetails,
    BokjiroList,
    BokjiroRecord,
    pairs,
)
from welfare.feeds._reading import link, prose, title
from welfare.rules.categories import STAGES, TARGETS, THEMES, named, tokens
from welfare.rules.naming import core_name, full_name
from welfare.rules.providers import provider_of_local

NAME = "복지로 지자체 복지서비스"
PATH = "/B554287/LocalGovernmentWelfareInformations/LcgvWelfarelist"
DETAIL_PATH = "/B554287/LocalGovernmentWelfareInformations/LcgvWelfaredetailed"
# sggNm, not sgguNm; and the three arrays have Nm in their names, unlike the central list's.
LABELS = {
    "servId": "서비스 번호",
    "servNm": "서비스 이름",
    "servDgst": "요약",
    "bizChrDeptNm": "담당 부서",
    "ctpvNm": "시·도",
    "sggNm": "시·군·구",
    "lifeNmArray": "생애주기",
    "trgterIndvdlNmArray": "가구 상황",
    "intrsThemaNmArray": "관심 주제",
    "aplyMtdNm": "신청 방법",
    "lastModYmd": "고친 날",
}


def open_list(connection: Connection, now: datetime.datetime) -> BokjiroList:
    return BokjiroList(NAME, PATH, {"callTp": "L"}, parse_local_service, connection, now)


def open_details(
    connection: Connection, now: datetime.datetime, due: Mapping[str, int]
) -> BokjiroDetails:
    return BokjiroDetails(NAME, DETAIL_PATH, parse_local_detail, connection, now, due)


def parse_local_service(row: dict[str, Any]) -> BokjiroRecord:
    """Answer one row as a record; raise FieldRefused where it must not be taken."""
    source_key = key_of(row, KEY)
    name, summary = title(row, "servNm"), prose(row, "servDgst")
    provider = provided(
        "ctpvNm",
        lambda: provider_of_local(
            province_name=prose(row, "ctpvNm") or "",
            district_name=prose(row, "sggNm") or "",
            told=f"{name} {summary or ''}",
        ),
    )
    return BokjiroRecord(
        source_key=source_key,
        name=name,
        full_name=full_name(name),
        core_name=core_name(name),
        summary=summary,
        provider_level=provider.level,
        provider=provider.name,
        province_code=provider.province,
        district_code=provider.district,
        department=prose(row, "bizChrDeptNm"),
        life_stages=named(prose(row, "lifeNmArray"), STAGES),
        targets=named(prose(row, "trgterIndvdlNmArray"), TARGETS),
        themes=named(prose(row, "intrsThemaNmArray"), THEMES),
        cycle=prose(row, "sprtCycNm"),
        form=prose(row, "srvPvsnNm"),
        ways=tokens(prose(row, "aplyMtdNm")),
        contact=None,
        link=link(row, "servDtlLink"),
        modified_at=day(row, "lastModYmd"),
    )


def parse_local_detail(row: dict[str, Any], listed_hash: int) -> BokjiroDetailRecord:
    return BokjiroDetailRecord(
        source_key=key_of(row, KEY),
        listed_hash=listed_hash,
        outline=None,
        target=prose(row, "sprtTrgtCn"),
        criteria=prose(row, "slctCritCn"),
        content=prose(row, "alwServCn"),
        how_to_apply=prose(row, "aplyMtdCn"),
        contact=pairs(row, "inqplCtadrList"),
        laws=pairs(row, "baslawList"),
        in_force_from=day(row, "enfcBgngYmd"),
        in_force_until=day(row, "enfcEndYmd"),
    )
