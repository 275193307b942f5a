"""Reads query parameters strictly: each once, in UTF-8, by a known name, of a sane length."""

import re
from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.web.pagination import no_such_page, no_such_size, page_number, page_size
from core.web.problems import refuse

LONGEST_VALUE = 300
UNREADABLE = re.compile("[\x00\ufffd\ud800-\udfff]")


def read_parameters(request: HttpRequest, known: Collection[str]) -> dict[str, str]:
    """Answer the parameters by name; a blank one counts as not given."""
    errors = {}
    values = {}
    for name, given in request.GET.lists():
        wrong = _unknown(name, known) if name not in known else _unusable(given)
        if wrong:
            errors[_printable(name)] = wrong
        elif given[0].strip():
            values[name] = given[0].strip()
    if errors:
        raise refuse(errors)
    return values


def read_paging(values: dict[str, str], *, size_name: str = "page_size") -> tuple[int, int]:
    """Answer page and page size; refuse what is past the last page that can be asked for."""
    page, size = page_number(values.get("page")), page_size(values.get(size_name))
    if page is None or size is None:
        told = {"page": (page, no_such_page()), size_name: (size, no_such_size())}
        raise refuse({name: words for name, (number, words) in told.items() if number is None})
    return page, size


def _unknown(name: str, known: Collection[str]) -> str:
    return _("이런 조건은 없습니다. 쓸 수 있는 조건: %(known)s") % {"known": ", ".join(known)}


def _unusable(given: list[str]) -> str:
    if len(given) > 1:
        return _("한 번만 적어 주세요. 여러 값은 받지 않습니다.")
    if UNREADABLE.search(given[0]):
        return _("읽을 수 없는 글자가 있습니다. UTF-8로 적어 주세요.")
    if len(given[0]) > LONGEST_VALUE:
        return _("%(most)s자까지 적을 수 있습니다.") % {"most": LONGEST_VALUE}
    return ""


def _printable(name: str) -> str:
    return UNREADABLE.sub("?", name)[:40]
