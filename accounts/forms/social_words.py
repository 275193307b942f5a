"""What another company told of somebody who signed in by it, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What Google, Kakao and Naver call the things that a person would want to know of; whatever else
# they told is said to be there, without its code.
WORDS: dict[str, Any] = {
    "email": gettext_lazy("이메일 주소"),
    "name": gettext_lazy("이름"),
    "nickname": gettext_lazy("별명"),
    "given_name": gettext_lazy("이름"),
    "family_name": gettext_lazy("성"),
    "picture": gettext_lazy("사진"),
    "profile_image": gettext_lazy("사진"),
    "birthday": gettext_lazy("생일"),
    "birthyear": gettext_lazy("태어난 해"),
    "gender": gettext_lazy("성별"),
    "age": gettext_lazy("나이대"),
    "age_range": gettext_lazy("나이대"),
    "mobile": gettext_lazy("휴대전화 번호"),
    "phone_number": gettext_lazy("휴대전화 번호"),
    "locale": gettext_lazy("언어"),
}


def told_in_words(account: Any) -> str:
    """Answer line by line what is kept; the marks of the other company's machines are not told."""
    told = dict.fromkeys(_lines(account.extra_data or {}))
    if told:
        return ", ".join(told)
    return _("이름 없는 표시만 있습니다.") if account.extra_data else _("받은 내용 없음")


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _lines(value)
        elif key in WORDS and value not in (None, "", False):
            yield f"{WORDS[key]}: {value}"
