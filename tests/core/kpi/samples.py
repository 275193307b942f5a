"""Readings and targets of indicators that the areas declare, for pages to show."""

import datetime

from django.utils import timezone

from core.kpi.models import Reading, Target

SHOWN, HIDDEN = "benefits-taken-up", "open-cases"
A_WEEK = datetime.timedelta(days=7)


def reading(slug, *, day=None, value=12, dimension="", key="", **more):
    return Reading.objects.create(
        indicator=slug,
        day=day or timezone.localdate(),
        dimension=dimension,
        key=key,
        value=value,
        made_at=timezone.now(),
        **more,
    )


def target(slug=SHOWN, *, value=424, days=90, reason="시장 방침 제12호"):
    by_date = timezone.localdate() + datetime.timedelta(days=days)
    return Target.objects.create(indicator=slug, value=value, by_date=by_date, reason=reason)


def dashboard():
    """Eight weeks of a public indicator with its parts, one that is hidden, and one for staff."""
    today = timezone.localdate()
    for number in range(8):
        reading(SHOWN, day=today - number * A_WEEK, value=100 - 5 * number)
    reading(SHOWN, value=12, dimension="district", key="11110")
    reading(SHOWN, value=None, dimension="district", key="11350", is_hidden=True)
    reading(SHOWN, value=88, dimension="programme", key="X1")
    reading(SHOWN, value=12, dimension="dong", key="1111053000")
    reading("centres-in-service", value=2, numerator=2, denominator=424, day=today - A_WEEK)
    reading("days-to-decision", value=None, is_hidden=True)
    reading("feed-age", value=None)
    reading(HIDDEN, value=77)
    target(value=150)


def indicator():
    dashboard()
    return {"slug": SHOWN}


def bare_indicator():
    return {"slug": "requests-granted"}
