"""Says in the reader's language what logs keep in Korean: the portal's own words, no person's.

A log keeps the words that were true that day, so that nothing changes them later. What it was
about (`복지 상담 신청 #12`), what was done with it (`: 답하기`) and which list was looked through
are known words, and are translated where they are shown; what somebody typed stays as typed. Of a
household its number is left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from core.cases.enums import EventKind
from core.cases.registry import declared_kinds
from core.records.registry import titles_of
from core.web.wording import in_its_language, korean_marked
from seoul_portal.people_pages import LISTS, titles_of_lists

BETWEEN = " · "
THING = re.compile(r"(?P<title>.+) (?P<number>#[0-9]+)(?:: (?P<deed>.+))?", re.DOTALL)
LIST = re.compile(rf"(?P<title>.+) (?P<what>{'|'.join(map(re.escape, LISTS.values()))})")
# Households have numbers at their centre alone. Whoever lives there reads what their page was for.
HOUSEHOLD = re.compile(r"(?P<title>.+?) #[0-9]+(?:, #[0-9]+)*")
HOUSEHOLDS = {
    "돌보는 가구": gettext_lazy("동주민센터가 우리 가구를 돌보는 일"),
    "위기 신호 가구": gettext_lazy("우리 가구에 어려움이 있는지 동주민센터가 살펴보는 일"),
}

Words = Mapping[str, str]


def in_readers_language(kept: str) -> str:
    """Answer what was kept for whoever reads it now; of Korean words, Korean is marked."""
    if get_language() == "ko" or not kept:
        return BETWEEN.join(_of_household(part) or part for part in kept.split(BETWEEN))
    things, deeds = _things(), _deeds()
    parts = [conditional_escape(_said(part, things, deeds)) for part in kept.split(BETWEEN)]
    return SafeString(BETWEEN.join(parts))


def _said(part: str, things: Words, deeds: Words) -> str:
    if of_household := _of_household(part):
        return of_household
    if (found := THING.fullmatch(part)) and (title := things.get(found["title"])):
        said = f"{title} {found['number']}"
        if not found["deed"]:
            return korean_marked(said)
        if deed := deeds.get(found["deed"]):
            return korean_marked(f"{said}: {deed}")
    if (found := LIST.fullmatch(part)) and (title := things.get(found["title"])):
        if found["what"] == LISTS["export"]:
            return korean_marked(_("목록 내려받기: %(what)s") % {"what": title})
        return korean_marked(_("목록: %(what)s") % {"what": title})
    return in_its_language(part)


def _of_household(part: str) -> str:
    found = HOUSEHOLD.fullmatch(part)
    return str(HOUSEHOLDS.get(found["title"], "")) if found else ""


def _things() -> dict[str, str]:
    """Answer what things of the portal are called: in Korean, and to whoever reads."""
    lists = {title: titles_of([model])[0] for title, model in titles_of_lists().items()}
    return lists | _both(kind.title for kind in declared_kinds().values())


def _deeds() -> dict[str, str]:
    return _both(_titles_of_deeds())


def _titles_of_deeds() -> Iterator[str | Promise]:
    yield from (kind.label for kind in EventKind)
    for kind in declared_kinds().values():
        yield from (move.title for move in kind.moves)


def _both(titles: Iterable[str | Promise]) -> dict[str, str]:
    held = list(titles)
    with override("ko"):
        korean = [str(title) for title in held]
    return dict(zip(korean, map(str, held), strict=True))
