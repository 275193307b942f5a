"""Makes facilities the honest way: rows of publishers, corrections of staff, publication."""

import datetime
from typing import Any

from accounts.models import User
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun, Override
from core.places.enums import Precision
from core.places.facts import District, dongs, get_district
from core.places.fields import write_minutes
from core.places.models import HoursException
from core.places.rules import WeeklyHours, to_metres
from core.search.services import refresh_search
from core.web.revision import raise_revision
from welfare.models import (
    CentralFacility,
    Facility,
    FacilityFamily,
    FacilityKind,
    SeoulFacility,
)
from welfare.search import FacilitySearch
from welfare.services import publish_facility_keys
from welfare.services.identifiers import give_identifiers

NOW = datetime.datetime(2026, 8, 20, 3, 0, tzinfo=datetime.UTC)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE_HOURS: dict[str, Any] = {day: [["09:00", "18:00"]] for day in WEEKDAYS} | {"holidays": []}


def district_of(text: str) -> District:
    found = get_district(text)
    assert found is not None
    return found


def place_of(district: str, lat: float | None, lon: float | None, precision: str) -> dict[str, Any]:
    """Answer the columns that say where it stands: the middle of a dong unless told."""
    where = district_of(district)
    dong = next(dong for dong in dongs() if dong.district == where)
    lat, lon = (dong.lat, dong.lon) if lat is None or lon is None else (lat, lon)
    x, y = to_metres(lat, lon)
    return {
        "address": f"서울특별시 {where.name} 시험로 1",
        "address_detail": "2층",
        "postcode": "01234",
        "district_code": where.code,
        "dong_code": dong.code,
        "lat": lat,
        "lon": lon,
        "x": x,
        "y": y,
        "precision": precision,
    }


def add_source(
    code: str = "A0001",
    *,
    name: str = "가온노인복지관",
    kind: str = "노인복지관",
    district: str = "강남구",
    lat: float | None = None,
    lon: float | None = None,
    precision: str = Precision.DONG,
    **columns: Any,
) -> SeoulFacility:
    """Store a facility as the city tells it; protected ones come without a place."""
    protected = columns.get("is_protected", False)
    told = FacilityKind.objects.filter(name=kind).select_related("family").first()
    values: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "family": told.family_id if told else "기타시설",
        "client_group": told.client_group if told else "",
        "jurisdiction_code": district_of(district).code,
        "phone": "02-123-4567",
        "is_protected": False,
        "precision": Precision.NONE,
        "content_hash": 1,
        "first_seen_at": NOW,
        "changed_at": NOW,
    }
    if protected:
        values |= {"phone": None}
    elif precision == Precision.NONE:
        values |= {"address": None, "district_code": district_of(district).code}
    else:
        values |= place_of(district, lat, lon, precision)
    return SeoulFacility.objects.create(source_key=code, **(values | columns))


def add_central(code: str = "A0001", **columns: Any) -> CentralFacility:
    values: dict[str, Any] = {
        "name": "중앙 이름",
        "is_protected": False,
        "precision": Precision.NONE,
        "content_hash": 1,
        "first_seen_at": NOW,
        "changed_at": NOW,
    }
    return CentralFacility.objects.create(source_key=code, **(values | columns))


def correct(code: str, **fields: Any) -> None:
    """Correct fields as staff does; hours and their minutes go together."""
    officer, _ = User.objects.get_or_create(email="staff@example.com", defaults={"is_staff": True})
    if hours := fields.get("weekly_hours"):
        minutes = WeeklyHours.from_json(hours).open_minutes()
        fields["open_minutes"] = write_minutes(minutes)
    for field, value in fields.items():
        Override.objects.create(
            kind="welfare.facility", key=code, field=field, value=value,
            reason="시험", made_by=officer, made_at=NOW,
        )  # fmt: skip


def publish(*codes: str, now: datetime.datetime = NOW) -> None:
    """Publish, and let search and caches follow, as after a sync."""
    publish_facility_keys(codes=codes, now=now)
    refresh_search(FacilitySearch, now=now, keys=codes)
    give_identifiers()
    raise_revision()


def make_facility(
    code: str = "A0001", *, corrections: dict[str, Any] | None = None, **told: Any
) -> Facility:
    """Make one published facility: told by the city, corrected by staff."""
    add_source(code, **told)
    if corrections:
        correct(code, **corrections)
    publish(code)
    return Facility.objects.get(code=code)


def make_many(number: int, **told: Any) -> None:
    codes = [f"M{one:04}" for one in range(number)]
    for code in codes:
        add_source(code, **({"name": f"시설 {code}"} | told))
    publish(*codes)


def make_run(feed: str = "welfare.seoul_facilities", *, at: datetime.datetime = NOW) -> FeedRun:
    return FeedRun.objects.create(
        feed=feed, status=RunStatus.COMPLETED, started_at=at, finished_at=at
    )


SHELTER = "학대피해아동쉼터"


def make_kind(
    name: str = "노인복지관", family: str = "노인여가복지시설", **told: Any
) -> FacilityKind:
    """Make sure of a kind: a test that empties the tables takes the ones that ship along."""
    FacilityFamily.objects.get_or_create(name=family, defaults={"name_en": ""})
    kind, _ = FacilityKind.objects.get_or_create(name=name, defaults={"family_id": family, **told})
    return kind


def make_shelter(code: str = "K0001", *, name: str = "꿈자****") -> Facility:
    """Make a protected shelter as it arrives: masked, without a place."""
    make_kind(
        SHELTER, "아동복지시설", is_protected=True, hotline="112", hotline_name="아동학대 신고"
    )
    return make_facility(code, name=name, kind=SHELTER, is_protected=True)


def note_exception(code: str, day: datetime.date, *, reason: str = "대청소") -> HoursException:
    return HoursException.objects.create(
        kind="welfare.facility", key=code, starts_date=day, ends_date=day, hours=[], reason=reason
    )
