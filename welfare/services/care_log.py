"""What every service of the caseload does: lock the household, know a page sent twice, write."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.cases.models import Case
from core.records.reading import system_reading
from core.records.resident_numbers import holds_resident_number, refusal
from welfare import permissions
from welfare.enums import CareDeed
from welfare.models import CareHousehold, CareMember, CarePlanStep, CareStep

LONGEST_WORDS = 2_000
EARLIEST = datetime.date(1900, 1, 1)
USED = (
    "이 화면으로 보낸 것은 이미 처리했습니다. 지금 보낸 것은 처리하지 않았습니다. "
    "필요하면 한 번 더 보내 주세요."
)


class HouseholdRefused(Exception):
    """Nothing was changed; the message is a sentence for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """Who does it, when, and on which page: the same page sent twice does it once."""

    actor: User
    now: datetime.datetime
    key: uuid.UUID

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)


def hold(ids: Collection[int], click: Click) -> list[CareHousehold]:
    """Lock households, lowest number first: two who move people crosswise wait, and go on."""
    rows = CareHousehold.objects.visible_to(click.actor).filter(pk__in=ids)
    held = list(rows.select_for_update(of=("self",)).order_by("pk"))
    works = all(permissions.works_for_household(click.actor, one) for one in held)
    if len(held) != len(set(ids)) or not works:
        raise HouseholdRefused("우리 동주민센터가 돌보는 가구에서만 할 수 있습니다.")
    return held


def begin(household_id: int, deed: CareDeed, click: Click) -> tuple[CareHousehold, CareStep | None]:
    """Lock an open household; answer it, and what this very page did when it came before."""
    (held,) = hold([household_id], click)
    done = done_before(held, deed, click)
    if done is None:
        refuse_closed(held)
    return held, done


def wait_for_page(click: Click) -> None:
    """Let the same page in once at a time, where there is no household to hold yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(click.key)])


def refuse_closed(*households: CareHousehold) -> None:
    if any(one.closed_on is not None for one in households):
        raise HouseholdRefused("돌보기를 마친 가구입니다.")


def done_before(household: CareHousehold, deed: CareDeed, click: Click) -> CareStep | None:
    """Answer what this page did; raises HouseholdRefused where it did something else."""
    line = CareStep.objects.filter(household=household, key=click.key).first()
    if line is not None and line.deed != deed:
        raise HouseholdRefused(USED)
    return line


def refuse_used(click: Click, *households: CareHousehold) -> None:
    """Raise HouseholdRefused where this very page did something else with one of several."""
    if CareStep.objects.filter(household__in=households, key=click.key).exists():
        raise HouseholdRefused(USED)


def write(
    household: CareHousehold,
    deed: CareDeed,
    click: Click,
    *,
    member: CareMember | None = None,
    words: str = "",
    case: Case | None = None,
) -> CareStep:
    """Add the line; what is of all of them is their head's, who reads it."""
    who = member or CareMember.objects.current().filter(household=household).head_first().first()
    return CareStep.objects.create(
        household=household,
        member=who,
        deed=deed,
        words=words,
        by=click.actor,
        centre_id=household.centre_id,
        at=click.now,
        key=click.key,
        case=case,
    )


def cleaned(words: str, *, called: str = "", most: int = LONGEST_WORDS) -> str:
    """Answer the words without blanks around them; raises HouseholdRefused where they are needed.

    Resident registration numbers are refused wherever people write.
    """
    told = words.strip().replace("\x00", "")
    if called and not told:
        raise HouseholdRefused(f"적어 주세요: {called}")
    if len(told) > most:
        raise HouseholdRefused(f"{most:,}자까지 적을 수 있습니다.")
    if holds_resident_number(told):
        raise HouseholdRefused(refusal())
    return told


def member_of(household: CareHousehold, member_id: int) -> CareMember:
    """Answer one who lives there now."""
    found = CareMember.objects.current().filter(household=household, pk=member_id).first()
    if found is None:
        raise HouseholdRefused("지금 이 가구에 있는 사람을 골라 주세요.")
    return found


def is_asked_by(member: CareMember, case: Case) -> bool:
    """Say whether a request is this person's: by account or, on paper, by the name it came with."""
    if case.person_id is not None:
        return bool(case.person_id == member.person_id)
    return "".join(case.applicant.split()) == "".join(member.name.split())


def past_day(day: datetime.date, click: Click) -> datetime.date:
    if not EARLIEST <= day <= click.today:
        raise HouseholdRefused("오늘이나 지난 날을 적어 주세요.")
    return day


def keep_next_due(household: CareHousehold) -> None:
    """Keep on the household until when the next thing is to be done, for the list."""
    with system_reading("a date that the list is sorted by"):
        steps = CarePlanStep.objects.open().filter(household=household).order_by("due_date")
        household.next_due_date = steps.values_list("due_date", flat=True).first()
    household.save(update_fields=["next_due_date"])
