"""Things to be found, and an index of them."""

import datetime
import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from core.search.declaration import Searchable, SearchDocument
from core.search.services import refresh_search, refresh_vocabulary

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
KIND = "welfare.facility"


def document(key: str, title: str, *labels: str, **told: object) -> SearchDocument:
    card = json.dumps({"key": key, "title": title}, ensure_ascii=False)
    return SearchDocument(**{"key": key, "title": title, "card": card, "labels": labels, **told})


def searchable(documents: Sequence[SearchDocument], kind: str = KIND) -> Searchable:
    def chosen(keys: Sequence[str] | None) -> Iterator[SearchDocument]:
        return (d for d in documents if keys is None or d.key in keys)

    return Searchable(kind=kind, title="복지시설", documents=chosen)


@pytest.fixture
def index(db: None) -> Callable[..., None]:
    """`index(document(…), …)` makes these, and these alone, what can be found."""

    def fill(*documents: SearchDocument, kind: str = KIND) -> None:
        refresh_search(searchable(documents, kind), now=NOW)
        refresh_vocabulary()

    return fill
