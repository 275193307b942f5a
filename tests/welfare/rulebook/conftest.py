"""Rules of the test before are forgotten: there its benefits may have been published as late."""

import pytest

from welfare.queries.rulebook import shelf


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.forget()
