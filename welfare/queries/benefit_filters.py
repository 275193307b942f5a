"""The filters of the benefit list, read from an address; pages and API take the same names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.places.facts import District, get_district
from core.web.pagination import PAGE_SIZE, no_such_page, no_such_size, page_number, page_size
from welfare.enums import ProviderLevel
from welfare.queries.filters import LONGEST_Q, FiltersRefused, one_value
from welfare.rules.categories import STAGES, TARGETS, THEMES

BENEFIT_PARAMETERS: Final = (
    "q", "life_stage", "theme", "target", "district", "provider", "page", "page_size",
)  # fmt: skip
# What addresses say aloud; the names of the classes (SENIOR, senior) do as well.
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "life_stage": STAGES,
    "theme": THEMES | {"농림축산어업": "FARMING"},
    "target": TARGETS,
    "provider": {
        "나라": ProviderLevel.CENTRAL.value,
        "서울시": ProviderLevel.CITY.value,
        "자치구": ProviderLevel.DISTRICT.value,
        "공공기관": ProviderLevel.PUBLIC_BODY.value,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitFilters:
    """What a list of benefits keeps, and how it is cut into pages."""

    q: str = ""
    life_stage: str = ""
    theme: str = ""
    target: str = ""
    district: District | None = None
    provider: str = ""
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def count_key(self) -> str:
        """Answer what lists of the same length share."""
        place = self.district.code if self.district else ""
        return "|".join((self.q, self.life_stage, self.theme, self.target, place, self.provider))


def read_benefit_filters(query: QueryDict) -> BenefitFilters:
    """Read the filters; raise FiltersRefused with a sentence for each parameter that is wrong."""
    errors: dict[str, str] = {}
    values: dict[str, object] = {}
    for name in query:
        text = one_value(name, query.getlist(name))
        if name not in BENEFIT_PARAMETERS:
            known = ", ".join(BENEFIT_PARAMETERS)
            errors[name] = _("이런 조건은 없습니다. 쓸 수 있는 조건: %(known)s") % {"known": known}
        elif text:
            value, wrong = _READERS[name](name, text)
            if wrong:
                errors[name] = wrong
            else:
                values[name] = value
    if errors:
        raise FiltersRefused(errors)
    return BenefitFilters(**values)  # type: ignore[arg-type]


def class_of(name: str, text: str) -> str | None:
    """Answer the class that a word of a filter means: 노년, SENIOR and senior are one."""
    words = WORDS[name]
    if text in words:
        return words[text]
    return text.upper() if text.upper() in words.values() else None


Read = tuple[object, str]


def _read_q(name: str, text: str) -> Read:
    if len(text) > LONGEST_Q:
        return None, _("찾는 말은 %(longest)s자까지입니다.") % {"longest": LONGEST_Q}
    return (None, _("알 수 없는 값입니다.")) if "\x00" in text else (" ".join(text.split()), "")


def _read_class(name: str, text: str) -> Read:
    found = class_of(name, text)
    known = ", ".join(WORDS[name])
    return found, "" if found else _("쓸 수 있는 값: %(known)s") % {"known": known}


def _read_district(name: str, text: str) -> Read:
    found = get_district(text)
    wrong = _("서울에 이런 자치구가 없습니다. 이름(강남구)이나 코드로 적어 주세요.")
    return found, "" if found else wrong


def _read_page(name: str, text: str) -> Read:
    number = page_number(text)
    return number, "" if number else no_such_page()


def _read_page_size(name: str, text: str) -> Read:
    size = page_size(text)
    return size, "" if size else no_such_size()


_READERS: Final[Mapping[str, Callable[[str, str], Read]]] = {
    "q": _read_q,
    **dict.fromkeys(WORDS, _read_class),
    "district": _read_district,
    "page": _read_page,
    "page_size": _read_page_size,
}
