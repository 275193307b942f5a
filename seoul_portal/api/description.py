"""The API's own description, as OpenAPI says it."""

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema

from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.parameters import read_parameters
from core.web.problems import refuse

LANGUAGES = ("ko", "en")


@lru_cache(maxsize=len(LANGUAGES))
def schema_of(language: str) -> str:
    """Answer the whole description as JSON text; it does not change while a process lives."""
    with override(language):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        return bytes(OpenApiJsonRenderer().render(schema)).decode()


def operations(language: str) -> list[dict[str, Any]]:
    """Answer the operations in the order of their addresses, each with its path."""
    paths = json.loads(schema_of(language))["paths"]
    return [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


class SchemaDocument(PublicEndpoint):
    @extend_schema(exclude=True)
    def get(self, request: HttpRequest) -> HttpResponse:
        language = read_parameters(request, ("lang",)).get("lang", "ko")
        if language not in LANGUAGES:
            raise refuse({"lang": _("ko 또는 en으로 적어 주세요.")})
        return json_response(schema_of(language).encode())
