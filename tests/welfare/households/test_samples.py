"""The portal that shows itself: the same households at every run, and something for two to do."""

import pytest
from django.utils import timezone

from tests.accounts.factories import SAJIK, SANGGYE, make_centre, make_manager, make_worker
from welfare.models import CareHandOver, CareHousehold, CareMember, CareMerge, HardshipHousehold
from welfare.queries.care_duplicates import possible_duplicates
from welfare.services.hardship_matching import follow_caseload
from welfare.services.sample_households import HOUSEHOLDS, make_households
from welfare.services.sample_signs import make_signs

pytestmark = pytest.mark.django_db


def test_are_made_once_for_each_centre_that_somebody_runs():
    offices = [make_centre(code).office for code in (SAJIK, SANGGYE)]
    first, _ = (make_manager(office) for office in offices)
    make_worker(offices[0])
    now = timezone.now()
    make_signs(now=now)
    assert make_households(now=now) == f"돌보는 가구 {2 * HOUSEHOLDS}가구"
    assert make_households(now=now) == ""
    assert CareHousehold.objects.count() == 2 * HOUSEHOLDS
    assert CareMerge.objects.count() == 1
    assert CareHandOver.objects.count() == 2
    assert possible_duplicates(first) == []
    names = [one.name for one in CareMember.objects.all()]
    assert all(name.startswith("견본") for name in names)
    follow_caseload(now=now)
    assert HardshipHousehold.objects.listed().exclude(care=None).count() >= HOUSEHOLDS
