"""Headers that were checked and encoded once: to do it for each answer costs more than both."""

from collections.abc import Mapping

from django.http.response import HttpResponseBase, ResponseHeaders


class CheckedHeaders(ResponseHeaders):
    """Headers copied as they are: checking and encoding each again is a third of a hit's cost."""

    def __init__(self, checked: ResponseHeaders, without: frozenset[str] = frozenset()) -> None:
        held = vars(checked)["_store"]
        self._store = {name: held[name] for name in held if name not in without}


class ConstantHeaders:
    """Headers whose values are the same on every answer."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._store: dict[str, tuple[str, str]] = vars(ResponseHeaders(dict(headers)))["_store"]

    def set_on(self, response: HttpResponseBase) -> None:
        vars(response.headers)["_store"].update(self._store)

    def set_where_missing_on(self, response: HttpResponseBase) -> None:
        held = vars(response.headers)["_store"]
        for name, told in self._store.items():
            held.setdefault(name, told)
