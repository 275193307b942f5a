"""The API's description and its pages: complete, valid, and usable without a script."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.web.api.endpoint import AskingEndpoint, PublicEndpoint
from core.web.pagination import COUNT_CAP, LARGEST_PAGE, MOST_PAGES, PAGE_SIZE
from core.web.public import open_routes
from seoul_portal.api.docs import _groups
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import make_facility
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db

SCHEMA, DOCS, LIST = "/api/v1/schema/", "/api/v1/docs/", "/api/v1/facilities/"


class TestSchema:
    def test_is_for_anybody_and_valid(self, client):
        answer = client.get(SCHEMA)

        told = json.loads(answer.content)
        assert answer["Content-Type"] == "application/json"
        assert told["openapi"].startswith("3.1")
        assert list(OpenAPIV31SpecValidator(told).iter_errors()) == []

    def test_describes_every_public_address_of_the_api(self, client):
        paths = json.loads(client.get(SCHEMA).content)["paths"]
        endpoints = [
            route
            for route, view in open_routes()
            if issubclass(getattr(view, "cls", object), PublicEndpoint | AskingEndpoint)
            and not route.startswith("api/v1/schema/")
        ]

        assert len(endpoints) >= 11
        assert len(paths) == len(endpoints)
        for path, methods in paths.items():
            assert get_resolver().resolve(
                path.replace("{id}", "00000000-0000-0000-0000-000000000000").replace("{slug}", "x")
            )
            (operation,) = methods.values()
            assert operation["summary"]
            assert {"200", "400", "429"} <= set(operation["responses"])
            for parameter in operation.get("parameters", ()):
                assert parameter["in"] == "path" or parameter["description"]

    def test_is_told_in_english_too(self, client):
        english = json.loads(client.get(SCHEMA, {"lang": "en"}).content)

        summary = english["paths"]["/api/v1/facilities/"]["get"]["summary"]
        assert summary.isascii()
        assert client.get(SCHEMA, {"lang": "fr"}).status_code == 400


class TestPages:
    @pytest.fixture
    def page(self, client):
        def get(path: str = DOCS):
            answer = client.get(path)
            assert answer.status_code == 200
            return BeautifulSoup(answer.content, "html.parser")

        return get

    def test_tell_of_every_operation(self, page, client):
        paths = json.loads(client.get(SCHEMA).content)["paths"]

        told = " ".join(code.text for code in page().select("main code"))

        assert all(path in told for path in paths)

    def test_are_told_in_english_too(self, page):
        english = page(f"/en{DOCS}")

        assert english.html["lang"] == "en"
        assert english.h1.text == "API guide"

    def test_keep_to_their_language_whichever_was_asked_first(self, page, client):
        _groups.cache_clear()
        client.get(f"/en{DOCS}try/", {"operation": "listFacilities"}, follow=True)

        assert "복지시설" in [heading.text for heading in page().select("h2")]

    def test_have_no_script_or_style_in_them(self, page):
        assert not page().select("script:not([src]), style, [style], [onclick]")

    def test_have_a_form_that_leads_to_an_answer(self, page, client):
        make_facility("A1")
        form = page().select_one("form:has([value=listFacilities])")
        names = {field["name"] for field in form.select("[name]")}

        answer = client.get(
            form["action"],
            {"operation": "listFacilities", "district": "강남구", "q": "", "unknown": "x"},
            follow=True,
        )

        assert {"operation", "district", "near", "page_size"} <= names
        assert answer.redirect_chain[0][0].startswith("/api/v1/facilities/?district=")
        assert answer.json()["count"] == 1

    def test_have_a_form_for_an_address_with_a_blank_in_it(self, client):
        make_facility("A1")

        answer = client.get(f"{DOCS}try/", {"operation": "getFacility", "code": "A1"}, follow=True)

        assert answer.json()["code"] == "A1"

    @pytest.mark.parametrize("operation", ["", "nothing", "https://x.example/"])
    def test_lead_nowhere_else(self, client, operation):
        assert client.get(f"{DOCS}try/", {"operation": operation})["Location"] == DOCS

    def test_keep_what_is_typed_within_its_address(self, client):
        answer = client.get(f"{DOCS}try/", {"operation": "getFacility", "code": "../../admin/"})

        assert answer["Location"] == "/api/v1/facilities/..%2F..%2Fadmin%2F/"


class TestWrittenGuide:
    """docs/api.md, which is read where no portal runs."""

    @pytest.fixture
    def guide(self):
        return (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")

    def test_names_every_address_and_parameter(self, guide, client):
        paths = json.loads(client.get(SCHEMA).content)["paths"]
        named = set(re.findall(r"`([^`\n]+)`", guide))

        assert set(paths) <= named
        for path, methods in paths.items():
            (operation,) = methods.values()
            for parameter in operation.get("parameters", ()):
                assert parameter["in"] == "path" or parameter["name"] in named, path

    def test_gives_examples_that_work(self, guide, client):
        make_facility("A1")
        examples = re.findall(r"^GET (\S+)$", guide, re.MULTILINE)

        assert len(examples) >= 7
        for example in examples:
            answer = client.get(example)
            assert answer.status_code == (400 if "distrct" in example else 200), example

    def test_shows_the_envelopes_as_they_are(self, guide, client):
        listed, _matched, refused = (
            json.loads(told) for told in re.findall(r"```json\n(.+?)```", guide, re.S)
        )
        make_facility("A1")
        answer = client.get(LIST).json()
        hsds = client.get("/api/v1/hsds/services").json()

        assert listed.keys() == answer.keys()
        assert listed["results"][0].keys() - {"…"} <= answer["results"][0].keys()
        assert listed["results"][0]["district"] == answer["results"][0]["district"]
        assert refused.keys() == client.get(LIST, {"distrct": "a"}).json().keys()
        assert all(f"`{name}`" in guide for name in hsds)

    def test_shows_what_matching_is_asked_and_answers(self, guide, client):
        sent = re.search(r"^POST (\S+)\n(\{.+?\})\n```", guide, re.M | re.S)
        told = re.search(r"```json\n(\{\n {2}\"on\".+?)```", guide, re.S)
        assert sent
        assert told
        make_benefit("000000465790", 서비스명="효도수당", conditions={"JA0110": 75, "JA0111": 120})
        employed = {"JA0110": 65, "JA0111": 120, "JA0326": "Y"}
        make_benefit("000000465791", 서비스명="어르신 근로 지원", conditions=employed)
        shelf.forget()

        assert client.post(sent[1], sent[2], "application/json").json() == json.loads(told[1])

    def test_tells_the_limits_in_force(self, guide):
        rates = {"API_RATE": settings.API_RATE, "DOWNLOAD_RATE": settings.DOWNLOAD_RATE}

        for name, rate in rates.items():
            assert re.search(rf"\b{rate} (times )?a minute \(`{name}`", guide)
        assert f"{PAGE_SIZE} unless given and {LARGEST_PAGE} at most" in guide
        assert f"Pages past {MOST_PAGES} are refused" in guide
        assert f"exact up to {COUNT_CAP:,}" in guide
