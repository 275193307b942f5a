"""Whom a kind of facility is for, in plain words; publishers write it in one word of their own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.wording import in_its_language

# None for what says nothing to a reader ("기타": other, "건강": health).
PLAIN_WORDS: dict[str, str | Promise | None] = {
    "건강": None,
    "건강가정": _("가족"),
    "결핵한센인": _("결핵이나 한센병을 앓는 사람"),
    "기타": None,
    "노숙인등": _("거리나 쪽방에서 지내는 사람"),
    "노인": _("어르신"),
    "다문화가족": _("다문화 가족과 외국인"),
    "아동": _("어린이와 청소년"),
    "여성": _("여성"),
    "영유아": _("초등학교에 들어가기 전의 아이"),
    "일반": _("누구나"),
    "장애인": _("장애인"),
    "저소득": _("소득이 적은 사람"),
    "정신보건": _("마음의 병이 있는 사람"),
    "청소년": _("청소년"),
    "한부모가족": _("한부모 가족"),
}


def client_group_words(told: str) -> str:
    """Answer it in words; a word that we do not know stays as its publisher wrote it."""
    known = PLAIN_WORDS.get(told, told)
    return in_its_language(known) if isinstance(known, str) else str(known or "")
