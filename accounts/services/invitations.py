"""Asks an address whether its owner would work in an office; nobody is bound who has not agreed.

All that is said to whoever invites follows from what they typed and from their own office, so that
they learn neither whether the address has an account nor whose it is.
"""

import datetime
import logging
import smtplib
from collections.abc import Collection, Sequence

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.permissions import can_invite, can_manage_office
from accounts.services.memberships import MembershipRefused, add_membership
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from core.offices.models import Office
from core.records.reading import system_reading

KIND = "accounts.invitation"
DAYS = datetime.timedelta(days=30)
MOST_LETTERS = 50
# So many that are not taken for now may stand before one that is.
MOST_PUT_OFF = 500
PERMANENT = 500
# What a mail server says of one letter, and not of itself.
OF_THE_LETTER = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)
log = logging.getLogger(__name__)
NO_STOP_LINK = (
    "One letter to an address, whoever it belongs to: there is nothing yet to be stopped. Whoever"
    " declines, or does nothing for 30 days, hears no more of it."
)
ACCEPTED = "초대를 받아들임"


class InvitationRefused(Exception):
    """Nothing was changed; the message is a sentence for whoever tried."""


def own_addresses(actor: User) -> frozenset[str]:
    held = EmailAddress.objects.filter(user=actor).values_list("email", flat=True)
    return frozenset({actor.email, *(email.lower() for email in held.order_by("pk"))})


def why_no_invitation(
    actor: User, *, own: frozenset[str], email: str, office: Office, role: str
) -> str:
    """Answer in a sentence why this is not this actor's to ask; "" where it is."""
    if not can_manage_office(actor, office.pk):
        return "책임자로 있는 기관의 소속만 정할 수 있습니다."
    if email in own:
        return "자기 자신에게는 역할을 줄 수 없습니다. 다른 책임자에게 부탁하세요."
    if not can_invite(actor, office=office, role=role):
        return f"{office.get_kind_display()}에는 {Role(role).label} 역할이 없습니다."
    return ""


def works_here_already(*, email: str, office: Office, role: str, on: datetime.date) -> bool:
    """Say what the list of the office's own people shows as well."""
    held = Membership.objects.in_offices([office.pk]).not_over_on(on)
    return held.filter(person__email=email, role=role).exists()


@transaction.atomic
def invite(
    *,
    actor: User,
    email: str,
    office: Office,
    role: str,
    starts_date: datetime.date,
    now: datetime.datetime,
    ends_date: datetime.date | None = None,
) -> Invitation:
    """Ask an address; the letter follows within a minute, whoever it belongs to.

    Raises InvitationRefused with the reason.
    """
    email = email.strip().lower()
    own = own_addresses(actor)
    if why := why_no_invitation(actor, own=own, email=email, office=office, role=role):
        raise InvitationRefused(why)
    if works_here_already(email=email, office=office, role=role, on=timezone.localdate(now)):
        raise InvitationRefused("이미 이 기관에서 이 역할을 맡고 있는 사람입니다.")
    made = Invitation(
        email=email, office=office, role=role, starts_date=starts_date, ends_date=ends_date
    )
    _make_room([made], now)
    _sign([made], actor, now)
    _check(made)
    _write([made], actor, now)
    return made


@transaction.atomic
def invite_all(*, actor: User, invitations: Sequence[Invitation], now: datetime.datetime) -> None:
    """Write many at once, which were judged before by `why_no_invitation`."""
    _make_room(invitations, now)
    _sign(invitations, actor, now)
    _write(invitations, actor, now)


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation, now: datetime.datetime) -> None:
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not can_manage_office(actor, held.office_id):
        raise InvitationRefused("책임자로 있는 기관의 초대만 거둘 수 있습니다.")
    if not held.is_open_on(timezone.localdate(now)):
        raise InvitationRefused("이미 답했거나 기한이 지난 초대입니다.")
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    FieldChange.objects.bulk_create([_change(held, held.role, None, actor, now)])


@transaction.atomic
def accept_invitation(
    *, person: User, invitation: Invitation, now: datetime.datetime
) -> Membership:
    """Begin to work there: the invitation goes, and a membership stands in its place.

    Raises InvitationRefused where it is not this person's, is over, or whoever sent it could not
    give the role any more.
    """
    held = _held_by(person, invitation, now)
    today = timezone.localdate(now)
    try:
        with transaction.atomic():
            made = add_membership(
                actor=User.objects.get(pk=held.invited_by_id),
                person=person,
                office=held.office,
                role=held.role,
                starts_date=max(held.starts_date, today),
                ends_date=held.ends_date,
                reason=ACCEPTED,
                now=now,
            )
    except MembershipRefused as refused:
        raise InvitationRefused(
            _("이 초대로는 들어갈 수 없습니다. 기관에 다시 초대해 달라고 하세요.")
        ) from refused
    held.delete()
    return made


@transaction.atomic
def decline_invitation(*, person: User, invitation: Invitation, now: datetime.datetime) -> None:
    held = _held_by(person, invitation, now)
    held.declined_at = now
    held.save(update_fields=["declined_at"])


def send_invitations(*, now: datetime.datetime, limit: int = MOST_LETTERS) -> int:
    """Send the letters that wait, in both languages, since nobody knows who reads them.

    One that the mail server does not take keeps no other waiting. Raises OSError where the server
    itself is away: then all of them wait for the next minute.
    """
    sent, put_off = 0, set[int]()
    while sent < limit and len(put_off) < MOST_PUT_OFF:
        one = _send_one(now, but=put_off)
        if one is None:
            break
        if one.sent_at is None:
            put_off.add(one.pk)
        else:
            sent += 1
    return sent


@transaction.atomic
def _send_one(now: datetime.datetime, *, but: Collection[int]) -> Invitation | None:
    """Try the next letter, and answer whose it is; None where none is left to be tried."""
    with system_reading("whom a letter invites"):
        waiting = Invitation.objects.to_send(timezone.localdate(now)).exclude(pk__in=but)
        locked = waiting.order_by("pk").select_for_update(of=("self",), skip_locked=True)
        one = locked.select_related("office").first()
    if one is None:
        return None
    # Sent again only by a worker that is killed between the two: better than a letter too few.
    try:
        _letter(one).send()
    except (*OF_THE_LETTER, ValueError) as fault:
        is_final = _is_final(fault)
        log.warning("Invitation %s was not taken, for good: %s.", one.pk, is_final)
        if not is_final:
            return one
    # One that nobody will ever take is not tried each minute of a month.
    one.sent_at = now
    one.save(update_fields=["sent_at"])
    return one


def _is_final(fault: Exception) -> bool:
    """Say whether the server would say the same tomorrow (RFC 5321, 4.2.1)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return fault.smtp_code >= PERMANENT
    return True


def _letter(invitation: Invitation) -> EmailMessage:
    bodies, subjects = [], []
    for language, root in (("ko", ""), ("en", "/en")):
        with translation.override(language):
            office = invitation.office
            name = (office.name_en if language == "en" else "") or office.name
            told = {
                "office": name,
                "role": invitation.get_role_display(),
                "day": invitation.expires_date,
                "link": f"{settings.SITE_URL}{root}/my/invitations/",
            }
            bodies.append(render_to_string("accounts/invitation_letter.txt", told).strip())
            subjects.append(_("%(office)s에서 함께 일하자고 초대했습니다") % {"office": name})
    portal = "서울 시민 서비스 포털"
    return EmailMessage(
        f"[{portal}] {' / '.join(subjects)}", "\n\n--\n\n".join(bodies), to=[invitation.email]
    )


def _make_room(invitations: Sequence[Invitation], now: datetime.datetime) -> None:
    """Forget what has run out without an answer, so that the address can be asked again."""
    over = Invitation.objects.unanswered().filter(email__in={one.email for one in invitations})
    open_ones = Invitation.objects.open_on(timezone.localdate(now))
    over.exclude(pk__in=open_ones.values("pk")).delete()


def _sign(invitations: Sequence[Invitation], actor: User, now: datetime.datetime) -> None:
    for one in invitations:
        one.invited_by, one.invited_at = actor, now
        one.expires_date = timezone.localdate(now) + DAYS


def _write(invitations: Sequence[Invitation], actor: User, now: datetime.datetime) -> None:
    Invitation.objects.bulk_create(invitations)
    FieldChange.objects.bulk_create(_change(one, None, one.role, actor, now) for one in invitations)


def _held_by(person: User, invitation: Invitation, now: datetime.datetime) -> Invitation:
    mine = Invitation.objects.open_on(timezone.localdate(now)).addressed_to(person.pk)
    held = mine.select_for_update(of=("self",)).filter(pk=invitation.pk)
    found = held.select_related("office").first()
    if found is None:
        raise InvitationRefused(_("이미 답했거나 기한이 지난 초대입니다."))
    return found


def _check(invitation: Invitation) -> None:
    try:
        invitation.full_clean()
    except ValidationError as wrong:
        raise InvitationRefused(" ".join(wrong.messages)) from wrong


def _change(
    one: Invitation, old: str | None, new: str | None, actor: User, now: datetime.datetime
) -> FieldChange:
    return FieldChange(
        kind=KIND,
        key=str(one.pk),
        field="role",
        old=old,
        new=new,
        origin=ChangeOrigin.STAFF,
        changed_by=actor,
        changed_at=now,
    )
