"""Figures as pictures, each with its table beside it: over time as a line, in parts as bars."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.kpi.pictures import Bar, Level, Point
from core.web import charts

register = template.Library()
Text = str | Promise


@register.simple_tag
def line_chart(
    points: Sequence[Point],
    *,
    title: Text,
    value_name: Text,
    source: Text = "",
    level: Level | None = None,
) -> SafeString:
    """One figure over time; `level` is what is to be reached."""
    return charts.figure(
        charts.line_picture(points, title=str(title), level=level),
        title=str(title),
        headings=(_("날짜"), str(value_name)),
        rows=charts.day_rows(points),
        source=str(source),
    )


@register.simple_tag
def bar_chart(
    bars: Sequence[Bar],
    *,
    title: Text,
    name: Text,
    value_name: Text,
    source: Text = "",
) -> SafeString:
    """The parts of a figure: the picture has the first of them, the table all."""
    return charts.figure(
        charts.bar_picture(bars, title=str(title)),
        title=str(title),
        headings=(str(name), str(value_name)),
        rows=charts.bar_rows(bars),
        source=str(source),
    )
