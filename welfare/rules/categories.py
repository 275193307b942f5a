"""Bokjiro's life stages, targets and themes, and gov24's fields, in the portal's own names."""

import re

STAGES = {
    "영유아": "INFANT",
    "아동": "CHILD",
    "청소년": "TEEN",
    "청년": "YOUTH",
    "중장년": "MIDDLE_AGED",
    "노년": "SENIOR",
    "임신·출산": "PREGNANCY",
}
TARGETS = {
    "다문화·탈북민": "MULTICULTURAL",
    "다자녀": "MANY_CHILDREN",
    "보훈대상자": "VETERAN",
    "장애인": "DISABLED",
    "저소득": "LOW_INCOME",
    "한부모·조손": "SINGLE_PARENT",
}
THEMES = {
    "신체건강": "HEALTH",
    "정신건강": "MENTAL_HEALTH",
    "생활지원": "LIVING",
    "주거": "HOUSING",
    "일자리": "WORK",
    "문화·여가": "CULTURE",
    "안전·위기": "SAFETY",
    "임신·출산": "BIRTH",
    "보육": "CHILDCARE",
    "교육": "EDUCATION",
    "입양·위탁": "ADOPTION",
    "보호·돌봄": "CARE",
    "서민금융": "FINANCE",
    "법률": "LAW",
    "에너지": "ENERGY",
}
# gov24 knows ten fields, most of them two of Bokjiro's themes in one.
FIELDS = {
    "보육·교육": ("CHILDCARE", "EDUCATION"),
    "주거·자립": ("HOUSING",),
    "생활안정": ("LIVING",),
    "임신·출산": ("BIRTH",),
    "보호·돌봄": ("CARE",),
    "보건·의료": ("HEALTH",),
    "고용·창업": ("WORK",),
    "문화·환경": ("CULTURE",),
    "행정·안전": ("SAFETY",),
    "농림축산어업": ("FARMING",),
}
USERS = {
    "개인": "PERSON",
    "가구": "HOUSEHOLD",
    "소상공인": "SMALL_BUSINESS",
    "법인/시설/단체": "ORGANISATION",
}
# The same dot comes as U+00B7, U+318D and U+30FB, with blanks around it and without.
DOT = re.compile(r"\s*[·ㆍ・‧]\s*")


def tokens(text: str | None, *, separator: str = ",") -> list[str]:
    """Split a list as the publishers write it; blank parts are left out, and so are repeats."""
    parts = (DOT.sub("·", part.strip()) for part in (text or "").split(separator))
    return list(dict.fromkeys(part for part in parts if part))


def named(text: str | None, names: dict[str, str]) -> list[str]:
    """Answer the known ones of a list by the portal's names, in their order of declaration."""
    told = set(tokens(text))
    return [name for word, name in names.items() if word in told]
