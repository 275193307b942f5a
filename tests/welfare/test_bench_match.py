"""The catalogue and the households of the benchmark are such as the portal takes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.sandbox.bench.matching import MATCH, VARIANTS, households
from welfare.models import Benefit
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


def fill(benefits):
    out = StringIO()
    call_command("bench_match", benefits=benefits, stdout=out)
    return json.loads(out.getvalue())


class TestBenchMatch:
    def test_fills_the_catalogue_and_times_both(self):
        told = fill(40)
        assert Benefit.objects.listed().for_seoul().count() == 40
        assert told["ours_ms"] > 0
        assert told["bare_ms"] > 0

    def test_touches_no_catalogue_that_is_there(self):
        fill(5)
        with pytest.raises(CommandError, match="no bench's"):
            fill(5)

    def test_sends_households_that_the_api_judges(self, client):
        fill(40)
        bodies = households()
        assert len(bodies) == VARIANTS
        body = bodies[0] | {"on": timezone.localdate().isoformat()}
        answer = client.post(MATCH, body, content_type="application/json")
        assert answer.status_code == 200
        assert sum(answer.json()["count"].values()) == 4 * 40
