"""Two centres, and who runs, works in and oversees them."""

import pytest

from tests.accounts.factories import SAJIK, SANGGYE, make_centre, make_manager, make_worker
from tests.welfare.hardship.people import make_official


@pytest.fixture
def centre(db):
    return make_centre(SAJIK)


@pytest.fixture
def other_centre(db):
    return make_centre(SANGGYE)


@pytest.fixture
def manager(centre, other_centre):
    return make_manager(centre.office)


@pytest.fixture
def worker(centre):
    return make_worker(centre.office)


@pytest.fixture
def outsider(other_centre):
    """Somebody of another centre."""
    return make_manager(other_centre.office)


@pytest.fixture
def official(centre, other_centre):
    return make_official("add_hardshipimport")
