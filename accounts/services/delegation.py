"""A person names a helper, the helper accepts by a code or a link, and either ends it at once."""

import datetime
import secrets
from collections.abc import Collection
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.enums import DelegationStep, MessagesTo
from accounts.models import CodeGuess, Delegation, DelegationEvent, User
from accounts.permissions import can_accept_delegation, can_end_delegation
from core.cases.errors import ActingRefused
from core.notices.services.taking_back import take_back
from core.offices.models import Office

CODE_DAYS = 7
LONGEST = datetime.timedelta(days=366)
MOST_GUESSES = 10
A_DAY = datetime.timedelta(days=1)
DIGITS = 8
SALT = "accounts.delegation"


class DelegationRefused(ActingRefused):
    """Nothing was changed; the message is a sentence for whoever tried."""


class TooManyGuesses(DelegationRefused):
    """Somebody has typed too many codes that are nobody's."""


# The code and the link: both follow from the row and the installation's secret.


def code_of(delegation: Delegation) -> str:
    """Answer the eight digits that stand on the paper."""
    drawn = salted_hmac(f"{SALT}.code", delegation.code_salt, algorithm="sha256").digest()
    return f"{int.from_bytes(drawn[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def link_token(delegation: Delegation) -> str:
    """Answer what stands in the link; a new code makes the old link worthless."""
    return signing.dumps([delegation.pk, delegation.code_salt], salt=f"{SALT}.link")


def _mark(code: str) -> str:
    return salted_hmac(f"{SALT}.mark", code, algorithm="sha256").hexdigest()


def _give_code(delegation: Delegation, now: datetime.datetime) -> None:
    """Give a code that no other waiting delegation has; does not save."""
    while True:
        delegation.code_salt = secrets.token_hex(16)
        delegation.code_mark = _mark(code_of(delegation))
        taken = Delegation.objects.filter(
            code_mark=delegation.code_mark, accepted_at=None, revoked_at=None
        )
        if not taken.exclude(pk=delegation.pk).exists():
            break
    delegation.code_expires_at = now + datetime.timedelta(days=CODE_DAYS)


def find_by_code(*, code: str, helper: User, now: datetime.datetime) -> Delegation | None:
    """Find what somebody typed from a paper; None where it is nobody's, which is counted.

    Raises TooManyGuesses after MOST_GUESSES wrong ones within a day.
    """
    digits = "".join(sign for sign in code if sign.isdecimal())
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=helper.pk)
        guesses = CodeGuess.objects.filter(person=helper)
        guesses.filter(at__lt=now - A_DAY).delete()
        if guesses.count() >= MOST_GUESSES:
            raise TooManyGuesses(
                _("틀린 번호를 너무 많이 넣었습니다. 내일 다시 하거나, 링크를 받아 여세요.")
            )
        waiting = Delegation.objects.waiting_at(now).filter(code_mark=_mark(digits))
        found = waiting.select_related("person", "office").first()
        if found is None:
            CodeGuess.objects.create(person=helper, at=now)
        return found


def find_by_link(*, token: str, now: datetime.datetime) -> Delegation | None:
    try:
        pk, salt = signing.loads(token, salt=f"{SALT}.link")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    waiting = Delegation.objects.waiting_at(now).filter(pk=pk, code_salt=salt)
    return waiting.select_related("person", "office").first()


# What people do.


@transaction.atomic
def name_helper(
    *,
    person: User,
    label: str,
    purposes: Collection[str],
    ends_date: datetime.date,
    messages_to: MessagesTo,
    now: datetime.datetime,
    office: Office | None = None,
) -> Delegation:
    """Let somebody act for a person once they accept; `code_of` and `link_token` are the ways.

    Raises DelegationRefused for a last day that is past or more than a year away.
    """
    today = timezone.localdate(now)
    if not today <= ends_date <= today + LONGEST:
        raise DelegationRefused(_("마지막 날은 오늘부터 1년 안이어야 합니다."))
    delegation = Delegation(
        person=person,
        label=label,
        purposes=sorted(set(purposes)),
        ends_date=ends_date,
        messages_to=messages_to if office is None else MessagesTo.PERSON,
        office=office,
        named_at=now,
    )
    _give_code(delegation, now)
    delegation.save()
    _note(delegation, DelegationStep.NAMED, person, now)
    return delegation


@transaction.atomic
def renew_code(*, person: User, delegation: Delegation, now: datetime.datetime) -> Delegation:
    """Give another code in place of one that was lost or has expired."""
    held = _held(delegation)
    if held.person_id != person.pk or held.accepted_at or held.revoked_at:
        raise DelegationRefused(_("번호를 새로 받을 수 없습니다."))
    _give_code(held, now)
    held.save(update_fields=["code_salt", "code_mark", "code_expires_at"])
    _note(held, DelegationStep.RENEWED, person, now)
    return held


@transaction.atomic
def accept_delegation(
    *, helper: User, delegation: Delegation, now: datetime.datetime
) -> Delegation:
    """Begin to act for somebody; raises DelegationRefused where somebody else was quicker."""
    held = _held(delegation)
    if not held.is_waiting_at(now) or held.ends_date < timezone.localdate(now):
        raise DelegationRefused(_("이미 쓰였거나 기한이 지난 번호입니다."))
    if not can_accept_delegation(helper, held):
        raise DelegationRefused(
            _("이 기관에서 일하는 사람만 받아들일 수 있습니다.")
            if held.office_id
            else _("자기 자신의 도우미가 될 수 없습니다.")
        )
    held.accepted_at = now
    held.helper = None if held.office_id else helper
    held.save(update_fields=["accepted_at", "helper"])
    _note(held, DelegationStep.ACCEPTED, helper, now)
    return held


@transaction.atomic
def end_delegation(*, actor: User, delegation: Delegation, now: datetime.datetime) -> None:
    """End it at once, by the person or by the helper; said twice it is one end."""
    held = _held(delegation)
    if not can_end_delegation(actor, held):
        raise DelegationRefused(_("내가 맡긴 일이나 맡은 일만 끝낼 수 있습니다."))
    if held.revoked_at is not None:
        return
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    by_person = held.person_id == actor.pk
    step = DelegationStep.REVOKED if by_person else DelegationStep.HANDED_BACK
    _note(held, step, actor, now)
    _take_back_messages([held], now)


@transaction.atomic
def end_for_erasure(*, rows: Any, now: datetime.datetime) -> int:
    """Hand back what an erased helper still had, so that whoever named them sees that it ended."""
    open_ones = Delegation.objects.filter(pk__in=rows.values("pk"), revoked_at=None)
    held = list(open_ones.select_for_update(of=("self",)).order_by("pk"))
    Delegation.objects.filter(pk__in=[one.pk for one in held]).update(revoked_at=now)
    DelegationEvent.objects.bulk_create(
        # Nobody's name: the line says what happened, and the helper is about to be forgotten.
        [DelegationEvent(delegation=one, step=DelegationStep.HANDED_BACK, at=now) for one in held]
    )
    _take_back_messages(held, now)
    return len(held)


@transaction.atomic
def record_acting(
    *, helper: User, person_id: int, purpose: str, what: str, now: datetime.datetime
) -> None:
    """Keep, for the person to see, what a helper did for them; `what` is a short sentence.

    Raises DelegationRefused where nothing lets this helper act so: the deed is then undone with it.
    """
    mine = Delegation.objects.in_force_on(timezone.localdate(now)).of(person_id)
    held = mine.held_by(helper.pk, helper.office_ids).order_by("pk")
    under = next((one for one in held if one.covers(purpose)), None)
    if under is None:
        raise DelegationRefused(_("이 일을 맡고 있지 않습니다."))
    _note(under, DelegationStep.ACTED, helper, now, what=what)


def _take_back_messages(ended: Collection[Delegation], now: datetime.datetime) -> None:
    """Let nothing go out any more that a helper was to get for somebody."""
    for one in ended:
        if one.helper_id is not None:
            take_back(recipient_id=one.helper_id, about_id=one.person_id, now=now)


def _held(delegation: Delegation) -> Delegation:
    return Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)


def _note(
    delegation: Delegation,
    step: DelegationStep,
    actor: User,
    now: datetime.datetime,
    *,
    what: str = "",
) -> None:
    DelegationEvent.objects.create(
        delegation=delegation, step=step, actor=actor, what=what[:200], at=now
    )
