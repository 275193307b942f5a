"""Which facilities must not be found, and what may be told of them instead."""

import re
import unicodedata
from dataclasses import dataclass

# Places where people are sheltered from violence. Their whereabouts are protected by the Acts on
# domestic violence (가정폭력방지법), sexual violence (성폭력방지법), prostitution
# (성매매피해자보호법), child abuse (아동복지법), elder abuse (노인복지법) and disabled victims
# (장애인복지법).
PROTECTED_KIND = re.compile(r"쉼터|보호시설|그룹홈|지원시설|자활지원센터|디딤터|피난")
VICTIMS = re.compile(r"학대|폭력|성매매|인신매매|피해")
# These take in victims, though neither kind nor family says so: mothers and children whom a
# partner abuses (한부모가족지원법 제19조 제1항의 일시지원시설, until 2008 모자일시보호시설), and
# those who call 1366 at night (가정폭력방지법 제4조의6, 긴급피난처).
ALWAYS_PROTECTED = re.compile(r"일시지원복지시설|일시지원시설|일시지원형|모자일시보호|긴급피난처")
# A 쉼터 of women, mothers or migrants is one from violence unless it says that it is something
# else. In doubt it is hidden: what was shown cannot be taken back.
SHELTER, WOMEN = re.compile(r"쉼터"), re.compile(r"여성|모자|미혼모|한부모|다문화")
# What is called a 쉼터 too and is of use only if found: rest from heat, cold and the street, and
# the shelters for homeless people (노숙인복지법) and teenagers (청소년복지 지원법), which publish
# where they are. 아동일시보호시설 (아동복지법 제52조) are no shelters from violence either: they
# take in foundlings and children given up for adoption, and print their address.
OPEN_TO_ALL = re.compile(r"무더위|폭염|한파|휴게|이동.{0,4}노동자|노숙|청소년|노인|어르신|치매")
# 0402xx: facilities for victims of violence in the ministry's own list of kinds.
PROTECTED_KIND_CODES = ("0402",)
# What may stand between the parts of a word: blanks, dots, dashes and brackets.
BETWEEN = re.compile(r"[\s·ㆍ‧・.,_()\[\]\u00ad\u200b-\u200d\ufeff-]+")
MASK = "****"
VISIBLE = 2
# What is kept of a rejected row that is a shelter's, or may be.
WITHHELD = {"비고": "보호 시설이거나 그럴 수 있어, 받은 내용을 남기지 않습니다."}


@dataclass(frozen=True, slots=True)
class Hotline:
    """Whom to call instead of going there, and what the number is called."""

    number: str
    name: str
    name_en: str


CHILD_ABUSE = Hotline("112", "아동학대 신고·상담", "Child abuse report line")
ELDER_ABUSE = Hotline("1577-1389", "노인학대 상담", "Elder abuse helpline")
MIGRANT_WOMEN = Hotline(
    "1577-1366", "다누리콜센터 (이주여성 상담)", "Danuri helpline for migrant women"
)
WOMEN_IN_NEED = Hotline("1366", "여성긴급전화", "Women's emergency hotline")


def is_protected_shelter(
    *,
    name: str | None,
    kind: str | None,
    family: str | None = None,
    kind_code: str | None = None,
) -> bool:
    """Say whether a facility shelters people from violence, or arrives masked by its publisher.

    A kind may leave unsaid whom it shelters where its family says it: 일반지원시설 of
    성매매피해지원시설.
    """
    if name and "**" in unicodedata.normalize("NFKC", name):
        return True
    if kind_code and kind_code.startswith(PROTECTED_KIND_CODES):
        return True
    name, kind, family = _joined(name), _joined(kind), _joined(family)
    for text in (kind, name):
        if ALWAYS_PROTECTED.search(text):
            return True
        if PROTECTED_KIND.search(text) and VICTIMS.search(text + family):
            return True
    return _is_a_womens_shelter(" ".join((name, kind)), family)


def hotline_for(*, kind: str, family: str) -> Hotline:
    """Answer whom those call who need a protected kind of facility."""
    told = _joined(kind) + _joined(family)
    if "아동" in told:
        return CHILD_ABUSE
    if "노인" in told:
        return ELDER_ABUSE
    return MIGRANT_WOMEN if re.search("이주|다문화", told) else WOMEN_IN_NEED


def mask_name(name: str) -> str:
    """Answer the publisher's own form of a masked name: `서울정****`."""
    bare = name.split("*", maxsplit=1)[0]
    return f"{bare[:VISIBLE]}{MASK}"


def _is_a_womens_shelter(told: str, family: str) -> bool:
    if not SHELTER.search(told) or OPEN_TO_ALL.search(told + family):
        return False
    return bool(WOMEN.search(told + family))


def _joined(text: str | None) -> str:
    """Answer the text in one form of writing and without what may stand within a word."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text or ""))
