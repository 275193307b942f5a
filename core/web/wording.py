"""Words of a source on a page in another language."""

import re

from django.utils.html import format_html
from django.utils.translation import get_language

HANGUL = re.compile(r"[가-힣]")


def in_its_language(text: str) -> str:
    """Mark Korean words on an English page, so that they are read aloud in Korean."""
    if get_language() == "en" and HANGUL.search(text):
        return format_html('<span lang="ko">{}</span>', text)
    return text
