"""What generated facilities are called: a stem of good omen and the everyday word for the kind."""

from core.sandbox.upstreams.facilities.kinds import KINDS, Kind

STEMS = (
    "햇살 은빛 참사랑 늘푸른 한마음 새싹 행복한 소망 밝은 샘물 등대 가온 다솜 예담 온누리 푸른솔 "
    "해맑음 큰나무 느티나무 민들레 해오름 아름드리 두레 품앗이 동행 이음 마중 보듬 누리 하늘 "
    "별빛 달빛 꿈나무 새날 새봄 봄날 무지개 디딤돌 징검다리 사랑방 어울림 효드림 정든 은혜 평화 "
    "비전 다정 나래 한울 소나무"
).split()
SURNAMES = "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황".split()
GIVEN_NAMES = (
    "가람 나리 다온 라온 마루 바름 새론 아라 자람 차오름 한결 하람 보람 슬기 으뜸 이든"
).split()

EVERYDAY_WORDS = {
    "재가노인복지시설": ("재가노인복지센터", "데이케어센터", "노인복지센터", "방문요양센터"),
    "노인요양공동생활가정": ("요양원", "실버홈", "요양원(공동생활가정)"),
    "노인요양시설": ("요양원", "노인요양원", "전문요양원"),
    "장애인공동생활가정": ("의집", "그룹홈", "공동생활가정"),
    "공동생활가정": ("그룹홈", "의집"),
    "장애인주간보호시설": ("장애인주간보호센터", "주간보호센터", "주간활동센터"),
    "장애인보호작업장": ("보호작업장", "직업재활센터", "일터"),
    "사회복지관": ("종합사회복지관", "사회복지관"),
    "다함께돌봄센터": ("우리동네키움센터", "다함께돌봄센터"),
    "아동양육시설": ("원", "보육원", "아동복지원"),
    "노인복지관(소규모)": ("소규모노인복지센터", "노인복지센터"),
    "장애인단기거주시설": ("단기보호센터", "단기거주시설"),
    "치매상담센터": ("치매안심센터",),
    "정신건강증진센터": ("정신건강복지센터",),
    "노인일자리지원기관": ("시니어클럽",),
    "양로시설": ("양로원", "실버타운"),
    "중증장애인거주시설": ("장애인요양원", "의집"),
    "학대피해아동쉼터": ("아동쉼터",),
    "폭력피해이주여성그룹홈": ("여성쉼터",),
}


def _words(kind: Kind) -> tuple[str, ...]:
    plain = kind.name.replace("(기타)", "").rpartition("-")[2].partition("(")[0]
    return EVERYDAY_WORDS.get(kind.name) or (plain,)


_WORDS = {kind: _words(kind) for kind in KINDS}


def name_of(kind: Kind, district_name: str, dong: str, dice: int) -> str:
    words = _WORDS[kind]
    stem = STEMS[dice % 50]
    word = words[dice // 50 % len(words)]
    match dice // 250 % 8:
        case 0:
            return f"{district_name}립 {stem}{word}"
        case 1:
            return f"{dong.rstrip('0123456789가동') or stem}{word}"
        case 2:
            return f"{stem} {word}"
        case 3:
            return f"{stem}{STEMS[dice // 2000 % 50]}{word}"
        case _:
            return f"{stem}{word}"


def masked(name: str) -> str:
    """As protected shelters arrive: three syllables, then nothing that could be looked up."""
    return f"{name[:3]}****"


def head_of(dice: int) -> str:
    return SURNAMES[dice % 16] + GIVEN_NAMES[dice // 16 % 16]
