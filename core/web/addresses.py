"""Addresses of lists as one would say them aloud: nothing empty, nothing twice, no follower."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict

# What others hang on addresses to follow people about; it changes nothing here.
TRACKING = ("utm_", "fbclid", "gclid", "n_media", "NaPm")


def tidied(given: Mapping[str, str]) -> QueryDict:
    """Answer the query without what a form sends empty, the first page's number, and followers."""
    kept = QueryDict(mutable=True)
    for name, value in given.items():
        is_first_page = name == "page" and value == "1"
        if value and not is_first_page and not name.startswith(TRACKING):
            kept[name] = value
    return kept


def changed(query: QueryDict, **values: str) -> str:
    """Answer the query string of the same list with other values, from its first page on."""
    kept = plain(query)
    kept.pop("page", None)
    return spelt(kept | values)


def plain(query: QueryDict) -> dict[str, str]:
    """Answer the parameters of an address in which each stands once."""
    return {name: str(query[name]) for name in query}


def spelt(values: Mapping[str, str]) -> str:
    """Answer a query string that a person can read: `?near=37.5,127.0`; `.` where it is empty."""
    text = urlencode({key: value for key, value in values.items() if value}, safe=",:")
    return f"?{text}" if text else "."
