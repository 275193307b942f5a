"""Every page, in both languages, as anybody and as somebody signed in, breaks no clause."""

import pytest
from django.utils import translation

from tests.accessibility.addresses import NO_PAGE, SAMPLES, addresses
from tests.accessibility.judge import faults_of

FEWEST_PAGES = 5
REDIRECTS = range(300, 400)


def pages(client, language):
    """Yield each address that answers with a page, and the page."""
    with translation.override(language):
        paths = [(address, path) for address in addresses() for path in address.paths()]
    for address, path in paths:
        answer = client.get(path)
        # Somebody else's page may have nothing to show (no second factor to remove), and ours may
        # refuse a question; asked plainly, ours must answer.
        may_refuse = address.is_of_others or "?" in path
        assert answer.status_code < (500 if may_refuse else 400) or answer.status_code == 405, (
            f"{path} answers {answer.status_code}"
        )
        if not answer.streaming and answer.content and _is_page(answer):
            yield path, answer.content.decode()


def _is_page(answer):
    return answer["Content-Type"].startswith("text/html") and answer.status_code not in REDIRECTS


class TestPages:
    @pytest.mark.parametrize("language", ["ko", "en"])
    @pytest.mark.parametrize("who", ["anybody", "resident"])
    def test_break_no_clause(self, client, request, db, who, language):
        if who != "anybody":
            client.force_login(
                request.getfixturevalue(who), "django.contrib.auth.backends.ModelBackend"
            )
        seen, faults = [], []
        for path, html in pages(client, language):
            seen.append(path)
            faults += [f"{path}: {fault}" for fault in faults_of(html, language)]

        assert not faults, "\n".join(faults)
        assert len(seen) >= FEWEST_PAGES, seen

    def test_with_arguments_have_a_sample(self):
        wanting = [
            address.name
            for address in addresses()
            if address.arguments
            and address.name not in SAMPLES
            and not NO_PAGE.fullmatch(address.name)
        ]

        assert not wanting

    def test_samples_are_of_addresses_that_exist(self):
        assert set(SAMPLES) <= {address.name for address in addresses()}


class TestErrorPages:
    @pytest.mark.parametrize(("path", "language"), [("/nowhere/", "ko"), ("/en/nowhere/", "en")])
    def test_break_no_clause(self, client, db, path, language):
        answer = client.get(path)

        assert answer.status_code == 404
        assert faults_of(answer.content.decode(), language) == []
