"""Corrections outlive real syncs through the engine, while the sources go on changing."""

import datetime

import pytest

from accounts.models import User
from core.areas import declared_feeds
from core.feeds.engine import run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FieldChange, Override
from core.feeds.protocol import Connection
from core.sandbox.upstreams import serve
from tests.welfare.factories import NOW
from welfare.models import CentralFacility, Facility, SeoulFacility
from welfare.services import (
    correct_facility,
    source_values,
    take_source_value,
    verify_facility,
    withdraw_correction,
)

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 60
DAY = datetime.timedelta(days=1)


def sync_all(*, seed: int, now: datetime.datetime) -> None:
    with serve(rows=ROWS, seed=seed) as base_url:
        for feed in declared_feeds().values():
            upstream = Connection(
                base_url=f"{base_url}/{feed.gateway}", key="key", wait_factor=0.001
            )
            run = run_feed(declaration=feed, upstream=upstream, clock=lambda: now, force=True)
            assert run.status == RunStatus.COMPLETED, run.reason


def open_facility() -> Facility:
    return Facility.objects.listed().exclude(phone=None).order_by("code")[0]


def changed_phone(code: str) -> str:
    """The publishers tell another number from now on, and the next run finds it changed back."""
    for source in (SeoulFacility, CentralFacility):
        source.objects.filter(pk=code).update(phone="02-111-2222", content_hash=0)
    return "02-111-2222"


class TestCorrection:
    def test_wins_over_the_next_sync_and_is_flagged_for_review(self, officer: User):
        sync_all(seed=1, now=NOW)
        one = open_facility()
        told = one.phone
        changed_phone(one.pk)
        made = correct_facility(
            facility=one,
            field="phone",
            value="02-490-2600",
            reason="전화함",
            actor=officer,
            now=NOW,
        )
        assert made.source_value == "02-111-2222"
        verify_facility(facility=one, actor=officer, now=NOW)
        sync_all(seed=1, now=NOW + DAY)

        one.refresh_from_db()
        assert one.phone == "02-490-2600"
        assert one.verified_at == NOW
        assert source_values([one.pk])[one.pk]["phone"] == told
        assert Override.objects.to_review().get().review_since == NOW + DAY

        take_source_value(override=made, actor=officer, now=NOW + DAY)
        one.refresh_from_db()
        assert one.phone == told
        kinds = set(FieldChange.objects.filter(key=one.pk, field="phone").values_list("kind"))
        assert ("welfare.facility",) in kinds
        assert len(kinds) >= 2

    def test_wins_over_a_wholly_different_list_and_is_given_up_when_withdrawn(self, officer: User):
        sync_all(seed=1, now=NOW)
        one = open_facility()
        address = "서울 종로구 비봉길 76 (구기동)"
        made = correct_facility(
            facility=one, field="address", value=address, reason="이사", actor=officer, now=NOW
        )
        sync_all(seed=2, now=NOW + DAY)

        one.refresh_from_db()
        assert one.address == "서울특별시 종로구 비봉길 76 (구기동)"
        assert one.district_code == "1111000000"
        withdraw_correction(override=made, reason="되돌림", actor=officer, now=NOW + DAY)
        one.refresh_from_db()
        assert one.address == source_values([one.pk])[one.pk]["address"]

    def test_retires_a_facility_that_the_source_goes_on_listing(self, officer: User):
        sync_all(seed=1, now=NOW)
        one = open_facility()
        correct_facility(
            facility=one, field="status", value="RETIRED", reason="폐업", actor=officer, now=NOW
        )
        changed_phone(one.pk)
        sync_all(seed=1, now=NOW + DAY)

        assert not Facility.objects.listed().filter(pk=one.pk).exists()
