"""Programmes that never existed, as pure functions of a number: the same today and tomorrow.

A number on gov24's list may be on Bokjiro's too, in another spelling: both tell of one programme.
Bokjiro's lists begin with programmes that are real (`known.py`). Of the others none bears a number
that a publisher gives: rules that are kept of a real programme would be told of it.
"""

from typing import NamedTuple

from core.sandbox.upstreams.benefits import known
from core.sandbox.upstreams.benefits.agencies import CENTRAL, WHEEL, Agency
from core.sandbox.upstreams.benefits.conditions import CODES, conditions_of
from core.sandbox.upstreams.benefits.wording import AIMS, DEADLINES, FORMS, GROUPS, NEEDS, WAYS
from core.sandbox.upstreams.serving.dice import mixed
from core.sandbox.upstreams.serving.tables import Row

_TURN = len(WHEEL)
_CENTRAL = tuple(place for place, agency in enumerate(WHEEL) if agency.level == CENTRAL)
_LOCAL = tuple(place for place, agency in enumerate(WHEEL) if agency.is_local)
_PLACES: dict[str, list[int]] = {}
for _place, _agency in enumerate(WHEEL):
    _PLACES.setdefault(_agency.code, []).append(_place)
ELSEWHERE = _TURN * 50_000
"""Numbers from here on stand for programmes that only Bokjiro lists."""
# Publishers count in digits alone: a letter there is in no number of theirs. Bokjiro's own have
# come to six thousand.
_LEADS = "GHIJKLMNOPQRSTUVWXYZ"
_FOUR_SIGNS = 16
_MADE_UP = 90_000_000
_CHANGED_OF = 20
"""With another seed, one service in so many has changed since, and says so in 수정일시."""

_USERS = (*("개인",) * 7, "가구", "가구", "개인||가구", "소상공인", "법인/시설/단체")
"""Whom a service is for; one in six is for firms and bodies only."""


class Programme(NamedTuple):
    number: int
    agency: Agency
    name: str
    group: tuple[str, str, str]
    """Whom it is for: word, Bokjiro's life stages and individual targets."""
    need: tuple[str, str, str]
    """What it helps with: word, gov24's field, Bokjiro's theme."""
    form: tuple[str, str, str]
    dice: int


def programme(number: int) -> Programme:
    dice = mixed(number)
    agency = WHEEL[number % _TURN]
    group = GROUPS[dice % len(GROUPS)]
    need = NEEDS[(dice >> 8) % len(NEEDS)]
    form = FORMS[(dice >> 16) % len(FORMS)]
    place = f"{agency.district or agency.province} " if agency.is_local and dice >> 24 & 1 else ""
    return Programme(
        number, agency, f"{place}{group[0]} {need[0]} {form[0]}", group, need, form, dice >> 28
    )


def service_id(number: int) -> str:
    """Twelve signs: the agency's code and a running number, as real ones are put together."""
    turn, place = divmod(number, _TURN)
    code = WHEEL[place].code
    places = _PLACES[code]
    running = turn * len(places) + places.index(place)
    return f"{code}{_LEADS[running >> _FOUR_SIGNS]}{running % (1 << _FOUR_SIGNS):04X}"


def number_of_service(identity: str) -> int | None:
    places, lead, signs = _PLACES.get(identity[:7]), identity[7:8], identity[8:]
    if places is None or not lead or lead not in _LEADS:
        return None
    try:
        running = (_LEADS.index(lead) << _FOUR_SIGNS) + int(signs, base=16)
    except ValueError:
        return None
    turn, nth = divmod(running, len(places))
    number = turn * _TURN + places[nth]
    return number if service_id(number) == identity else None


def modified_at(number: int, seed: int) -> str:
    dice = mixed(number ^ 0x60F)
    if seed and mixed(number ^ seed << 32) % _CHANGED_OF == 0:
        return f"202607{seed % 28 + 1:02}{dice % 24:02}{dice // 24 % 60:02}00"
    day = f"20{20 + dice % 6}{dice // 6 % 12 + 1:02}{dice // 72 % 28 + 1:02}"
    return f"{day}{dice >> 20 & 15:02}{dice >> 30 & 31:02}{dice >> 40 & 31:02}"


def central_number(row: int) -> int:
    """The programme behind a row of Bokjiro's central list: one in four is not on gov24's."""
    return _number(row, _CENTRAL)


def local_number(row: int) -> int:
    return _number(row, _LOCAL)


def _number(row: int, places: tuple[int, ...]) -> int:
    turn, place = divmod(row, len(places))
    return turn * _TURN + places[place] + (0 if row % 4 else ELSEWHERE)


def service(number: int, seed: int = 0) -> Row:
    """One row of serviceList."""
    told = programme(number)
    agency, dice = told.agency, told.dice
    is_changed = modified_at(number, seed) != modified_at(number, 0)
    won = (dice % 50 + 1 + is_changed) * 10_000
    department = f"{told.need[0].split()[0]}정책과"
    return {
        "서비스ID": service_id(number),
        "지원유형": told.form[1],
        "서비스명": told.name,
        "서비스목적요약": f"{told.group[0]}에게 {told.need[0]} {told.form[2]}",
        "지원대상": f"○ {_home(agency)}{told.group[0]}\r\n - 신청일 현재 요건을 갖춘 분",
        "선정기준": f"○ 소득 기준: {_income(dice)}\r\n" if dice % 7 else None,
        "지원내용": f"○ {told.need[0]} {told.form[2]}\r\n - 월 {won:,}원",
        "신청방법": WAYS[dice % len(WAYS)],
        "신청기한": DEADLINES[(dice >> 6) % len(DEADLINES)],
        "상세조회URL": f"https://www.gov.kr/portal/rcvfvrSvc/dtlEx/{service_id(number)}",
        "소관기관코드": agency.code,
        "소관기관명": agency.name,
        "부서명": department,
        "조회수": dice % 100_000,
        "소관기관유형": agency.level,
        "사용자구분": _users(number),
        "서비스분야": told.need[1],
        "접수기관": "주민센터" if dice % 3 else agency.name,
        "전화문의": f"{agency.name}/02-000-{dice % 10_000:04}||{department}/110",
        "등록일시": "20201217142613",
        "수정일시": modified_at(number, seed),
    }


def detail(number: int, seed: int = 0) -> Row:
    """One row of serviceDetail."""
    row, told = service(number, seed), programme(number)
    dice = told.dice
    papers = ("신청서", "신분증", "통장 사본", "주민등록등본", "소득 확인 서류")
    return {
        "서비스ID": row["서비스ID"],
        "지원유형": row["지원유형"],
        "서비스명": row["서비스명"],
        "서비스목적": f"{row['서비스목적요약']}.",
        "신청기한": row["신청기한"],
        "지원대상": row["지원대상"],
        "선정기준": row["선정기준"],
        "지원내용": row["지원내용"],
        "신청방법": f"○ {str(row['신청방법']).replace('||', ', ')}",
        "구비서류": "○ " + ", ".join(papers[: 1 + dice % 5]),
        "접수기관명": row["접수기관"],
        "문의처": row["전화문의"],
        "온라인신청사이트URL": "https://www.gov.kr" if "온라인" in str(row["신청방법"]) else "",
        "수정일시": row["수정일시"],
        "소관기관명": row["소관기관명"],
        "행정규칙": "",
        "자치법규": f"{told.agency.name} {told.group[0]} 지원 조례(제{dice % 30 + 1}조)"
        if told.agency.is_local
        else "",
        "법령": "" if told.agency.is_local else f"사회보장기본법(제{dice % 40 + 1}조)",
        "공무원확인구비서류": "주민등록등본" if dice % 2 else "",
        "본인확인필요구비서류": "",
    }


def conditions(number: int, seed: int = 0) -> Row:
    """One row of supportConditions."""
    told = programme(number)
    held, first, last = conditions_of(told.group[0], _users(number), told.dice)
    flags: Row = {code: "Y" if code in held else None for code in CODES}
    return {
        "서비스ID": service_id(number),
        "서비스명": told.name,
        **flags,
        "JA0110": first,
        "JA0111": last,
    }


def welfare_service(number: int, row: int, *, is_local: bool) -> Row:
    """One row of a Bokjiro list; two names in five are spelled another way than gov24's."""
    identity = welfare_id(row, is_local=is_local)
    if real := _known(row, is_local=is_local):
        return known.listed(real, is_local=is_local, link=_link(identity, is_local=is_local))
    told = programme(number)
    common: Row = {
        "servId": identity,
        "servNm": _respelled(told.name, told.dice),
        "servDgst": f"{told.group[0]}의 {told.need[0]} 부담을 덜고자 {told.form[2]}.&#13;\n"
        if told.dice % 40 == 0
        else f"{told.group[0]}의 {told.need[0]} 부담을 덜고자 {told.form[2]}.",
    }
    life, target, theme = told.group[1], told.group[2], told.need[2]
    link = _link(identity, is_local=is_local)
    cycle = ("월", "1회성", "년", "수시")[told.dice % 4]
    if is_local:
        return {
            **common,
            "bizChrDeptNm": f"{told.agency.name} 복지정책과",
            "ctpvNm": told.agency.province,
            "sggNm": told.agency.district,
            "lifeNmArray": life.replace("임신 · 출산", "임신·출산"),
            "trgterIndvdlNmArray": target,
            "intrsThemaNmArray": theme,
            "sprtCycNm": cycle,
            "srvPvsnNm": told.form[1].split("||")[0],
            "aplyMtdNm": ("방문", "방문, 인터넷", "", "방문, 우편, E-mail")[told.dice % 4],
            "servDtlLink": link,
            "inqNum": told.dice % 9_000,
            "lastModYmd": modified_at(number, 0)[:8],
        }
    return {
        **common,
        "jurMnofNm": told.agency.name,
        "jurOrgNm": "복지정책과",
        "servDtlLink": link,
        "lifeArray": life,
        "trgterIndvdlArray": target,
        "intrsThemaArray": theme,
        "sprtCycNm": cycle,
        "srvPvsnNm": told.form[1].split("||")[0],
        "rprsCtadr": "129",
        "onapPsbltYn": "Y" if told.dice % 3 else "N",
        "inqNum": told.dice % 90_000,
        "svcfrstRegTs": modified_at(number, 0)[:8],
    }


def _link(identity: str, *, is_local: bool) -> str:
    return (
        "https://www.bokjiro.go.kr/ssis-tbu/twataa/wlfareInfo/moveTWAT52011M.do?wlfareInfoId="
        f"{identity}&wlfareInfoReldBztpCd={'02' if is_local else '01'}"
    )


def _known(row: int, *, is_local: bool) -> known.Known | None:
    real = known.LOCAL if is_local else known.CENTRAL
    return real[row] if row < len(real) else None


def welfare_id(row: int, *, is_local: bool) -> str:
    if real := _known(row, is_local=is_local):
        return real.identity
    return f"WLF{_MADE_UP + row * 2 + is_local}"


def row_of_welfare(identity: str, *, is_local: bool) -> int | None:
    real = known.LOCAL if is_local else known.CENTRAL
    for row, one in enumerate(real):
        if one.identity == identity:
            return row
    running = identity.removeprefix("WLF")
    if not running.isdecimal() or int(running) < _MADE_UP or int(running) % 2 != is_local:
        return None
    row = (int(running) - _MADE_UP) // 2
    return None if row < len(real) else row


def welfare_detail(number: int, row: int, *, is_local: bool) -> Row:
    if real := _known(row, is_local=is_local):
        link = _link(real.identity, is_local=is_local)
        return known.detailed(real, is_local=is_local, link=link)
    told, listed = programme(number), welfare_service(number, row, is_local=is_local)
    text: Row = {
        "tgtrDtlCn" if not is_local else "sprtTrgtCn": f"{_home(told.agency)}{told.group[0]}",
        "slctCritCn": _income(told.dice),
        "alwServCn": f"{told.need[0]} {told.form[2]}&amp;middot;안내",
    }
    if is_local:
        return {
            **listed,
            **text,
            "aplyMtdCn": "주소지 주민센터에 신청합니다.",
            "enfcBgngYmd": "20260101",
            "enfcEndYmd": "99991231" if told.dice % 3 else "20261231",
        }
    return {**listed, "wlfareInfoOutlCn": f"{listed['servDgst']}", **text}


def _respelled(name: str, dice: int) -> str:
    match dice % 5:
        case 1:
            return name.replace(" ", "")
        case 2:
            return f"{name}({AIMS[dice % len(AIMS)]})"
    return name


def _home(agency: Agency) -> str:
    return f"{agency.district or agency.province}에 사는 " if agency.is_local else ""


def _income(dice: int) -> str:
    return f"기준 중위소득 {50 + dice % 8 * 15}% 이하"


def _users(number: int) -> str:
    return _USERS[mixed(number ^ 0xA5E) % len(_USERS)]
