"""The HSDS addresses: what this is, services, where they are given, and by whom."""

import datetime
import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.envelope import origin_of
from core.web.api.parameters import read_paging, read_parameters
from core.web.api.schema import problems
from core.web.problems import Problem, refuse
from core.web.public import BRIEFLY
from welfare.api.hsds import described, telling
from welfare.queries import hsds

Values = dict[str, str]
YES, NO = ("true", "1"), ("false", "0")
SERVICE_FILTERS = (
    "search", "page", "per_page", "format", "taxonomy_term_id", "organization_id",
    "modified_after", "full",
)  # fmt: skip
LONGEST_SEARCH = 100
DOCUMENTED_AT = "api-hsds"  # the heading of these addresses in the API's documentation
MOST_SERVICES = 1_000  # of all organisations of one answer


class About(PublicEndpoint):
    @extend_schema(**described.ABOUT)
    def get(self, request: HttpRequest) -> HttpResponse:
        read_parameters(request, ())
        origin = origin_of(request)
        return _json(
            {
                "version": "3.0",
                "profile": f"{origin}{reverse('api-docs')}#{DOCUMENTED_AT}",
                "openapi_url": f"{origin}{reverse('api-schema')}",
            }
        )


class ServiceList(PublicEndpoint):
    @extend_schema(**described.SERVICES)
    def get(self, request: HttpRequest) -> HttpResponse:
        values = _read(request, (*SERVICE_FILTERS, "minimal"))
        if _flag(values, "minimal"):
            return _service_page(values, telling.minimal_service)
        full = _flag(values, "full")
        return _service_page(values, lambda row: telling.service(row, full=full))


class ServiceDetail(PublicEndpoint):
    max_age = BRIEFLY

    @extend_schema(**described.SERVICE | {"responses": described.ONE | problems(404)})
    def get(self, request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  (HSDS's name)
        read_parameters(request, ())
        return _json(telling.service(_found(hsds.find_service(id)), full=True))


class ServiceAtLocationList(PublicEndpoint):
    @extend_schema(**described.SERVICE_AT_LOCATIONS)
    def get(self, request: HttpRequest) -> HttpResponse:
        values = _read(request, (*SERVICE_FILTERS, "postcode"))
        full = _flag(values, "full")
        return _service_page(values, lambda row: telling.service_at_location(row, full=full))


class ServiceAtLocationDetail(PublicEndpoint):
    max_age = BRIEFLY

    @extend_schema(**described.SERVICE_AT_LOCATION)
    def get(self, request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  (HSDS's name)
        read_parameters(request, ())
        return _json(telling.service_at_location(_found(hsds.find_service(id)), full=True))


class OrganizationList(PublicEndpoint):
    @extend_schema(**described.ORGANIZATIONS)
    def get(self, request: HttpRequest) -> HttpResponse:
        values = _read(request, ("search", "page", "per_page", "format", "full", "full_service"))
        page, size = read_paging(values, size_name="per_page")
        words = values.get("search", "").casefold()
        bodies = [body for body in hsds.bodies() if words in body.name.casefold()]
        shown = bodies[(page - 1) * size : page * size]
        full_service = _flag(values, "full_service")
        if _flag(values, "full") or full_service:
            contents = _with_services(shown, full=full_service)
        else:
            contents = [telling.organization(body) for body in shown]
        return _page(contents, len(bodies), page, size)


class OrganizationDetail(PublicEndpoint):
    max_age = BRIEFLY

    @extend_schema(**described.ORGANIZATION)
    def get(self, request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  (HSDS's name)
        values = _read(request, ("full_service",))
        body = _found(hsds.find_body(id))
        return _json(_with_services([body], full=_flag(values, "full_service"))[0])


def _service_page(values: Values, tell: Callable[[Any], Any]) -> HttpResponse:
    page, size = read_paging(values, size_name="per_page")
    asked = _asked(values)
    found = hsds.services(asked, skip=(page - 1) * size, size=size)
    return _page([tell(row) for row in found.rows], found.count, page, size)


def _with_services(among: Sequence[hsds.Body], *, full: bool) -> list[dict[str, Any]]:
    """Tell organisations with their services; an answer has room for so many, shared evenly."""
    found = hsds.services_of(among, most=MOST_SERVICES // max(1, len(among)))
    tell = (lambda row: telling.service(row, full=True)) if full else telling.minimal_service
    return [
        telling.organization(body) | {"services": [tell(row) for row in found[body.id]]}
        for body in among
    ]


def _page(contents: Sequence[Any], total: int, page: int, size: int) -> HttpResponse:
    pages = -(-total // size)
    return _json(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": len(contents),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _json(told: dict[str, Any]) -> HttpResponse:
    return json_response(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _found(found: Any) -> Any:
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, _("이 식별자를 가진 것이 없습니다."))
    return found


def _read(request: HttpRequest, names: tuple[str, ...]) -> Values:
    values = read_parameters(request, names)
    errors = {}
    if values.get("format", "json") != "json":
        errors["format"] = _("json만 쓸 수 있습니다.")
    for name in ("full", "minimal", "full_service"):
        if values.get(name, "true").lower() not in YES + NO:
            errors[name] = _("true 또는 false로 적어 주세요.")
    if len(values.get("search", "")) > LONGEST_SEARCH:
        errors["search"] = _("찾는 말은 %(longest)s자까지입니다.") % {"longest": LONGEST_SEARCH}
    if errors:
        raise refuse(errors)
    return values


def _flag(values: Values, name: str) -> bool:
    return values.get(name, "false").lower() in YES


def _asked(values: Values) -> hsds.Asked:
    asked = hsds.Asked()
    if words := values.get("search"):
        asked = hsds.of_words(asked, words)
    if "taxonomy_term_id" in values:
        asked = hsds.of_kind(asked, _uuid(values, "taxonomy_term_id"))
    if "organization_id" in values:
        body = hsds.find_body(_uuid(values, "organization_id"))
        asked = hsds.of_body(asked, body) if body else asked.only("false")
    if "modified_after" in values:
        asked = hsds.changed_since(asked, _moment(values, "modified_after"))
    if "postcode" in values:
        asked = asked.only("f.postcode = %s", values["postcode"])
    return asked


def _uuid(values: Values, name: str) -> UUID:
    try:
        return UUID(values[name])
    except ValueError as wrong:
        raise refuse({name: _("UUID로 적어 주세요.")}) from wrong


def _moment(values: Values, name: str) -> datetime.datetime:
    try:
        # A plus sign that was not encoded arrives as a blank.
        moment = datetime.datetime.fromisoformat(values[name].replace(" ", "+"))
        moment = make_aware(moment) if is_naive(moment) else moment
        # The database knows fewer offsets than a clock may be written with.
        return moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as wrong:
        raise refuse(
            {name: _("2026-09-01T10:00:00+09:00처럼 날짜와 시각을 적어 주세요.")}
        ) from wrong
