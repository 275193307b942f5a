"""What all downloads of a filtered list share: read whole, streamed row by row, safe to open."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils.translation import gettext as _

from core.desk.exports import harmless
from welfare.queries import FiltersRefused

CHUNK = 500
ONLY_IN_PAGES = frozenset({"page", "page_size"})
BOM = "\ufeff"
FiltersT = TypeVar("FiltersT")


def asked_whole(
    request: HttpRequest, read: Callable[[QueryDict], FiltersT]
) -> FiltersT | HttpResponse:
    """Answer what is asked for, or the refusal in plain words."""
    try:
        filters = read(request.GET)
        cut = {name: _("내려받기에는 쪽이 없습니다.") for name in ONLY_IN_PAGES & set(request.GET)}
        if cut:
            raise FiltersRefused(cut)
    except FiltersRefused as refused:
        lines = [f"{name}: {message}" for name, message in refused.errors.items()]
        return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
    return filters


def streamed(lines: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """Stands where csv wants a file, and hands back what it writes."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headings: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """Tell rows as a spreadsheet reads them: marked as UTF-8, and nothing in them a formula."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([_safe(value) for value in row])


def _safe(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
