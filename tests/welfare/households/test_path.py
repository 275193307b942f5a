"""From the first day of a household to its hand-over, and to the other it turns out to be."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.cases.services import move
from tests.accounts.factories import make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from welfare.enums import CareDeed
from welfare.models import CareBenefit, CareHandOver, CareHousehold, CareMember, CareMerge, CareStep
from welfare.queries.care_page import page_of

pytestmark = pytest.mark.django_db
LIST = "/admin/welfare/carehousehold/"


def at_the_desk(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def send(client, page, **told):
    response = client.post(page, {"key": str(uuid.uuid4()), **told})
    assert response.status_code == 302, BeautifulSoup(response.content, "html.parser").select(
        "[role=alert]"
    )
    return response.url


def test_from_opening_to_hand_over_and_merge(worker, centre, outsider, other_centre):
    client, today, benefit = at_the_desk(worker), timezone.localdate(), make_benefit()
    head = {"name": "홍길동", "birth_date": "1956-03-02", "address": "상계로 1"}
    here = send(client, f"{LIST}add/", centre=centre.pk, **head)
    household = CareHousehold.objects.get()
    member = {"member": CareMember.objects.get().pk}
    send(client, here, deed="need", need="theme:LIVING", words="", **member)
    send(client, here, deed="consent", topic="APPLY", way="PAPER", on=today, **member)
    send(client, here, deed="apply", name=benefit.code, words="", **member)
    send(client, here, deed="visit", words="안부", **member)
    send(client, here, deed="plan", words="전화하기", due=today, responsible="", **member)
    visit = household.steps.exclude(case=None).latest("pk").case
    done = {"actor": worker, "now": timezone.now()}
    move(case_id=visit.pk, name="visit", words="만남", key="1", **done)
    send(
        client,
        here,
        deed="contact",
        kind="VISIT",
        on=today,
        words="상계동으로 이사하신다고 합니다.",
        visit=visit.pk,
        **member,
    )
    case = CareBenefit.objects.get().case
    move(case_id=case.pk, name="begin", words="", key="2", **done)
    move(case_id=case.pk, name="grant", words="다음 달부터", key="3", **done)

    send(client, here, deed="offer", centre=other_centre.name, words="이사")
    theirs = at_the_desk(outsider)
    offer = CareHandOver.objects.get()
    assert send(theirs, f"{LIST}coming/", row=offer.pk, answer="take") == here
    assert client.get(here).status_code == 404
    shown = page_of(CareHousehold.objects.get(pk=household.pk), outsider, on=today)
    assert [(one.says, one.may_open) for one in shown.benefits] == [("받게 됨", False)]
    assert shown.contacts[0].row.words == "상계동으로 이사하신다고 합니다."

    # The new centre had the rest of the family already.
    rest = {"name": "홍새봄", "birth_date": "1988-05-05", "address": "상계로 1"}
    there = send(theirs, f"{LIST}add/", centre=other_centre.pk, **rest)
    page = BeautifulSoup(theirs.get(f"{LIST}merges/").content, "html.parser")
    (link,) = page.select("a[href*='/into/']")
    address = send(theirs, link["href"], words="아버지와 딸이 함께 삽니다.")
    second = at_the_desk(make_worker(other_centre))
    assert send(second, address, answer="agree", words="") == here
    assert (
        CareMerge.objects.get().gone_id == CareHousehold.objects.exclude(pk=household.pk).get().pk
    )
    names = {one.name for one in CareMember.objects.filter(household=household)}
    assert names == {"홍길동", "홍새봄"}
    assert "마쳤습니다" in theirs.get(there).text
    deeds = list(CareStep.objects.of(household).order_by("pk").values_list("deed", flat=True))
    assert deeds[0] == CareDeed.OPENED
    assert deeds[-2:] == [CareDeed.MERGED, CareDeed.MERGED]
