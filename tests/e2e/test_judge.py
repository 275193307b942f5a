"""Judging a page that is left for another, and colours that looked so before."""

import pytest

from tests.e2e.colours import passed
from tests.e2e.judge import faults_seen
from tests.e2e.look import Look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("ms", [0, 40, 120, 200])
def test_a_page_left_under_the_judgement_is_judged_where_it_led(look_at, ms):
    page = look_at("/", Look())
    page.evaluate(f"() => {{ setTimeout(() => location.assign('/en/'), {ms}) }}")

    assert faults_seen(page) == []

    page.wait_for_url("**/en/")


class TestColours:
    """A text is measured once for all that look the same, and whatever looks otherwise is."""

    PUT = """style => {
      const text = document.createElement("p");
      text.textContent = "많이 읽는 글";
      text.style = style;
      document.querySelector("main").append(text);
      return new Promise((done) => setTimeout(done, 50));
    }"""
    PASSES, FAILS = "color: rgb(3, 4, 5)", "color: rgb(190, 190, 190)"
    DARK, ONTO_IT = (
        "height: 90px; background: rgb(9, 9, 9); color: white",
        "position: relative; z-index: 1; margin-top: -60px",
    )

    @pytest.fixture
    def page(self, look_at):
        page = look_at("/", Look())
        assert faults_seen(page) == []
        return page

    def test_that_passed_are_not_measured_again(self, page):
        page.evaluate(self.PUT, self.PASSES)
        assert faults_seen(page) == []
        known = set(passed)
        page.evaluate(self.PUT, self.PASSES)

        assert faults_seen(page) == []
        assert passed == known
        assert any("rgb(3, 4, 5)" in look for look in known)

    @pytest.mark.parametrize(
        "otherwise",
        [FAILS, f"{PASSES}; background: rgb(20, 20, 20)", f"{PASSES}; opacity: 0.3"],
    )
    def test_that_look_otherwise_are_measured(self, page, otherwise):
        page.evaluate(self.PUT, self.PASSES)
        assert faults_seen(page) == []
        for _ in range(2):
            page.evaluate(self.PUT, otherwise)
            assert any("color-contrast" in fault for fault in faults_seen(page))

    def test_are_measured_where_something_else_lies_behind(self, page):
        page.evaluate(self.PUT, self.PASSES)
        assert faults_seen(page) == []
        page.evaluate(self.PUT, self.DARK)
        assert faults_seen(page) == []
        page.evaluate(self.PUT, f"{self.PASSES}; {self.ONTO_IT}")

        assert any("color-contrast" in fault for fault in faults_seen(page))

    def test_that_are_hidden_are_not_taken_for_measured(self, page):
        page.evaluate(self.PUT, f"{self.FAILS}; visibility: hidden")
        assert faults_seen(page) == []
        page.evaluate(self.PUT, self.FAILS)

        assert any("color-contrast" in fault for fault in faults_seen(page))
