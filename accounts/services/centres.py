"""Community centres: brought in as a list, corrected by who runs them, each change kept."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import CommunityCentre, User
from accounts.permissions import can_correct_centre, can_import_centres
from core.desk.imports import (
    CellRefused,
    Column,
    Fault,
    ListImport,
    Mended,
    Plan,
    Row,
    Step,
    StepsRefused,
)
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.places.enums import Precision
from core.places.facts import District, Dong, dongs, dongs_named, get_district, get_dong
from core.places.geocode import DongCentroidGeocoder
from core.places.rules import (
    ParsedAddress,
    WeeklyHours,
    normalise_phone,
    normalise_postcode,
    parse_address,
)

KIND = "accounts.communitycentre"
LABELS = CommunityCentre.history_labels
OUTSIDE = "서울 밖의 주민센터"
# 청운효자동주민센터, 면목본동 주민센터, 명동주민센터(임시청사), 월곡제1동주민센토.
_OFFICE = re.compile(r"\s*(?:주민센[터토]|행정복지센터|사무소)?\s*(?P<note>\(.*\))?\s*$")
LONGEST_NAME = 40


class CentreRefused(StepsRefused):
    """Nothing was changed; the message is a sentence for whoever tried."""


def office_name(dong: Dong) -> str:
    """Name a centre so that it is one of its name: there is a 신사동 in two districts."""
    return f"{dong.district.name} {dong.name}주민센터"


def office_name_en(dong: Dong) -> str:
    return f"{dong.name_en} Community Service Center, {dong.district.name_en}"


# One line of a list.


def _read_district(text: str) -> District:
    district = get_district(text.replace(" ", ""))
    if district is None:
        raise CellRefused("서울의 자치구가 아닙니다.", "종로구처럼 자치구 이름을 적으세요.")
    return district


def _read_postcode(text: str) -> str | Mended:
    postcode = normalise_postcode(text)
    if postcode is None:
        raise CellRefused("우편번호가 아닙니다.", "03047처럼 숫자 다섯 자리로 적으세요.")
    return postcode if postcode == text else Mended(postcode, postcode)


def _read_phone(text: str) -> str:
    phone = normalise_phone(text)
    if phone is None:
        raise CellRefused("걸 수 있는 전화번호가 아닙니다.", "02-123-4567처럼 적으세요.")
    return phone


def _outside(cells: Mapping[str, str]) -> str:
    province = cells.get("province", "").strip()
    return OUTSIDE if province and not province.startswith("서울") else ""


COLUMNS = (
    Column(name="province", title="시도"),
    Column(name="district", title="시군구", also=("자치구",), read=_read_district, required=True),
    Column(name="dong", title="읍면동", also=("행정동", "동"), required=True),
    Column(name="postcode", title="우편번호", read=_read_postcode),
    Column(name="address", title="주소", also=("도로명주소",), required=True),
    Column(name="address_detail", title="상세주소"),
    Column(name="phone", title="전화번호", also=("전화",), read=_read_phone),
)


def _dong_and_note(district: District, text: str) -> tuple[Dong | None, str]:
    """Answer the dong that a centre is named after, and what its name says beside (임시청사)."""
    found = _OFFICE.search(text)
    note = (found and found["note"] or "").strip("()")
    bare = text[: found.start()] if found else text
    # What is one building for now has one name in the ministry's list (개포1동, 일원1동 …).
    return next(iter(dongs_named(bare, district=district)), None), note


def _facts(row: Row, dong: Dong, note: str, parsed: ParsedAddress) -> dict[str, Any]:
    told = [row.values["address_detail"], parsed.detail, note]
    detail = ", ".join(dict.fromkeys(part for part in told if part))
    facts = {"address": parsed.road_address, "address_detail": detail}
    for name in ("postcode", "phone"):
        # A list that says nothing of a phone takes none away.
        if row.values[name]:
            facts[name] = row.values[name]
    return facts


def plan_centres(rows: Sequence[Row], actor: Any, on: datetime.date) -> Plan:
    """Say what a list would do to the centres; asks the database once."""
    known = {one.code: one for one in CommunityCentre.objects.select_related("office")}
    steps: list[Step] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    unchanged = 0
    for row in rows:
        told = _judge(row, seen)
        if isinstance(told, Fault):
            faults.append(told)
            continue
        dong, parsed, facts = told
        centre = known.get(dong.code)
        before = _now(centre, facts)
        if centre is not None and before == facts:
            unchanged += 1
            continue
        was = _words(before) if centre else "없음"
        steps.append(Step(row.line, office_name(dong), was, _words(facts), (dong, parsed, facts)))
    return Plan(steps=tuple(steps), faults=tuple(faults), unchanged=unchanged)


def _judge(row: Row, seen: dict[str, int]) -> Fault | tuple[Dong, ParsedAddress, dict[str, Any]]:
    district: District = row.values["district"]
    name, address = row.values["dong"], row.values["address"]
    dong, note = _dong_and_note(district, name)
    if dong is None:
        wrong = f"{district.name}에 이런 이름의 행정동이 없습니다."
        return Fault(row.line, "읍면동", name, wrong, "청운효자동처럼 행정동 이름을 적으세요.")
    if dong.code in seen:
        wrong = f"{seen[dong.code]}번째 줄과 같은 동입니다."
        return Fault(row.line, "읍면동", name, wrong, "한 동에 한 줄만 남기세요.")
    parsed = parse_address(address, jurisdiction_code=district.code)
    if parsed.district_code is None or parsed.road_address is None:
        right = "서울특별시 종로구 자하문로 92처럼 적으세요."
        return Fault(row.line, "주소", address, "서울의 주소로 읽을 수 없습니다.", right)
    seen[dong.code] = row.line
    return dong, parsed, _facts(row, dong, note, parsed)


def _now(centre: CommunityCentre | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(centre, name, None) for name in facts} if centre else {}


def _words(facts: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in facts.values() if value) or "–"


@transaction.atomic
def import_centres(steps: Sequence[Step], actor: Any, now: datetime.datetime) -> int:
    """Write what was planned: new centres with their offices, and what changed of known ones."""
    if not can_import_centres(actor):
        raise CentreRefused("동주민센터 목록은 전체 관리자만 넣을 수 있습니다.")
    ensure_centres([step.what[0] for step in steps])
    centres = {
        one.code: one
        for one in CommunityCentre.objects.select_related("office").filter(
            code__in=[step.what[0].code for step in steps]
        )
    }
    changes: list[FieldChange] = []
    for step in steps:
        dong, parsed, facts = step.what
        centre = centres[dong.code]
        changes += _changes(centre, facts, actor=actor, now=now)
        _set(centre, facts, parsed)
    CommunityCentre.objects.bulk_update(centres.values(), PLACE_FIELDS)
    Office.objects.bulk_update([one.office for one in centres.values()], ["phone"])
    FieldChange.objects.bulk_create(changes)
    return len(steps)


PLACE_FIELDS = [
    "address", "address_detail", "postcode", "district_code", "dong_code", "point", "lat", "lon",
    "precision",
]  # fmt: skip


def _set(centre: CommunityCentre, facts: Mapping[str, Any], parsed: ParsedAddress) -> None:
    if "phone" in facts:
        centre.office.phone = facts["phone"] or ""
    for name in ("address", "address_detail", "postcode"):
        if name in facts:
            setattr(centre, name, facts[name])
    place(centre, parsed)


def place(centre: CommunityCentre, parsed: ParsedAddress | None) -> None:
    """Put a centre into the dong of its address, else into the middle of the one it serves.

    Both are only about; the precision says so. Does not save.
    """
    serves = centre.serves
    found = DongCentroidGeocoder().locate(parsed) if parsed else None
    if parsed:
        centre.district_code, centre.dong_code = parsed.district_code, parsed.dong_code
    elif serves:
        centre.district_code, centre.dong_code = serves.district.code, serves.code
    about = found or serves
    if about is None:
        centre.lose_point()
    else:
        centre.move_to(about.lat, about.lon, precision=Precision.DONG)


def _changes(
    centre: CommunityCentre, facts: Mapping[str, Any], *, actor: User, now: datetime.datetime
) -> list[FieldChange]:
    return [
        FieldChange(
            kind=KIND,
            key=str(centre.pk),
            field=name,
            old=old or None,
            new=new or None,
            origin=ChangeOrigin.STAFF,
            changed_by=actor,
            changed_at=now,
        )
        for name, new in facts.items()
        if (old := getattr(centre, name)) != new
    ]


CENTRE_LIST = ListImport(
    title="동주민센터 목록 가져오기",
    about="자치구와 행정동으로 찾아 주소, 우편번호, 전화를 맞춥니다. "
    "목록에 없는 센터는 그대로입니다.",
    columns=COLUMNS,
    plan=plan_centres,
    apply=import_centres,
    passes_by=_outside,
)


# Without a list, and one by one.


@transaction.atomic
def ensure_centres(wanted: Iterable[Dong] = ()) -> int:
    """See that each dong (all of Seoul's unless told) has its centre: a name and a dong, no more.

    What is not known (address, phone, hours) stays unknown. Answers how many are new.
    """
    asked = tuple(wanted) or dongs()
    held = set(CommunityCentre.objects.values_list("code", flat=True))
    new = {dong.code: dong for dong in asked if dong.code not in held}
    Office.objects.bulk_create(
        [
            Office(kind=OfficeKind.CENTRE, name=office_name(dong), name_en=office_name_en(dong))
            for dong in new.values()
        ],
        ignore_conflicts=True,  # an office may stand before its centre does
    )
    named = {office_name(dong): dong for dong in new.values()}
    offices = Office.objects.of_kind(OfficeKind.CENTRE).filter(name__in=named)
    centres = [CommunityCentre(office=one, code=named[one.name].code) for one in offices]
    for centre in centres:
        place(centre, None)
    CommunityCentre.objects.bulk_create(centres)
    return len(centres)


@transaction.atomic
def correct_centre(
    *,
    actor: User,
    centre: CommunityCentre,
    address: str,
    address_detail: str,
    postcode: str | None,
    phone: str | None,
    hours: WeeklyHours | None,
    now: datetime.datetime,
) -> int:
    """Set what is known of a centre, and answer how many fields that changed."""
    if not can_correct_centre(actor, centre):
        raise CentreRefused("책임자로 있는 동주민센터만 고칠 수 있습니다.")
    held = CommunityCentre.objects.select_for_update(of=("self",)).select_related("office")
    centre = held.get(pk=centre.pk)
    parsed = parse_address(address, jurisdiction_code=_jurisdiction(centre)) if address else None
    facts = {
        "address": parsed.road_address if parsed else None,
        "address_detail": address_detail,
        "postcode": postcode,
        "phone": phone,
    }
    changes = _changes(centre, facts, actor=actor, now=now)
    new_hours = None if hours is None else hours.to_json()
    changes += _changes(centre, {"weekly_hours": new_hours}, actor=actor, now=now)
    if any(one.field == "address" for one in changes):
        place(centre, parsed)
    for name in ("address", "address_detail", "postcode"):
        setattr(centre, name, facts[name])
    centre.office.phone = phone or ""
    centre.set_hours(hours)
    centre.save()
    centre.office.save(update_fields=["phone"])
    FieldChange.objects.bulk_create(changes)
    return len(changes)


def _jurisdiction(centre: CommunityCentre) -> str | None:
    dong = get_dong(centre.code)
    return dong.district.code if dong else None
