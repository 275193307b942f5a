"""An indicator in words: its figure, how fresh it is, what is to be reached, and where it leads."""

import datetime
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from core.kpi.declaration import PERCENT, Indicator
from core.kpi.models import Reading
from core.kpi.queries import Standing
from core.kpi.rules.small_figures import FEWEST
from core.moments import say_day


def number_words(value: float | Decimal, indicator: Indicator) -> str:
    told = formats.number_format(value, decimal_pos=indicator.decimals, force_grouping=True)
    return str(told)


def amount_words(value: float | Decimal, indicator: Indicator) -> str:
    """Say a value with its unit: 386곳; 62.5%."""
    number, unit = number_words(value, indicator), str(indicator.unit)
    if unit == PERCENT:
        return f"{number}%"
    return _("%(number)s%(unit)s") % {"number": number, "unit": unit}


def value_words(reading: Reading | None, indicator: Indicator) -> str:
    if reading is None or reading.value is None:
        return _("감춤") if reading is not None and reading.is_hidden else _("값 없음")
    return amount_words(reading.value, indicator)


def share_words(reading: Reading | None, indicator: Indicator) -> str:
    """Say out of how many; "" where the figure is no part of anything."""
    if reading is None or reading.denominator is None or reading.numerator is None:
        return ""
    whole = formats.number_format(reading.denominator, force_grouping=True)
    if reading.numerator > reading.denominator:
        more = reading.numerator - reading.denominator
        told = {"whole": whole, "more": formats.number_format(more, force_grouping=True)}
        return _("%(whole)s보다 %(more)s 많음") % told
    told = {"whole": whole, "part": formats.number_format(reading.numerator, force_grouping=True)}
    return _("%(whole)s 가운데 %(part)s") % told


def why_no_value(reading: Reading | None) -> str:
    """Say why there is no figure; "" where there is one."""
    if reading is None:
        return _("아직 읽은 값이 없습니다.")
    if reading.is_hidden:
        return _("%(fewest)s보다 작은 수가 드러날 수 있어 감췄습니다.") % {"fewest": FEWEST}
    return _("그날에는 셀 것이 없었습니다.") if reading.value is None else ""


def hidden_words() -> str:
    told = {"fewest": FEWEST}
    return _("%(fewest)s보다 작은 수와, 그 수를 짐작하게 하는 다른 수는 감춥니다.") % told


def freshness_words(standing: Standing) -> str:
    if standing.latest is None:
        return _("아직 읽지 않았습니다.")
    told = {"day": say_day(standing.latest.day)}
    if standing.is_stale:
        return _("%(day)s 값입니다. 그 뒤로 새로 읽지 못했습니다.") % told
    return _("%(day)s 값입니다.") % told


def target_words(standing: Standing) -> str:
    if standing.target is None:
        return _("정한 목표가 없습니다.")
    told = {
        "day": say_day(standing.target.by_date),
        "target": amount_words(standing.target.value, standing.indicator),
    }
    return _("목표: %(day)s까지 %(target)s") % told


def standing_words(standing: Standing) -> str:
    """Say whether the target is reached; "" where nothing can be said."""
    if standing.is_met is None:
        return ""
    return _("목표에 이르렀습니다.") if standing.is_met else _("아직 목표에 이르지 못했습니다.")


def forecast_words(standing: Standing) -> str:
    """Say where the last readings lead, and on what that rests; or why nobody can say."""
    found = standing.forecast
    if found is None:
        return _("값이 적거나 목표일이 멀어서 앞을 내다보지 않습니다.") if standing.target else ""
    told = {
        "day": say_day(found.by_date),
        "value": amount_words(found.value, standing.indicator),
    }
    lead = _("이대로 가면 %(day)s에 %(value)s입니다.") % told
    if standing.will_be_met is None:
        return f"{lead} {_basis(found.number, found.first_day, found.last_day)}"
    verdict = _("목표에 이릅니다.") if standing.will_be_met else _("목표에 이르지 못합니다.")
    return f"{lead} {verdict} {_basis(found.number, found.first_day, found.last_day)}"


def _basis(number: int, first: datetime.date, last: datetime.date) -> str:
    told = {"number": number, "first": say_day(first), "last": say_day(last)}
    words = _("%(first)s부터 %(last)s까지의 값 %(number)s개를 지나는 곧은 선으로 어림했습니다.")
    return words % told
