"""Which pages are walked: every GET address, those with arguments with a sample of each."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.accounts import samples as accounts
from tests.core.cases import requests as cases
from tests.core.kpi import samples as kpi
from tests.core.notices import samples as notices
from tests.core.records import samples as records
from tests.welfare import samples as welfare

# Sample arguments for each named address that needs some. A sample is made by a function, because
# it may have to put a row into the database first.
Sample = Callable[[], dict[str, Any]]
SAMPLES: dict[str, list[Sample]] = {
    "kpi-detail": [kpi.indicator, kpi.bare_indicator],
    "my-request": [cases.new_request, cases.asked_request, cases.closed_request],
    "my-helper": [accounts.delegation],
    "my-helper-end": [accounts.delegation],
    "my-helper-renew": [accounts.delegation],
    "my-helpers-accept-link": [accounts.delegation_link],
    "my-profile-forget": [accounts.told_group],
    "my-profile-group": [
        accounts.told_group,
        *(
            accounts.group(name)
            for name in ("basics", "circumstances", "interests", "access", "contact")
        ),
    ],
    "my-profile-withdraw": [accounts.agreed_purpose],
    "erasure-receipt": [records.waiting_erasure, records.done_erasure],
    "my-invitation-answer": [lambda: {"pk": 1}],
    "my-notice-open": [lambda: {"number": 1}],
    "welfare:benefit-ask": [welfare.benefit],
    "welfare:benefit-outcome": [welfare.asked_outcome],
    "notice-stop-short": [notices.stop_on_a_telephone],
    "notice-stop": [notices.stop_all, notices.stop_what_cannot_be],
    "place": [welfare.facility],
    "welfare:benefit-detail": [welfare.benefit, welfare.retired_benefit],
    "welfare:facility-detail": [welfare.facility, welfare.bare_facility, welfare.retired_facility],
    "welfare:facility-kind": [welfare.kind, welfare.protected_kind],
    "welfare:facility-report": [welfare.facility],
    "welfare:facility-report-receipt": [welfare.report, welfare.answered_report],
    "welfare:facility-report-thanks": [welfare.facility],
    "welfare:facility-sheet": [welfare.facility],
    "welfare:life-event": [lambda: {"slug": "birth"}],
}

# What people ask of an address besides its plain self: what is not found, refused, or near.
QUESTIONS: dict[str, list[str]] = {
    "welfare:benefit-list": ["?q=없는급여이름", "?district=노원구&life_stage=노년", "?theme=x"],
    "welfare:facility-list": [
        "?q=없는시설이름",
        "?district=nowhere&page=x",
        "?near=37.5735,126.9769&radius=3000",
        "?district=11110&open_at=2026-11-23T10:00:00%2B09:00&accessible=true",
        "?page=999",
        "?q=가운노인복지관",
    ],
    "site-search": [
        "?q=가온노인복지관&district=강남구",
        "?q=없는말씀",
        "?q=가온&place=역삼동&page=x",
        "?near=1,2&area=x",
    ],
}

# A provider's door is not there without its keys.
OF_OTHERS = re.compile(r"(account|mfa|socialaccount|usersessions|kakao|naver|google)_")
# Other people's addresses with arguments, and those that answer no page.
NO_PAGE = re.compile(
    r"(admin|allauth|account|mfa|socialaccount|usersessions|headless)[:_].*"
    r"|.*(-api|:api|api:|schema|download|qr|csv|geojson|ics|sitemap).*"
)


@dataclass(frozen=True)
class Address:
    """One entry of the URLconf: its name, and the arguments that it takes."""

    name: str
    route: str
    arguments: frozenset[str]

    @property
    def is_of_others(self) -> bool:
        return bool(OF_OTHERS.match(self.name))

    def paths(self) -> Iterator[str]:
        """Yield the address for each of its samples, in the language that is active."""
        for sample in SAMPLES.get(self.name, [dict] if not self.arguments else []):
            plain = reverse(self.name, kwargs=sample())
            yield from (plain + question for question in ("", *QUESTIONS.get(self.name, [])))


def addresses() -> list[Address]:
    return [found for found in _below(get_resolver(), "", "") if _is_ours_to_walk(found)]


def _is_ours_to_walk(address: Address) -> bool:
    is_data = address.route.startswith("api/") and "/docs/" not in address.route
    return bool(address.name) and not is_data and not address.route.startswith("admin/")


def _below(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, route, inner)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            arguments = frozenset(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield Address(name, route, arguments)
