"""Gives a case the eight digits of its slip; they are shown once, and a new slip ends the old."""

import datetime

from django.db import transaction

from core.cases.codes import code_from, hash_of
from core.cases.enums import EventKind
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.permissions import Actor, can_work_on_case
from core.cases.services.log import done_before, locked, party_of, refuse_forgotten, write

MOST_TURNS = 20


@transaction.atomic
def issue_code(*, case_id: int, actor: Actor, key: str, now: datetime.datetime) -> str:
    """Answer eight digits for a case; asked twice with one key, the same.

    Raises CaseRefused, also where a newer slip has been issued since.
    """
    case = locked(case_id, actor)
    if not can_work_on_case(actor, case):
        raise CaseRefused("이 신청을 맡은 기관의 직원만 접수 번호를 발급할 수 있습니다.")
    if done_before(case, key, EventKind.CODE_ISSUED) is not None:
        return _issued_before(case, key)
    refuse_forgotten(case)
    code = _unused(case, key)
    case.code_hash = hash_of(code)
    case.save(update_fields=["code_hash"])
    write(case, EventKind.CODE_ISSUED, actor=actor, party=party_of(actor, case), key=key, now=now)
    return code


def _unused(case: Case, key: str) -> str:
    for turn in range(MOST_TURNS):
        code = code_from(case.pk, key, turn)
        if not Case.objects.filter(code_hash=hash_of(code)).exists():
            return code
    raise CaseRefused("접수 번호를 만들지 못했습니다. 다시 해 주세요.")


def _issued_before(case: Case, key: str) -> str:
    for turn in range(MOST_TURNS):
        code = code_from(case.pk, key, turn)
        if case.code_hash == hash_of(code):
            return code
    raise CaseRefused("그 사이에 새 접수 번호가 발급되었습니다.")
