"""Households as tests need them, and who does what with them; nobody in them exists."""

import datetime
import threading
import uuid

from django.db import connections
from django.utils import timezone

from core.offices.models import Office
from welfare.enums import CareConsentTopic, CareRelation, CounterConsent
from welfare.models import CareHousehold
from welfare.services.care_consents import take_consent
from welfare.services.care_log import Click
from welfare.services.households import add_member, open_household

NOW = timezone.make_aware(datetime.datetime(2026, 11, 20, 10))
TODAY = NOW.date()
DAY = datetime.date(2026, 11, 2)
BORN = datetime.date(1956, 3, 2)
ADDRESS = "서울특별시 종로구 사직로 1, 101호"


def click(actor, **told) -> Click:
    return Click(**{"actor": actor, "now": NOW, "key": uuid.uuid4(), **told})


def opened(actor, *, on=DAY, address="") -> CareHousehold:
    """A household of the one centre where somebody works."""
    (centre,) = actor.office_ids
    now = NOW.replace(month=on.month, day=on.day)
    return open_household(
        centre=Office.objects.get(pk=centre), address=address, click=click(actor, now=now)
    )


def added(household, actor, name="홍길동", **told):
    return add_member(
        household=household,
        **{
            "name": name,
            "birth_date": BORN,
            "relation": CareRelation.SELF,
            "on": DAY,
            "click": click(actor),
            **told,
        },
    )


def family(actor, *names, address=ADDRESS, person=None):
    """A household whose first member is its head; answer it and its members."""
    household = opened(actor, address=address)
    members = [
        added(
            household,
            actor,
            name,
            birth_date=BORN + datetime.timedelta(days=number),
            relation=CareRelation.CHILD if number else CareRelation.SELF,
            person=None if number else person,
        )
        for number, name in enumerate(names)
    ]
    return household, members


def agreed(household, member, topic=CareConsentTopic.APPLY, *, actor):
    return take_consent(
        household=household,
        member_id=member.pk,
        topic=topic,
        way=CounterConsent.PAPER,
        on=TODAY,
        click=click(actor),
    )


def at_once(*deeds):
    """Do all at the same moment, each on a connection of its own; answer what came of each."""
    answers, gate = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(number, deed):
        gate.wait()
        try:
            answers[number] = deed()
        except Exception as fault:
            answers[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
