"""The community centre of whoever uses the screener: where it is, and how far."""

import datetime
import math
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import CommunityCentre
from accounts.queries import centre_of
from core.places.enums import Precision
from core.places.facts import get_dong
from core.web.templatetags.components import distance, phone
from core.web.wording import in_its_language
from welfare.queries.screening import Screening

DOORS = (Precision.EXACT, Precision.BUILDING)


def with_dong(state: Screening, told: str | None) -> Screening:
    """Take in the dong that a form sends; what is no dong of Seoul is none."""
    if told is None:
        return state
    dong = get_dong(told)
    return replace(state, dong=dong.code if dong else "")


def centre_facts(state: Screening, today: datetime.date) -> list[tuple[str, Any]]:
    """Answer what one needs to go there; nothing where the dong is not told, or has no centre."""
    centre = centre_of(state.dong, on=today) if state.dong else None
    if centre is None:
        return []
    facts: list[tuple[str, Any]] = [(_("동주민센터"), _name(centre))]
    if centre.address:
        facts.append((_("주소"), in_its_language(centre.address)))
    if (metres := _metres(state.dong, centre)) is not None:
        facts.append((_("사는 동의 가운데에서"), distance(metres)))
    if centre.phone:
        facts.append((_("전화"), phone(centre.phone, label=centre.name)))
    return facts


def _name(centre: CommunityCentre) -> Any:
    if get_language() == "en" and centre.name_en:
        return centre.name_en
    return in_its_language(centre.name)


def _metres(code: str, centre: CommunityCentre) -> float | None:
    """Answer how far it is as the crow flies, where its door is known and not its dong alone."""
    dong = get_dong(code)
    if dong is None or centre.point is None or centre.precision not in DOORS:
        return None
    return math.hypot(centre.point.x - dong.x, centre.point.y - dong.y)
