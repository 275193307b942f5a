"""The 95 kinds of welfare facility in their 34 families, and how often each occurs.

Names: Ministry of Health and Welfare, as the Seoul Open Data Plaza publishes them; the figures are
counted in the city's list of 2022.
"""

from typing import NamedTuple


class Kind(NamedTuple):
    name: str
    family: str
    group: str
    weight: int
    code: str
    """Six digits: whom for (01 elderly, 02 children, 03 disabled, 04 others), family, kind."""
    letter: str
    """What a facility's own code begins with."""

    @property
    def label(self) -> str:
        """As FCLT_KIND_NM tells it."""
        return f"({self.group}) {self.name}"


FAMILIES = (
    ("재가노인복지시설", "노인", "재가노인복지시설=663"),
    (
        "아동복지시설",
        "아동",
        "지역아동센터=432 다함께돌봄센터=72 공동생활가정=66 아동양육시설=44 "
        "지역아동센터(지역아동복지센터)=14 자립지원시설=4 아동일시보호시설=4 "
        "아동보호치료시설=3 아동종합시설=3 학대피해아동쉼터=3 아동상담소=2",
    ),
    ("노인의료복지시설", "노인", "노인요양공동생활가정=308 노인요양시설=223"),
    (
        "장애인거주시설",
        "장애인",
        "장애인공동생활가정=175 장애인단기거주시설=42 중증장애인거주시설=23 "
        "장애유형별거주시설=21 장애영유아거주시설=2",
    ),
    (
        "장애인지역사회재활시설",
        "장애인",
        "장애인주간보호시설=132 장애인복지관=53 수화통역센터=25 장애인재활치료시설=14 "
        "장애인체육시설=7 장애인수련시설=1 점자도서관=1 장애인생활이동지원센터=1",
    ),
    (
        "장애인직업재활시설",
        "장애인",
        "장애인보호작업장=117 장애인근로사업장=15 장애인직업적응훈련시설=8",
    ),
    ("일반사회복지시설", "일반", "사회복지관=98"),
    (
        "정신재활시설",
        "정신보건",
        "재활훈련시설-공동생활가정=44 재활훈련시설-주간재활시설=30 생활시설=14 "
        "재활훈련시설-직업재활시설=7 중독자재활시설=4 재활훈련시설-지역사회전환시설=4 "
        "재활훈련시설-아동ㆍ청소년정신건강지원시설=4 종합시설=1 정신질환자주거시설(구)=1 "
        "정신질환자지역사회재활시설(구)=1",
    ),
    ("노인여가복지시설", "노인", "노인복지관(소규모)=43 노인복지관=39 노인교실=15"),
    ("자활시설", "저소득", "지역자활센터=31"),
    ("다문화가족복지시설", "다문화가족", "다문화가족지원센터=23"),
    ("건강가정지원센터", "건강가정", "건강가정지원센터=23"),
    ("건강기타", "건강", "치매상담센터=22"),
    ("정신보건기타", "정신보건", "정신건강증진센터=20"),
    ("노인일자리지원기관", "노인", "노인일자리지원기관=19"),
    ("노숙인등생활시설", "노숙인등", "노숙인자활시설=14 노숙인재활시설=8 노숙인요양시설=5"),
    (
        "장애인기타",
        "장애인",
        "(기타)장애인복지시설=13 중증장애인자립생활지원센터=7 장애인자립지원센터=2",
    ),
    ("노인주거복지시설", "노인", "양로시설=12 노인복지주택=10 노인공동생활가정=3"),
    (
        "한부모가족복지시설",
        "한부모가족",
        "미혼모자가족복지시설(공동생활지원형)=11 모자가족복지시설(기본생활지원형)=6 "
        "미혼모자가족복지시설(기본생활지원형)=6 "
        "미혼모자가족복지시설(미혼모공동생활지원형)=1 부자가족복지시설(공동생활지원형)=1 "
        "부자가족복지시설(기본생활지원형)=1 한부모가족복지상담소=1",
    ),
    ("장애인의료재활시설", "장애인", "장애인의료재활시설=6"),
    (
        "노인기타",
        "노인",
        "장기요양기관=6 노인복지센터=2 어르신상담센터=1 (기타)노인복지시설=1 경로식당=1",
    ),
    ("성매매피해지원시설", "여성", "성매매피해상담소=6 자활지원센터=1"),
    ("노인보호전문기관", "노인", "노인보호전문기관=5"),
    (
        "노숙인등이용시설",
        "노숙인등",
        "쪽방상담소=5 노숙인종합지원센터=3 노숙인일시보호시설=3 노숙인급식시설=1",
    ),
    ("기타시설", "기타", "기타시설=5 푸드뱅크=4 고용복지지원센터=1"),
    ("정신요양시설", "정신보건", "정신요양시설=3"),
    (
        "여성기타",
        "여성",
        "가정폭력상담원교육훈련시설=3 대안교육위탁기관=1 성폭력상담원교육훈련시설=1 "
        "폭력피해이주여성자활지원센터=1 폭력피해이주여성그룹홈=1",
    ),
    ("보육시설", "영유아", "어린이집=2"),
    ("장애인생산품판매시설", "장애인", "장애인생산품판매시설=1"),
    ("영유아기타", "영유아", "육아종합지원센터=1"),
    ("청소년복지시설", "청소년", "청소년쉼터=1"),
    ("다문화가족기타", "다문화가족", "외국인지원센터=1"),
    ("한부모가족기타", "한부모가족", "한부모가족지원센터=1"),
    ("결핵한센시설", "결핵한센인", "결핵요양시설=1"),
)

PREFIXES = {"노인": "01", "아동": "02", "장애인": "03"}
LETTERS = {
    "노인": "A",
    "아동": "B",
    "장애인": "C",
    "한부모가족": "D",
    "노숙인등": "E",
    "정신보건": "F",
    "청소년": "F",
    "영유아": "I",
    "결핵한센인": "I",
    "저소득": "J",
    "다문화가족": "M",
    "건강가정": "M",
    "여성": "W",
    "기타": "X",
    "일반": "Z",
    "건강": "Z",
}
KNOWN_CODES = {"중증장애인거주시설": "030105", "폭력피해이주여성그룹홈": "040211"}
"""Codes seen in real rows; the numbers below the prefix of all others are ours."""

PROTECTED = ("학대피해아동쉼터", "폭력피해이주여성그룹홈")
"""Shelters whose name and place are masked, because someone may be looking for their residents."""


def _kinds() -> tuple[Kind, ...]:
    return tuple(
        _kind(family, group, number, order, told)
        for number, (family, group, members) in enumerate(FAMILIES, 1)
        for order, told in enumerate(members.split(), 51)
    )


def _kind(family: str, group: str, number: int, order: int, told: str) -> Kind:
    name, _, weight = told.rpartition("=")
    code = KNOWN_CODES.get(name) or f"{PREFIXES.get(group, '04')}{number:02}{order:02}"
    return Kind(name, family, group, int(weight), code, LETTERS[group])


KINDS = _kinds()
BY_LABEL = {kind.label: kind for kind in KINDS}
PROTECTED_KINDS = tuple(kind for kind in KINDS if kind.name in PROTECTED)
