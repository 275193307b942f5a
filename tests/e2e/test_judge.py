"""Judging a page that is left for another: what a click leads to comes late on a busy machine."""

import pytest

from tests.e2e.judge import faults_seen
from tests.e2e.look import Look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("ms", [0, 40, 120, 200])
def test_a_page_left_under_the_judgement_is_judged_where_it_led(look_at, ms):
    page = look_at("/", Look())
    page.evaluate(f"() => {{ setTimeout(() => location.assign('/en/'), {ms}) }}")

    assert faults_seen(page) == []

    page.wait_for_url("**/en/")
