"""An address that was shared leads where it led, whoever hung something on it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.web.addresses import address_of, follows_people, tidied

FOLLOWERS = (
    "utm_source", "fbclid", "gclid", "srsltid", "gad_source", "gbraid", "wbraid", "msclkid",
    "igshid", "mc_cid", "mc_eid", "_ga", "_gl", "ref", "n_query", "n_media", "ie", "NaPm",
)  # fmt: skip


class TestAddresses:
    @pytest.mark.parametrize("name", FOLLOWERS)
    def test_drop_what_follows_people(self, name):
        assert tidied({"q": "쉼터", name: "x"}).dict() == {"q": "쉼터"}

    @pytest.mark.parametrize("name", ["near", "district", "q", "page_size", "reference", "iea"])
    def test_keep_what_somebody_asked_for(self, name):
        assert not follows_people(name)

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["/search/", "/welfare/facilities/", "/en/search/"])
    def test_are_answered_however_they_were_shared(self, client, path):
        answer = client.get(path, {"q": "복지관"} | dict.fromkeys(FOLLOWERS, "x"))
        assert (answer.status_code, answer.url.startswith("?q=")) == (302, True)
        assert "&" not in answer.url


class TestAddressOf:
    def test_is_what_is_reversed_in_each_language(self):
        for language in ("ko", "en", "ko"):
            with override(language):
                told = reverse("welfare:benefit-detail", args=["WLF 1가&"])
                assert address_of("welfare:benefit-detail", "WLF 1가&") == told
