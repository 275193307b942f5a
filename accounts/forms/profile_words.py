"""What a person told of themselves, in the words of the page's language."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join, strip_tags
from django.utils.translation import gettext as _

from accounts import enums
from accounts.enums import FactGroup
from accounts.forms.profile import FORMS, in_itself, in_language
from accounts.models import FactSheet
from core.moments import say_day
from core.places.facts import get_district, get_dong
from core.web.wording import in_its_language

Pairs = list[tuple[str | Promise, str]]
CHOICES: dict[str, Any] = {
    "income": enums.IncomeBand,
    "sex": enums.Sex,
    "nationality": enums.Nationality,
    "spouse": enums.Spouse,
    "service_pension": enums.ServicePension,
    "assets": enums.AssetsBand,
    "receipts": enums.Receipt,
    "school": enums.School,
    "support": enums.Support,
    "housing": enums.Housing,
    "employment": enums.Employment,
    "disability": enums.Disability,
    "pregnancy": enums.Pregnancy,
    "household": enums.Household,
    "interests": enums.Interest,
    "needs": enums.AccessNeed,
    "channel": enums.PreferredChannel,
}


def told_in_words(group: FactGroup, facts: Mapping[str, Any]) -> Pairs:
    """Answer each fact with what it is called, in the order of the form."""
    if group is FactGroup.BASICS:
        return list(_basics(facts))
    if group is FactGroup.HOUSEHOLD:
        alone: Pairs = [(group.label, _("혼자 삽니다"))] if facts.get("alone") else []
        return alone + [_member(one) for one in facts.get("members", ())]
    fields = FORMS[group].base_fields
    return [
        (field.label or "", _words(name, facts[name]))
        for name, field in fields.items()
        if facts.get(name)
    ]


def sheet_in_words(sheet: FactSheet) -> str:
    """Answer a whole group in one line, as the list of what is held says it."""
    pairs = told_in_words(FactGroup(sheet.group), sheet.facts)
    return ", ".join(f"{name}: {strip_tags(value)}" for name, value in pairs) or "–"


def _basics(facts: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if born := facts.get("birth_date"):
        yield _("생년월일"), say_day(born)
    district = get_district(facts.get("district_code") or "")
    dong = get_dong(facts.get("dong_code") or "")
    if district:
        where = [in_language(district), *([in_language(dong)] if dong else [])]
        yield _("사는 곳"), " ".join(where)


def _member(member: Mapping[str, Any]) -> tuple[str | Promise, str]:
    relation = enums.Relation(member["relation"]).label
    if born := member.get("birth_date"):
        day = say_day(datetime.date.fromisoformat(born))
        return relation, _("%(day)s에 태어남") % {"day": day}
    day = say_day(datetime.date.fromisoformat(member["age_on"]))
    return relation, _("%(day)s에 %(age)s살") % {"day": day, "age": member["age"]}


def _words(name: str, value: Any) -> str:
    if name == "resident_since":
        return say_day(datetime.date.fromisoformat(value))
    if name == "languages":
        return format_html_join(", ", "{}", ((in_itself(one),) for one in value))
    known = CHOICES.get(name)
    if known is None:
        return in_its_language(str(value))
    values = value if isinstance(value, list) else [value]
    # What is no choice any more is told as it is kept, and not left out.
    return ", ".join(str(known(one).label) if one in known.values else str(one) for one in values)
