"""Things to be found, and the city's real facilities in the index."""

import csv
import datetime
import json
import re
from collections.abc import Callable, Iterator, Sequence

import pytest

from core.places.facts import districts
from core.search.declaration import Searchable, SearchDocument
from core.search.services import refresh_search, refresh_vocabulary
from tests.core.search.question_set import Row

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


def read_rows(path: object) -> Iterator[Row]:
    with open(path, encoding="cp949", newline="") as lines:
        for told in csv.DictReader(lines):
            address = told["시설주소"].strip()
            stands = re.search(r"^서울(?:특별시|시)?\s*(\S+?구)", address)
            yield Row(
                code=told["시설코드"],
                name=told["시설명"],
                kind=re.sub(r"^\([^)]*\) ?", "", told["시설종류명(시설유형)"]),
                group=told["시설종류상세명(시설종류)"],
                gu=stands[1] if stands else told["시군구명"],
                address=address,
            )


def row_document(row: Row) -> SearchDocument:
    codes = {district.name: district.code for district in districts()}
    return document(
        row.code,
        row.name,
        row.kind,
        row.group,
        text=row.address,
        district_code=codes.get(row.gu, ""),
    )
