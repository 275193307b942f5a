"""What may be answered to the screener's questions, as people say it of themselves.

The names of facts (`fact_names.py`) say what a condition asks for; as answers some of them would be
jargon, or begin in lower case in English.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from welfare.queries.fact_names import NAMES_OF, STEP_NAMES, Label, programme_name
from welfare.queries.money import about_words, won_words
from welfare.queries.rulebook import rulebook
from welfare.rules.people import FULL, band_range
from welfare.rules.screener import QUESTIONS
from welfare.rules.vocabulary import BAND_BOUNDS, RECEIPTS, STEP_BOUNDS, Group

# Questions of which one answer is so.
CHOSEN_FROM: Mapping[str, Group] = {
    "sex": Group.SEX,
    "degree": Group.DISABILITY,
    "nationality": Group.NATIONALITY,
    "spouse": Group.SPOUSE,
    "service_pension": Group.SERVICE_PENSION,
    "care": Group.CARE,
    "housing": Group.HOUSING,
    "district": Group.DISTRICT,
}
# Asked in won: the bounds of the answers, and what they are called where nobody knows the size.
BANDED: dict[str, tuple[Mapping[str, int | None], Mapping[str, Label]]] = {
    "income": (BAND_BOUNDS, NAMES_OF[Group.INCOME_BAND]),
    "income_step": (STEP_BOUNDS, STEP_NAMES),
}
PLAINER: Mapping[str, Label] = {
    "M": pgettext_lazy("한 사람의 성별", "남성"),
    "F": pgettext_lazy("한 사람의 성별", "여성"),
    "PROSPECTIVE_PARENT": gettext_lazy("곧 부모가 되거나 되려고 함(난임 포함)"),
    "DISABLED": gettext_lazy("장애가 있음"),
    "ILL": gettext_lazy("오래 앓는 병이 있음"),
    "SINGLE_PARENT": gettext_lazy("한부모 가정, 조부모와 손주만 사는 가정"),
    "EXTENDED_FAMILY": gettext_lazy("확대가족(결혼한 자녀와 부모가 함께 삶)"),
    # 장애인복지법 시행규칙 별표 1: the six degrees became two on 1 July 2019.
    "SEVERE": gettext_lazy("심한 장애(예전 1~3급)"),
    "MILD": gettext_lazy("심하지 않은 장애(예전 4~6급)"),
    "WITH_SPOUSE": gettext_lazy("있음"),
    "WITHOUT_SPOUSE": gettext_lazy("없음"),
    "WITH_SERVICE_PENSION": gettext_lazy("본인이나 배우자가 받음"),
    "WITHOUT_SERVICE_PENSION": gettext_lazy("받지 않음"),
    "NURSERY": gettext_lazy("어린이집에 다님"),
    "KINDERGARTEN": gettext_lazy("유치원에 다님"),
    "AT_HOME": gettext_lazy("둘 다 다니지 않음"),
}


def answers_to(question: str) -> dict[str, Any]:
    """Answer what each answer to a question of names is called, in the order of the names."""
    if question in CHOSEN_FROM:
        names: Mapping[str, Label] = NAMES_OF[CHOSEN_FROM[question]]
    elif QUESTIONS[question].of_members:
        names = NAMES_OF[Group.PERSON]
    else:
        names = {**NAMES_OF[Group.HOUSEHOLD], **{one: programme_name(one) for one in RECEIPTS}}
    return {one: capfirst(str(PLAINER.get(one, name))) for one, name in names.items()}


def band_choices(question: str, size: int | None, on: datetime.date) -> list[tuple[str, str]]:
    """Say the bands of income in won for a household of that size, as the year's notice has it.

    In round sums, which people know; the page tells the exact ones beside it, for whoever lies
    between a bound and its round sum (`exact_bounds`).
    """
    bounds, names = BANDED[question]
    median = _median(size, on)
    if median is None:
        return [(band, str(words)) for band, words in names.items()]
    told = []
    for band, bound in bounds.items():
        low, high = band_range(band)
        shown = {
            "low": about_words((low - 1) * median // FULL) if low else "",
            "high": about_words(high * median // FULL) if bound else "",
        }
        words = _("%(low)s보다 많고 %(high)s까지") if low else _("%(high)s까지")
        told.append((band, capfirst((words if bound else _("%(low)s보다 많음")) % shown)))
    return told


def exact_bounds(question: str, size: int | None, on: datetime.date) -> str:
    """Answer the sums between the bands, to the won."""
    median = _median(size, on)
    if median is None:
        return ""
    bounded = [band for band, bound in BANDED[question][0].items() if bound]
    return " · ".join(won_words(band_range(band)[1] * median // FULL) for band in bounded)


def _median(size: int | None, on: datetime.date) -> int | None:
    table = rulebook(on).medians.on(on)
    return table.for_size(size) if table and size else None
