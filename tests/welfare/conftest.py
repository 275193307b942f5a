"""What every test of the welfare area needs: pages and figures of the test before are forgotten."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from jsonschema import Draft202012Validator

from core.web.kept import kept
from core.web.pagecache import pages
from core.web.revision import watch
from seoul_portal.api.description import schema_of


@pytest.fixture
def matches_description() -> Callable[..., None]:
    """Check an answer against what the OpenAPI description says of its address."""
    described = json.loads(schema_of("ko"))

    def check(answer: HttpResponse, path: str, method: str = "get") -> None:
        responses = described["paths"][path][method]["responses"]
        schema = responses[str(answer.status_code)]["content"][answer["Content-Type"]]["schema"]
        Draft202012Validator(schema | {"components": described["components"]}).validate(
            json.loads(answer.content)
        )

    return check


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    pages.clear()
    kept.clear()
    watch.forget()
