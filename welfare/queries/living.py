"""Who lives together: members by their relation to whoever answers, counted and named."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from welfare.rules.vocabulary import WITH_SPOUSE

ME = "me"
# How many of each may be told; whoever is none of these is one of the others.
MOST_OF: Mapping[str, int] = {"partner": 1, "child": 8, "parent": 4, "other": 6}
OTHER = "other"
# `child2`; the others bear a number alone, as do all in answers that were kept before.
NUMBERED = re.compile(r"(partner|child|parent)(\d+)")


def relation_of(member: str) -> tuple[str, int]:
    """Answer what somebody is to whoever answers, and which of several."""
    found = NUMBERED.fullmatch(member)
    if found is not None:
        return found[1], int(found[2])
    return OTHER, int(member) if member.isdecimal() else 0


def member_name(member: str | None) -> str:
    if member in (None, ME):
        return _("나")
    relation, number = relation_of(str(member))
    match relation:
        case "partner":
            return _("배우자")
        case "child":
            return _("자녀 %(number)s") % {"number": number}
        case "parent":
            return _("부모님 %(number)s") % {"number": number}
    return _("함께 사는 사람 %(number)s") % {"number": number or member}


def counted(members: Sequence[str]) -> dict[str, int]:
    """Count by relation who is told of, besides whoever answers."""
    relations = [relation_of(one)[0] for one in members if one != ME]
    return {relation: relations.count(relation) for relation in MOST_OF}


def with_counts(
    members: Sequence[Mapping[str, Any]], counts: Mapping[str, int]
) -> list[Mapping[str, Any]]:
    """Answer as many of each relation: those told of already first, and new ones after them.

    A spouse who lives there is one. That none does tells nothing: some live elsewhere.
    """
    had_partner = bool(counted([one["id"] for one in members])["partner"])
    told = [_me(one, counts, had_partner) for one in members if one["id"] == ME]
    for relation in MOST_OF:
        of_it = [m for m in members if m["id"] != ME and relation_of(m["id"])[0] == relation]
        kept = of_it[: counts[relation]]
        # The first of the others is the second who lives there.
        last = 1 if relation == OTHER else 0
        last = max([last, *(relation_of(one["id"])[1] for one in of_it)])
        missing = range(last + 1, last + 1 + counts[relation] - len(kept))
        prefix = "" if relation == OTHER else relation
        more = {"spouse": WITH_SPOUSE} if relation == "partner" else {}
        told += [*kept, *({"id": f"{prefix}{number}"} | more for number in missing)]
    return told


def _me(me: Mapping[str, Any], counts: Mapping[str, int], had_partner: bool) -> Mapping[str, Any]:
    if counts["partner"]:
        return {**me, "spouse": WITH_SPOUSE}
    return {name: told for name, told in me.items() if name != "spouse" or not had_partner}
