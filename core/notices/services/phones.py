"""A telephone gets messages only after its owner has typed what was sent to it."""

import datetime
import hashlib
import hmac
import re
import secrets
import uuid

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.notices.channels import sender_of
from core.notices.channels.contract import Letter, Parcel, Undelivered
from core.notices.enums import Channel
from core.notices.models import Bounce, Reader
from core.notices.notices import PhoneAdded
from core.notices.services.telling import tell

NO_STOP_LINK = (
    "Six digits that somebody has just asked for on a page, and waits for; a number gets five an"
    " hour and ten a day at most, whoever asks."
)
DIGITS = 6
LASTS = datetime.timedelta(minutes=10)
MOST_GUESSES, MOST_A_DAY = 5, 5
HOUR = datetime.timedelta(hours=1)
# By all people together.
MOST_FOR_A_NUMBER = {HOUR: 5, datetime.timedelta(days=1): 10}
MOBILE = re.compile(r"01[016789][0-9]{7,8}")
ENDING = 4


class PhoneRefused(Exception):
    """The number or its code was not taken; the message is a sentence for the person."""


def number_of(text: str) -> str:
    """Answer a mobile number in digits; raises PhoneRefused for anything else."""
    digits = re.sub(r"[\s.-]", "", text).replace("+82", "0", 1)
    if not MOBILE.fullmatch(digits):
        raise PhoneRefused(_("휴대전화 번호를 다시 확인해 주세요. 010-1234-5678처럼 적습니다."))
    return digits


@transaction.atomic
def ask_for_code(*, person_id: int, phone: str, now: datetime.datetime) -> None:
    """Send a code to a number; raises PhoneRefused where it cannot be sent, or was too often."""
    number = number_of(phone)
    Reader.objects.get_or_create(person_id=person_id)
    reader = Reader.objects.select_for_update().get(person=person_id)
    is_same_day = reader.asked_at is not None and now - reader.asked_at < datetime.timedelta(1)
    asked = reader.asked_today if is_same_day else 0
    if asked >= MOST_A_DAY:
        raise PhoneRefused(_("오늘은 인증번호를 더 보낼 수 없습니다. 내일 다시 해 주세요."))
    _count(number, now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    reader.asked_phone, reader.code_mark = number, _mark(number, code)
    reader.asked_at, reader.guesses, reader.asked_today = now, 0, asked + 1
    reader.save()
    _send(number, code, now)


def _count(number: str, now: datetime.datetime) -> None:
    """Refuse a number that was sent too many codes, whoever asked: its owner may be none of them.

    Counted in Redis, open while that is away: each person's own limit stands in the database.
    """
    for span, most in MOST_FOR_A_NUMBER.items():
        seconds = int(span.total_seconds())
        told = f"{number}:{seconds}:{int(now.timestamp()) // seconds}"
        name = f"sms:{salted_hmac('notices.phone.count', told, algorithm='sha256').hexdigest()}"
        cache.add(name, 0, timeout=seconds)
        try:
            sent = cache.incr(name)
        except ValueError:  # Redis is away
            continue
        if sent > most:
            when = _("한 시간") if span == HOUR else _("하루")
            raise PhoneRefused(
                _("이 번호로 인증번호를 너무 많이 보냈습니다. %(when)s 뒤에 다시 해 주세요.")
                % {"when": when}
            )


def _send(number: str, code: str, now: datetime.datetime) -> None:
    text = _("[서울 시민 서비스] 인증번호 %(code)s") % {"code": code}
    letter = Letter(language="", subject=text, body=text, short=text, link="", stop="")
    try:
        parcel = Parcel(key=uuid.uuid4(), letter=letter, due_at=now, now=now)
        sender_of(Channel.SMS).send(parcel, [number])
    except Undelivered as fault:
        raise PhoneRefused(
            _("이 번호로 문자를 보내지 못했습니다. 번호를 확인하거나 잠시 뒤에 다시 해 주세요.")
        ) from fault


@transaction.atomic
def confirm_phone(*, person_id: int, code: str, now: datetime.datetime) -> bool:
    """Take a number whose code was typed right; False for a wrong code, and after too many."""
    reader = Reader.objects.select_for_update().filter(person=person_id).first()
    if reader is None or not reader.asked_phone or reader.asked_at is None:
        return False
    if now - reader.asked_at > LASTS or reader.guesses >= MOST_GUESSES:
        return False
    typed = re.sub(r"\D", "", code)
    if not hmac.compare_digest(reader.code_mark, _mark(reader.asked_phone, typed)):
        reader.guesses += 1
        reader.save(update_fields=["guesses"])
        return False
    reader.phone, reader.asked_phone, reader.code_mark = reader.asked_phone, "", ""
    reader.save(update_fields=["phone", "asked_phone", "code_mark"])
    Bounce.objects.filter(person=person_id, kind=Channel.SMS, address=reader.phone).delete()
    tell(
        notice=PhoneAdded,
        person=person_id,
        facts={"ending": reader.phone[-ENDING:]},
        cause=f"phone:{now.isoformat()}",
        now=now,
        url="/my/notices/settings/",
    )
    return True


@transaction.atomic
def forget_phone(*, person_id: int) -> None:
    Reader.objects.filter(person=person_id).update(phone="", asked_phone="", code_mark="")


def _mark(number: str, code: str) -> str:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"notices.phone").digest()
    return hmac.new(key, f"{number}:{code}".encode(), hashlib.sha256).hexdigest()
