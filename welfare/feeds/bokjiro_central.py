"""Bokjiro's central welfare services (data.go.kr 15090532): those of the ministries."""

import datetime
from collections.abc import Mapping
from typing import Any

from core.feeds.protocol import Connection
from welfare.feeds._benefit import day, key_of
from welfare.feeds._bokjiro import (
    KEY,
    BokjiroDetailRecord,
    BokjiroDetails,
    BokjiroList,
    BokjiroRecord,
    pairs,
)
from welfare.feeds._reading import link, prose, title
from welfare.rules.categories import STAGES, TARGETS, THEMES, named
from welfare.rules.naming import core_name, full_name
from welfare.rules.providers import CENTRAL

NAME = "복지로 중앙부처 복지서비스"
PATH = "/B554287/NationalWelfareInformationsV001/NationalWelfarelistV001"
DETAIL_PATH = "/B554287/NationalWelfareInformationsV001/NationalWelfaredetailedV001"
# The list wants a search key even where nothing is searched; 003 is name and content.
ASKED = {"callTp": "L", "srchKeyCode": "003"}
LABELS = {
    "servId": "서비스 번호",
    "servNm": "서비스 이름",
    "servDgst": "요약",
    "jurMnofNm": "소관 부처",
    "jurOrgNm": "담당 부서",
    "lifeArray": "생애주기",
    "trgterIndvdlArray": "가구 상황",
    "intrsThemaArray": "관심 주제",
    "svcfrstRegTs": "처음 등록한 날",
}


def open_list(connection: Connection, now: datetime.datetime) -> BokjiroList:
    return BokjiroList(NAME, PATH, ASKED, parse_central_service, connection, now)


def open_details(
    connection: Connection, now: datetime.datetime, due: Mapping[str, int]
) -> BokjiroDetails:
    return BokjiroDetails(NAME, DETAIL_PATH, parse_central_detail, connection, now, due)


def parse_central_service(row: dict[str, Any]) -> BokjiroRecord:
    """Answer one row as a record; raise FieldRefused where it must not be taken."""
    source_key = key_of(row, KEY)
    name = title(row, "servNm")
    return BokjiroRecord(
        source_key=source_key,
        name=name,
        full_name=full_name(name),
        core_name=core_name(name),
        summary=prose(row, "servDgst"),
        provider_level=CENTRAL,
        provider=title(row, "jurMnofNm"),
        province_code=None,
        district_code=None,
        department=prose(row, "jurOrgNm"),
        # Blank is "not classified", not "nobody".
        life_stages=named(prose(row, "lifeArray"), STAGES),
        targets=named(prose(row, "trgterIndvdlArray"), TARGETS),
        themes=named(prose(row, "intrsThemaArray"), THEMES),
        cycle=prose(row, "sprtCycNm"),
        form=prose(row, "srvPvsnNm"),
        ways=["온라인신청"] if prose(row, "onapPsbltYn") == "Y" else [],
        contact=prose(row, "rprsCtadr"),
        link=link(row, "servDtlLink"),
        modified_at=day(row, "svcfrstRegTs"),
    )


def parse_central_detail(row: dict[str, Any], listed_hash: int) -> BokjiroDetailRecord:
    return BokjiroDetailRecord(
        source_key=key_of(row, KEY),
        listed_hash=listed_hash,
        outline=prose(row, "wlfareInfoOutlCn"),
        target=prose(row, "tgtrDtlCn"),
        criteria=prose(row, "slctCritCn"),
        content=prose(row, "alwServCn"),
        how_to_apply=pairs(row, "applmetList"),
        contact=pairs(row, "inqplCtadrList"),
        laws=pairs(row, "baslawList"),
        in_force_from=None,
        in_force_until=None,
    )
