"""Finds what somebody typed at a household's page: a benefit, a centre, or whose account it is."""

from allauth.account.models import EmailAddress
from django.forms import ValidationError
from django.utils import timezone

from accounts.models import User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.reading import system_reading
from welfare.models import Benefit
from welfare.queries.benefit_filters import BenefitFilters
from welfare.queries.benefits import benefit_page

MOST_NAMED = 10


def benefit_named(name: str) -> Benefit | None:
    """Answer the benefit of the catalogue by its number or whole name, where there is only one."""
    told = name.strip()
    listed = Benefit.objects.listed()
    if (known := listed.filter(code=told).first()) is not None:
        return known
    same = list(listed.filter(name=told).order_by("pk")[:2])
    return same[0] if len(same) == 1 else None


def benefit_for_sure(name: str) -> Benefit:
    """Answer the same; raises ValidationError with those that it may be, as a search finds them."""
    if (known := benefit_named(name)) is not None:
        return known
    like = benefit_page(BenefitFilters(q=name.strip())).rows
    found = [f"{one.name} ({one.code})" for one in like[:MOST_NAMED]]
    raise ValidationError(
        f"이런 급여가 있습니다. 번호를 적어 주세요: {', '.join(found)}"
        if found
        else "목록에 없는 급여입니다."
    )


def account_of(email: str, name: str) -> User | None:
    """Answer the account behind a confirmed address, where its name is the same; None unasked."""
    if not email:
        return None
    with system_reading("whether an account is of whom was named"):
        held = EmailAddress.objects.filter(email__iexact=email, verified=True)
        account = held.select_related("user").order_by("pk").first()
    person = account.user if account else None
    same = person is not None and "".join(person.name.split()) == "".join(name.split())
    if not isinstance(person, User) or not same or not person.is_active:
        raise ValidationError("이 이름과 전자우편으로 된 계정이 없습니다.")
    return person


def centre_named(name: str) -> Office:
    centres = Office.objects.open_on(timezone.localdate()).of_kind(OfficeKind.CENTRE).by_name()
    if name and len(same := list(centres.filter(name=name)[:2])) == 1:
        return same[0]
    found = list(centres.filter(name__icontains=name)[: MOST_NAMED + 1]) if name else []
    if len(found) == 1:
        return found[0]
    names = ", ".join(str(one) for one in found[:MOST_NAMED])
    raise ValidationError(
        f"이름을 더 적어 주세요. 이런 곳이 있습니다: {names}"
        if found
        else "그런 이름의 동주민센터가 없습니다."
    )
