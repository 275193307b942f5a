"""Programmes that are real, under their own numbers at Bokjiro: the rest of the rows is made up.

The portal keeps conditions of its own for these and joins them by the number, so that a number must
stand for the same programme here as there. Names, givers and classes are as Bokjiro lists them
(compared in November 2026); the sentences are ours and hold no sums, which a year makes wrong.
"""

from typing import NamedTuple

from core.sandbox.upstreams.serving.tables import Row

HEALTH, EDUCATION, FAMILY = "보건복지부", "교육부", "성평등가족부"
INFANTS, ADULTS = "영유아", "청년,중장년,노년"
POOR, DISABLED = "저소득", "장애인"
MONEY, VOUCHER, SERVICE = "현금지급", "전자바우처(바우처)", "프로그램/서비스(서비스)"


class Known(NamedTuple):
    """One programme: what a list tells of it, and for whom it is in a sentence."""

    identity: str
    name: str
    giver: str
    life: str
    targets: str
    themes: str
    form: str
    summary: str
    whom: str


CENTRAL = (
    Known("WLF00001132", "생계급여(맞춤형 급여)", HEALTH, "청소년,청년,중장년", POOR, "생활지원",
          MONEY, "소득과 재산이 적은 가구에 매달 생활비를 보탭니다.",
          "소득인정액이 생계급여 선정기준 이하인 가구"),
    Known("WLF00000102", "의료급여(의료급여)", HEALTH, "", "다문화·탈북민,보훈대상자,저소득",
          "신체건강,정신건강", "의료지원", "소득과 재산이 적은 사람의 병원비와 약값을 덜어 줍니다.",
          "소득인정액이 의료급여 선정기준 이하이고 부양의무자 기준에 맞는 사람"),
    Known("WLF00003201", "주거급여(맞춤형 급여)", "국토교통부", "", POOR, "주거,에너지", MONEY,
          "소득이 적은 가구의 임차료를 보태고, 낡은 자기 집을 고쳐 줍니다.",
          "소득인정액이 주거급여 선정기준 이하인 가구"),
    Known("WLF00001089", "교육급여(맞춤형 급여)", EDUCATION, "아동,청소년", POOR, "교육", VOUCHER,
          "소득이 적은 가구의 초·중·고등학생에게 교육활동비를 지원합니다.",
          "소득인정액이 교육급여 선정기준 이하인 가구의 초·중·고등학생"),
    Known("WLF00003180", "긴급복지 생계지원", HEALTH, "", POOR, "생활지원", MONEY,
          "갑자기 살기 어려워진 가구에 먼저 생활비를 지원하고 나중에 조사합니다.",
          "위기사유가 생겨 생계가 어려운 저소득 가구"),
    Known("WLF00001164", "기초연금", HEALTH, "노년", POOR, "생활지원,서민금융", MONEY,
          "65세가 넘고 소득과 재산이 많지 않은 어르신께 매달 연금을 드립니다.",
          "소득인정액이 선정기준액 이하인 65세 이상 어르신"),
    Known("WLF00003249", "장애인연금", HEALTH, ADULTS, f"{DISABLED},{POOR}", "생활지원", MONEY,
          "장애가 심하고 소득과 재산이 적은 어른에게 매달 연금을 드립니다.",
          "18세 이상 중증장애인으로 소득인정액이 선정기준액 이하인 사람"),
    Known("WLF00003265", "장애수당", HEALTH, ADULTS, f"{DISABLED},{POOR}", "생활지원", MONEY,
          "장애인연금 대상이 아닌 저소득 장애인에게 매달 수당을 드립니다.",
          "18세 이상 등록장애인으로 기초생활수급자이거나 차상위계층인 사람"),
    Known("WLF00003198", "장애아동수당", HEALTH, "아동,청소년", f"{DISABLED},{POOR}", "생활지원",
          MONEY, "소득이 적은 가구의 장애아동에게 매달 수당을 드립니다.",
          "18세 미만 등록장애아동으로 기초생활수급자이거나 차상위계층인 가구"),
    Known("WLF00003260", "장애인활동지원", HEALTH, "아동,청소년,청년,중장년", DISABLED, "생활지원",
          VOUCHER, "혼자 생활하기 어려운 장애인에게 활동지원사를 보내 돕습니다.",
          "6세 이상 65세 미만의 등록장애인으로 종합조사에서 필요가 인정된 사람"),
    Known("WLF00001155", "노인일자리 및 사회활동 지원사업", HEALTH, "노년", "", "일자리", MONEY,
          "어르신이 일하고 사회활동을 하실 수 있게 일자리를 마련합니다.",
          "60세 또는 65세 이상으로 사업 유형별 기준에 맞는 어르신"),
    Known("WLF00003191", "노인맞춤돌봄서비스", HEALTH, "노년", POOR,
          "생활지원,안전·위기,보호·돌봄", SERVICE,
          "돌봄이 필요한 어르신의 안부를 살피고 일상생활을 돕습니다.",
          "65세 이상 기초생활수급자, 차상위계층, 기초연금 수급자로 돌봄이 필요한 어르신"),
    Known("WLF00000103", "노인장기요양보험 복지용구 급여", HEALTH, "노년", "",
          "신체건강,생활지원", "현물지급",
          "장기요양 등급을 받은 분이 생활에 필요한 복지용구를 사거나 빌리게 돕습니다.",
          "장기요양 등급을 받은 사람"),
    Known("WLF00001171", "아동수당 지급", HEALTH, "영유아,아동", "", "생활지원,보육", MONEY,
          "어린아이를 키우는 가구에 매달 수당을 드립니다.",
          "아동수당법이 정한 나이보다 어린 아동"),
    Known("WLF00004657", "부모급여 지원", HEALTH, INFANTS, "", "보육", MONEY,
          "두 돌이 안 된 아이를 키우는 가구에 매달 급여를 드립니다.", "24개월 미만의 영아"),
    Known("WLF00004656", "첫만남이용권", HEALTH, "영유아,임신 · 출산", "", "임신·출산,보육",
          VOUCHER, "아이가 태어나면 한 번, 육아용품 등에 쓸 수 있는 이용권을 드립니다.",
          "출생신고를 한 2세 미만의 아동"),
    Known("WLF00006313", "건강보험 임신출산 진료비(국민행복카드)", HEALTH, "영유아,임신 · 출산", "",
          "임신·출산,보육", VOUCHER, "임신과 출산, 두 돌 전 아이의 진료비에 쓸 이용권을 드립니다.",
          "건강보험에 든 임산부와 2세 미만의 영유아"),
    Known("WLF00001188", "산모·신생아 건강관리 지원사업", HEALTH, "영유아,임신 · 출산",
          f"다자녀,{DISABLED},{POOR}", "신체건강,임신·출산", VOUCHER,
          "출산한 집에 건강관리사가 찾아가 산모와 아기를 돌봅니다.",
          "출산했거나 출산을 앞둔 산모"),
    Known("WLF00003253", "가정양육수당 지원사업", EDUCATION, "영유아,아동", "", "보육", MONEY,
          "어린이집이나 유치원에 다니지 않는 아이를 키우는 가구에 매달 수당을 드립니다.",
          "24개월 이상 86개월 미만으로 초등학교에 들어가지 않고 집에서 크는 아이"),
    Known("WLF00003250", "영유아보육료 지원", EDUCATION, INFANTS, "", "보육", VOUCHER,
          "어린이집에 다니는 아이의 보육료를 지원합니다.", "어린이집에 다니는 영유아"),
    Known("WLF00000969", "유아학비 지원(3~5세 누리과정 지원)", EDUCATION, INFANTS, "", "교육",
          VOUCHER, "유치원에 다니는 아이의 학비를 지원합니다.", "유치원에 다니는 3~5세 유아"),
    Known("WLF00000024", "아이돌봄서비스", FAMILY, "영유아,아동,청소년",
          f"다문화·탈북민,다자녀,{DISABLED},한부모·조손", "보육,보호·돌봄", SERVICE,
          "부모가 돌보기 어려운 시간에 아이돌보미가 집으로 찾아가 아이를 돌봅니다.",
          "12세 이하의 아동을 키우는 가정"),
    Known("WLF00001068", "한부모가족 아동양육비 지원", FAMILY, "", "한부모·조손",
          "생활지원,보육,교육", MONEY, "소득이 적은 한부모·조손가족에 매달 양육비를 드립니다.",
          "소득인정액이 기준 이하인 한부모·조손가족의 자녀"),
    Known("WLF00001109", "청소년한부모 아동양육 및 자립지원", FAMILY, "청소년", "한부모·조손",
          "보육,교육", MONEY, "24세 이하 한부모의 아이 양육과 공부, 자립을 돕습니다.",
          "소득인정액이 기준 이하인 24세 이하 한부모"),
    Known("WLF00004661", "청년월세 지원사업", "국토교통부", "청년", POOR, "주거", MONEY,
          "부모와 따로 사는 무주택 청년의 월세를 정해진 동안 보탭니다. 신청 기간이 있습니다.",
          "19~34세로 부모와 따로 사는 무주택 청년"),
    Known("WLF00003245", "국민취업지원제도", "고용노동부", "청소년,청년,중장년,노년", POOR,
          "생활지원,일자리", MONEY,
          "일자리를 찾는 사람에게 취업지원과 함께 구직 기간의 생활비를 보탭니다.",
          "15세 이상 69세 이하의 구직자"),
    Known("WLF00003197", "국가장학금(Ⅰ, Ⅱ유형)", EDUCATION, "", "다자녀", "교육", "감면",
          "소득에 따라 대학 등록금을 지원합니다.", "학자금 지원구간 안에 드는 대학생"),
    Known("WLF00000055", "통합문화이용권", "문화체육관광부", "아동,청소년,청년,중장년,노년",
          f"{DISABLED},{POOR},한부모·조손", "문화·여가", VOUCHER,
          "소득이 적은 사람이 문화, 여행, 체육에 쓸 문화누리카드를 드립니다.",
          "6세 이상의 기초생활수급자와 차상위계층"),
    Known("WLF00000072", "에너지바우처", "기후에너지환경부", "영유아,노년",
          f"{DISABLED},{POOR},한부모·조손", "생활지원,주거,에너지", VOUCHER,
          "더위와 추위에 약한 저소득 가구의 전기·가스·난방 비용을 보탭니다.",
          "노인, 영유아, 장애인 등이 있는 기초생활수급 가구"),
)  # fmt: skip
LOCAL = (
    Known("WLF00002235", "서울형 긴급복지지원", "서울특별시", "", POOR, "생활지원,안전·위기", MONEY,
          "나라의 긴급복지를 받지 못하는 위기가구에 서울시가 생계비 등을 지원합니다.",
          "서울에 사는 저소득 위기가구"),
)  # fmt: skip


def listed(known: Known, *, is_local: bool, link: str) -> Row:
    """One row of a Bokjiro list; what changes from year to year is left out."""
    common: Row = {
        "servId": known.identity,
        "servNm": known.name,
        "servDgst": known.summary,
        "servDtlLink": link,
        "sprtCycNm": "",
        "srvPvsnNm": known.form,
        "inqNum": 0,
    }
    if is_local:
        return common | {
            "bizChrDeptNm": "",
            "ctpvNm": known.giver,
            "sggNm": "",
            "lifeNmArray": known.life,
            "trgterIndvdlNmArray": known.targets,
            "intrsThemaNmArray": known.themes,
            "aplyMtdNm": "방문",
            "lastModYmd": "20260101",
        }
    return common | {
        "jurMnofNm": known.giver,
        "jurOrgNm": "",
        "lifeArray": known.life,
        "trgterIndvdlArray": known.targets,
        "intrsThemaArray": known.themes,
        "rprsCtadr": "129",
        "onapPsbltYn": "N",
        "svcfrstRegTs": "20260101",
    }


def detailed(known: Known, *, is_local: bool, link: str) -> Row:
    """What a list tells, and for whom it is; how it is applied for differs too much to be told."""
    row = listed(known, is_local=is_local, link=link)
    if is_local:
        return row | {"sprtTrgtCn": known.whom, "slctCritCn": "", "alwServCn": known.summary}
    return row | {
        "wlfareInfoOutlCn": known.summary,
        "tgtrDtlCn": known.whom,
        "slctCritCn": "",
        "alwServCn": known.summary,
    }
