"""Links from a list to its other pages keep what was asked, and lead to the first one plainly."""

from core.web.pagination import Pager
from tests.core.web.test_components import shown


class TestPagination:
    def test_links_plainly_and_keeps_the_filters(self):
        page = shown("{% pagination pager %}", pager=Pager(2, 60), query={"q": "노인", "page": "2"})

        assert [a["href"] for a in page.select("a[rel]")] == [
            "?q=%EB%85%B8%EC%9D%B8",
            "?q=%EB%85%B8%EC%9D%B8&page=3",
        ]
        assert page.select_one("[aria-current=page]").text.split()[-1] == "2"

    def test_keeps_what_was_asked_twice_and_leads_to_the_first_page_without_a_number(self):
        query = {"page": ["5", "3"], "q": ['"><b>', "&"]}
        page = shown("{% pagination pager %}", pager=Pager(3, 200), query=query)

        asked = "?q=%22%3E%3Cb%3E&q=%26"
        others = [f"{asked}&page={number}" for number in (2, 3, 4, 5, 10)]
        assert [a["href"] for a in page.select(".page-links a")] == [asked, *others]
        assert [a["href"] for a in page.select("a[rel]")] == [others[0], others[2]]
        assert not page.select("b")

    def test_leads_from_a_plain_list_to_its_pages(self):
        page = shown("{% pagination pager %}", pager=Pager(1, 30))

        assert [a["href"] for a in page.select(".page-links a")] == ["?", "?page=2"]

    def test_is_nothing_on_a_single_page(self):
        assert not shown("{% pagination pager %}", pager=Pager(1, 20)).select("nav")
