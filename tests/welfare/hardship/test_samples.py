"""Sample signs show the list at work, and are made once."""

import pytest
from django.utils import timezone

from welfare.enums import HardshipKind, HardshipState
from welfare.models import HardshipHousehold, HardshipImport, HardshipSign
from welfare.services.sample_signs import HOUSEHOLDS, make_signs

pytestmark = pytest.mark.django_db


class TestSamples:
    def test_show_every_kind_and_state(self, manager, outsider):
        assert "위기 신호" in make_signs(now=timezone.now())

        assert HardshipHousehold.objects.count() == 2 * HOUSEHOLDS
        assert set(HardshipSign.objects.values_list("kind", flat=True)) == set(HardshipKind.values)
        states = set(HardshipHousehold.objects.values_list("state", flat=True))
        assert states == set(HardshipState.values)
        assert not HardshipHousehold.objects.filter(points=0).exists()

    def test_are_made_once(self, manager):
        make_signs(now=timezone.now())

        assert make_signs(now=timezone.now()) == ""
        assert HardshipImport.objects.count() == 1

    def test_are_nothing_where_nobody_runs_a_centre(self, worker):
        assert make_signs(now=timezone.now()) == ""
        assert not HardshipSign.objects.exists()
