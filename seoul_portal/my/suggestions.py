"""What fits a person's interests, as long as they let the portal use them; kept nowhere."""

import datetime
from dataclasses import dataclass
from typing import cast

from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.enums import Interest
from accounts.models import User
from accounts.queries import facts_for
from core.areas import open_areas
from core.places.facts import District, get_district
from core.web.suggestions import Suggestion, Suggests

PURPOSE, OF_PLACE = "accounts.suggestions", "accounts.eligibility_basics"


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion, with its reason in words."""

    title: str
    url: str
    about: str
    why: str


def suggestions_for(person: User, *, on: datetime.date) -> list[Shown] | None:
    """Answer what areas have; None where the person has not agreed or told no interest.

    Their consent is asked each time, also that to use where they live: whoever withdraws it is
    shown nothing by it any more, from the next page on.
    """
    interests = facts_for(person, PURPOSE).get("interests")
    if not interests:
        return None
    code = facts_for(person, OF_PLACE).get("district_code")
    district = get_district(code) if code else None
    ways = [cast(Suggests, import_string(one.suggests)) for one in open_areas() if one.suggests]
    told = [suggest(interests, district=code, on=on) for suggest in ways]
    return [_shown(one, district) for found in told for one in found]


def _shown(one: Suggestion, district: District | None) -> Shown:
    why = _("관심사: %(interest)s") % {"interest": Interest(one.interest).label}
    if one.is_local and district is not None:
        is_english = get_language() == "en"
        where = _("사는 곳: %(district)s") % {
            "district": district.name_en if is_english else district.name
        }
        why = f"{why}, {where}"
    return Shown(one.title, one.url, one.about, why)
