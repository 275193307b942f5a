"""What every test of the welfare area needs: pages and figures of the test before are forgotten."""

import pytest

from core.web.api.throttle import throttle
from core.web.kept import kept
from core.web.pagecache import pages
from core.web.revision import watch


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    pages.clear()
    kept.clear()
    watch.forget()
    throttle.forget()
