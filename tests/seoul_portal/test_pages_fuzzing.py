"""Whatever is asked of a public page, in its path or behind it, it answers without a fault."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.web.public import open_routes
from seoul_portal.searching import PARAMETERS as SEARCH
from tests.core.kpi.samples import dashboard
from tests.hostile import HOSTILE
from tests.welfare.factories import OFFICE_HOURS, make_facility, make_shelter
from welfare.queries import PARAMETERS as LIST
from welfare.queries.benefit_filters import BENEFIT_PARAMETERS

pytestmark = pytest.mark.django_db

ARGUMENT = re.compile(r"<(?:\w+:)?\w+>")
# The API has a test of its own; sign-in and the admin are others' to judge.
OTHERS = re.compile(r"/(api/v1/(?!docs)|accounts/|admin/|metrics|healthz|readyz)")
QUERIES = {
    "/search/": SEARCH,
    "/welfare/benefits/": BENEFIT_PARAMETERS,
    "/welfare/benefits/download.csv": BENEFIT_PARAMETERS,
    "/welfare/facilities/": LIST,
    "/welfare/facilities/download.csv": LIST,
    "/welfare/facilities/download.geojson": LIST,
    "/welfare/facilities/<str:code>/": ("near",),
    "/welfare/facilities/<str:code>/sheet/": ("size",),
    "/preferences/": ("next",),
}
HELD = settings(
    max_examples=60, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def ask(client):
    """Ask as the world does: a fault is answered, not raised."""
    client.raise_request_exception = False
    make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
    make_shelter("K1", name="비밀쉼터")
    dashboard()

    def get(address: str):
        response = client.get(address)
        told = response.getvalue() if response.streaming else response.content
        assert response.status_code < 500, f"{address}: {told[:300]!r}"
        assert "비밀쉼터" not in told.decode(), address
        return response

    return get


def routes() -> Iterator[str]:
    for route, _view in open_routes():
        if not OTHERS.match(f"/{route}"):
            yield f"/{route}"


def spelt(value: str | bytes) -> str:
    return quote(value, safe="")


class TestPaths:
    def test_are_found_or_not_whatever_stands_in_them(self, ask):
        tried = 0
        for route in (route for route in routes() if ARGUMENT.search(route)):
            for value in HOSTILE:
                for before in ("", "/en"):
                    ask(before + ARGUMENT.sub(spelt(value), route))
                    tried += 1

        assert tried > 500


class TestQueries:
    def test_are_answered_or_refused_whatever_they_hold(self, ask):
        tried = 0
        for route, names in QUERIES.items():
            for name in names:
                for value in HOSTILE:
                    ask(f"{ARGUMENT.sub('A1', route)}?{name}={spelt(value)}")
                    tried += 1

        assert tried > 2_000

    def test_of_pages_that_take_none_do_no_harm(self, ask):
        plain = [route for route in routes() if not ARGUMENT.search(route)]

        assert len(plain) >= 10
        for route in plain:
            for value in ("\x00", b"\xff\xfe", "a" * 5_000):
                ask(f"{route}?{spelt(value)}={spelt(value)}&page={spelt(value)}")

    @pytest.mark.parametrize("route", ["/welfare/facilities/", "/search/"])
    @HELD
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from((*LIST, "area", "ㄱ")),
                st.one_of(st.text(max_size=30), st.binary(max_size=30)),
            ),
            max_size=4,
        )
    )
    def test_together_do_no_harm(self, ask, route, pairs):
        ask(f"{route}?{urlencode(pairs, errors='surrogatepass')}")
