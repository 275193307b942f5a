"""Tells a facility in HSDS: a service, at one place, of an organisation; nothing unknown is told.

A facility is one service at one place, so all three bear the same identifier.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localtime

from core.places.enums import AccessFeature, Answer, Precision
from core.places.facts import get_district
from core.places.rules.hours import clock_of_others
from welfare.models.identifier import public_id
from welfare.queries.hsds import Body, body_of

Told = dict[str, Any]

ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+\.[^\s\"<>\\^`{|}]+")
DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
SEOUL_OFFSET = 9


def known(**members: Any) -> Told:
    """Answer the members that are known: HSDS has no null."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}


def facility_id(row: Told) -> str:
    return str(public_id("facility", row["code"]))


def service(row: Told, *, full: bool = False) -> Told:
    """Answer a service with what is one to one with it; `full`, with all that belongs to it."""
    body = body_of(row)
    told = known(
        id=facility_id(row),
        organization_id=str(body.id),
        name=row["name"],
        alternate_name=row["name_en"],
        description=_description(row),
        url=_address(row["homepage"]),
        status="active",
        fees_description=row["fees"],
        eligibility_description=row["who_may_use"],
        assured_date=row["verified_at"] and localtime(row["verified_at"]).date().isoformat(),
        last_modified=localtime(row["published_at"]).isoformat(timespec="seconds"),
        organization=organization(body),
    )
    if full:
        told |= known(
            phones=_phones(row),
            schedules=list(_schedules(row)),
            languages=_languages(row),
            service_at_locations=[_at_location(row)],
            attributes=[_attribute(row)],
        )
    return told


def minimal_service(row: Told) -> Told:
    """Answer what tells whether a service changed; the schema asks for name and status as well."""
    told = service(row)
    return {name: told[name] for name in ("id", "name", "status", "last_modified")}


def service_at_location(row: Told, *, full: bool = False) -> Told:
    told = _link(row) | {"location": _location(row, full=full), "service": service(row, full=full)}
    if full:
        # The specification's own description asks for a service here: this is valid as both.
        told |= {"name": row["name"], "status": "active"}
        told |= known(phones=_phones(row), schedules=list(_schedules(row)))
    return told


def organization(body: Body) -> Told:
    if body.is_public:
        what = "복지시설을 관할하는 자치단체"
    else:
        what = "복지시설을 운영하는 법인이나 단체"
    return {"id": str(body.id), "name": body.name, "description": what}


def _description(row: Told) -> str:
    parts = [f"{row['kind_id']} ({row['family_name']})", row["services_offered"]]
    if row["capacity"] is not None:
        parts.append(f"정원 {row['capacity']}명")
    return ". ".join(part for part in parts if part)


def _address(text: str | None) -> str | None:
    return text if text and ADDRESS.fullmatch(text) else None


def _part_id(row: Told, part: str) -> str:
    return str(public_id(part, row["code"]))


def _link(row: Told) -> Told:
    same = facility_id(row)
    return {"id": same, "service_id": same, "location_id": same}


def _at_location(row: Told) -> Told:
    return _link(row) | {"location": _location(row, full=True)}


def _location(row: Told, *, full: bool) -> Told:
    about = "위치는 행정동의 중심입니다." if row["precision"] == Precision.DONG else ""
    told = known(
        id=facility_id(row),
        location_type="physical",
        name=row["name"],
        alternate_name=row["name_en"],
        description=" ".join(part for part in (row["address"], about) if part),
        latitude=row["lat"],
        longitude=row["lon"],
        external_identifier=row["code"],
        external_identifier_type="fcltCd",
    )
    if full:
        told |= known(addresses=_addresses(row), accessibility=_access(row))
    return told


def _addresses(row: Told) -> list[Told]:
    district = get_district(row["district_code"]) if row["district_code"] else None
    # HSDS wants a postcode and a city with every address: without them the location tells it.
    if not (row["address"] and row["postcode"] and district):
        return []
    return [
        known(
            id=_part_id(row, "address"),
            location_id=facility_id(row),
            address_1=row["address"],
            address_2=row["address_detail"],
            city=district.name,
            state_province="서울특별시",
            postal_code=row["postcode"],
            country="KR",
            address_type="physical",
        )
    ]


def _access(row: Told) -> list[Told]:
    told = [
        str(AccessFeature(feature).label)
        for feature, fact in (row["accessibility"] or {}).items()
        if fact["answer"] == Answer.YES
    ]
    if not told:
        return []
    return [
        {
            "id": _part_id(row, "accessibility"),
            "location_id": facility_id(row),
            "description": ", ".join(told),
        }
    ]


def _phones(row: Told) -> list[Told]:
    if not row["phone"]:
        return []
    return [
        {
            "id": _part_id(row, "phone"),
            "service_id": facility_id(row),
            "number": row["phone"],
            "type": "voice",
        }
    ]


def _schedules(row: Told) -> Iterator[Told]:
    for day, name in DAYS.items():
        for number, (opens, closes) in enumerate((row["weekly_hours"] or {}).get(day) or ()):
            yield {
                "id": _part_id(row, f"schedule:{day}:{number}"),
                "service_id": facility_id(row),
                "freq": "WEEKLY",
                "wkst": "MO",
                "byday": name,
                "opens_at": f"{opens}+09:00",
                "closes_at": f"{clock_of_others(closes)}+09:00",
                "timezone": SEOUL_OFFSET,
            }


def _languages(row: Told) -> list[Told]:
    if not row["languages"]:
        return []
    told = {"id": _part_id(row, "language"), "service_id": facility_id(row)}
    return [told | {"name": row["languages"]}]


def _attribute(row: Told) -> Told:
    kind = str(public_id("kind", row["kind_id"]))
    return {
        "id": _part_id(row, "attribute"),
        "link_id": facility_id(row),
        "link_entity": "service",
        "taxonomy_term_id": kind,
        "taxonomy_term": {
            "id": kind,
            "name": row["kind_id"],
            "description": row["family_name"],
            "taxonomy": "서울특별시 사회복지시설 종류",
        },
    }
