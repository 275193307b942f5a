"""Two centres, and who works in, runs and oversees them."""

import pytest

from tests.accounts.factories import SAJIK, SANGGYE, make_centre, make_manager, make_worker


@pytest.fixture
def centre(db):
    return make_centre(SAJIK).office


@pytest.fixture
def other_centre(db):
    return make_centre(SANGGYE).office


@pytest.fixture
def worker(centre):
    return make_worker(centre)


@pytest.fixture
def colleague(centre):
    return make_worker(centre, name="박동료")


@pytest.fixture
def outsider(other_centre):
    """Who runs another centre."""
    return make_manager(other_centre)
