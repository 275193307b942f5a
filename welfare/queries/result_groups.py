"""Under which heading the screener shows a benefit: what closes soon first, then by life stage."""

import datetime

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from core.web.kept import kept
from welfare.enums import LifeStage
from welfare.models import Benefit
from welfare.queries.rulebook import Rulebook
from welfare.rules.deadlines import WINDOWS

SOON = datetime.timedelta(days=30)
STAGES = tuple(LifeStage.values)
# The numbers of the groups are their order.
HURRY, SEVERAL = 0, len(STAGES) + 1


def groups_of(book: Rulebook) -> NDArray[np.int8]:
    """Answer the group of every benefit of a rulebook, in its order: read once a day."""
    return kept.get(f"welfare.result_groups:{book.version}:{book.on}", lambda: _read(book))


def group_name(group: int) -> str:
    if group == HURRY:
        return _("30일 안에 마감")
    return _("여러 나이") if group == SEVERAL else str(LifeStage(STAGES[group - 1]).label)


def _read(book: Rulebook) -> NDArray[np.int8]:
    names = ("code", "life_stages", "deadline_kind", "deadline_windows")
    rows = Benefit.objects.listed().for_seoul().order_by("code").only(*names)
    found = {one.code: _group(one, book.on) for one in rows.iterator()}
    return np.array([found.get(key, SEVERAL) for key in book.compiled.keys], np.int8)


def _group(benefit: Benefit, on: datetime.date) -> int:
    if benefit.deadline_kind == WINDOWS:
        closes = benefit.standing_on(on).closes
        if closes is not None and on <= closes <= on + SOON:
            return HURRY
    stages = benefit.life_stages
    return STAGES.index(stages[0]) + 1 if len(stages) == 1 else SEVERAL
