"""Whatever is asked of the API, it answers as described and never with a fault of its own."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests
import schemathesis
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from core.web.problems import MEDIA_TYPE
from seoul_portal.api.description import schema_of
from tests.hostile import HOSTILE
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import OFFICE_HOURS, make_facility
from welfare.models.identifier import public_id

pytestmark = pytest.mark.django_db

EXAMPLES = 15
HELD = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described() -> dict[str, Any]:
    return json.loads(schema_of("ko"))


@pytest.fixture
def ask(client, settings) -> Callable[[str], HttpResponse]:
    """Ask as the world does: a fault is answered, not raised."""
    settings.API_RATE = 0
    client.raise_request_exception = False
    make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS, "waiting": 2})
    make_facility("A2", kind="푸드뱅크", district="종로구")
    make_facility("P1", name="비밀쉼터", is_protected=True)
    make_benefit(conditions={"JA0110": 65, "JA0111": 120})

    def send(address: str, case: Any = None) -> HttpResponse:
        if case is None or case.method.upper() == "GET":
            return client.get(address)
        sent = case.as_transport_kwargs(base_url="http://testserver")
        body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or b""
        return client.post(address, body, "application/json")

    return send


def judge(answer: HttpResponse, address: str) -> None:
    assert answer.status_code < 500, f"{address}: {answer.content[:300]!r}"
    assert "비밀쉼터" not in answer.content.decode()
    if answer.status_code >= 400:
        assert answer["Content-Type"] == MEDIA_TYPE, address
        told = json.loads(answer.content)
        assert told["status"] == answer.status_code
        assert told["detail"], address


def operations(described: dict[str, Any]) -> Iterator[Any]:
    found = schemathesis.openapi.from_dict(described)
    for result in found.get_all_operations():
        yield result.ok()


def try_out(operation: Any, mode: GenerationMode, check: Callable[[Any], None]) -> None:
    """Check many generated cases of one operation."""
    HELD(given(case=operation.as_strategy(mode))(check))()


class TestWhatIsDescribed:
    def test_is_answered_as_described(self, described, ask, matches_description):
        seen: dict[str, set[int]] = {}

        def check(case: Any) -> None:
            answer = ask(address_of(case), case)
            judge(answer, address_of(case))
            if "\x00" not in str(case.path_parameters):
                matches_description(answer, case.path, case.method.lower())
            seen.setdefault(case.path, set()).add(answer.status_code)

        for operation in operations(described):
            try_out(operation, GenerationMode.POSITIVE, check)

        assert set(seen) == set(described["paths"])
        assert all(statuses <= {200, 400, 404, 410} for statuses in seen.values()), seen
        assert all(200 in statuses for path, statuses in seen.items() if "{" not in path), seen

    def test_is_refused_where_it_is_not_as_described(self, described, ask):
        tried = 0

        def check(case: Any) -> None:
            nonlocal tried
            judge(ask(address_of(case), case), address_of(case))
            tried += 1

        for operation in operations(described):
            told = described["paths"][operation.path][operation.method].get("parameters", ())
            if any(parameter["in"] == "query" for parameter in told):
                try_out(operation, GenerationMode.NEGATIVE, check)

        assert tried >= EXAMPLES * 5


class TestHostileValues:
    def test_are_refused_or_harmless_in_every_parameter(self, described, ask):
        tried = 0
        for path, methods in described["paths"].items():
            where = path.format(code="A1", id=public_id("facility", "A1"), slug="feed-age")
            for parameter in methods.get("get", {}).get("parameters", ()):
                for value in HOSTILE:
                    told = quote(value, safe="")
                    address = f"{where}?{parameter['name']}={told}"
                    if parameter["in"] == "path":
                        address = path.replace(f"{{{parameter['name']}}}", told)
                    judge(ask(address), address)
                    tried += 1

        assert tried > 2_000

    def test_are_refused_as_lists_and_by_unknown_names(self, described, ask):
        for path, methods in described["paths"].items():
            where = path.format(code="A1", id=public_id("facility", "A1"), slug="feed-age")
            for parameter in methods.get("get", {}).get("parameters", ()):
                name = parameter["name"]
                for query in (f"{name}=1&{name}=2", f"{name}[]=1", f"{name}[a]=1", f"{name}.x=1"):
                    answer = ask(f"{where}?{query}")
                    assert answer.status_code == (
                        404 if "{id}" in path and answer.status_code == 404 else 400
                    ), f"{where}?{query}"

    @HELD
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from(
                    ["q", "district", "kind", "near", "radius", "open_at", "page", "ㄱ"]
                ),
                st.one_of(st.text(max_size=30), st.binary(max_size=30)),
            ),
            max_size=4,
        )
    )
    def test_together_do_no_harm(self, ask, pairs):
        address = f"/api/v1/facilities/?{urlencode(pairs, errors='surrogatepass')}"

        judge(ask(address), address)


def address_of(case: Any) -> str:
    """Answer the address of a generated case, as an HTTP client would write it."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    made = requests.Request(sent["method"], sent["url"], params=sent.get("params")).prepare()
    return str(made.url).removeprefix("http://testserver")
