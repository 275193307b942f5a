"""Opening a facility's page is counted, cached or not; nothing of who opened it is kept."""

import pytest

from core.visits.counting import KEY, counter, store
from tests.welfare.factories import make_facility

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}


def counted():
    counter.flush()
    return store().hgetall(KEY)


def test_is_counted_from_the_page_cache_too(client):
    make_facility("A1")

    for path in (
        "/welfare/facilities/A1/",
        "/welfare/facilities/A1/",
        "/en/welfare/facilities/A1/",
    ):
        assert client.get(path, headers=BROWSER).status_code == 200

    assert counted() == {"welfare.facility A1": "3"}


def test_is_not_counted_for_programs_and_lists(client):
    make_facility("A1")

    client.get("/welfare/facilities/A1/", headers={"User-Agent": "Googlebot/2.1"})
    client.head("/welfare/facilities/A1/", headers=BROWSER)
    client.get("/welfare/facilities/", headers=BROWSER)
    client.get("/welfare/facilities/NOTHING/", headers=BROWSER)

    assert counted() == {}
