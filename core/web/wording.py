"""Words of a source on a page in another language."""

import html
import re
from typing import Any, cast

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

LETTER = "[가-힣ㄱ-ㅎㅏ-ㅣ]"
HANGUL = re.compile(LETTER)
# Korean words with what stands between them: 시험로 1 2층.
RUN = re.compile(rf"{LETTER}+(?:[\s\d.,·~/()-]*{LETTER}+)*")


def safe(text: object) -> str:
    """Escape what is not markup already; plain text by the short way: a list has a hundred."""
    if type(text) is str:
        return html.escape(text)
    return conditional_escape(cast(Any, text))


def in_its_language(text: str) -> str:
    """Mark Korean words on an English page, so that they are read aloud in Korean."""
    if get_language() == "en" and HANGUL.search(text):
        return format_html('<span lang="ko">{}</span>', text)
    return text


def korean_marked(text: str) -> str:
    """Mark the Korean words within an English sentence; markup is left as it is."""
    if get_language() != "en" or not HANGUL.search(text):
        return text
    if isinstance(text, SafeString) and "<" in text:
        return text
    return SafeString(RUN.sub(r'<span lang="ko">\g<0></span>', conditional_escape(text)))
