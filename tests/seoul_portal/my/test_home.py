"""`/my/` leads to all that is a person's own."""

from bs4 import BeautifulSoup


class TestMyHome:
    def test_asks_for_sign_in_and_leads_back(self, client):
        assert client.get("/my/")["Location"] == "/accounts/login/?next=/my/"

    def test_leads_to_pages_that_open(self, client, resident):
        client.force_login(resident)
        page = BeautifulSoup(client.get("/my/").content, "html.parser")
        ways = [link["href"] for link in page.select("main a")]

        assert len(ways) >= 2
        assert {client.get(way).status_code for way in ways} == {200}

    def test_is_kept_by_nobody(self, client, resident):
        client.force_login(resident)

        assert client.get("/my/")["Cache-Control"] == "private, no-store"
