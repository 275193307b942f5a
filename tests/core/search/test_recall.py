"""What people type finds what they mean among the city's 3,091 real facilities."""

import sys
from collections import defaultdict

import pytest

from core.search.queries import search
from core.search.services import refresh_search, refresh_vocabulary
from tests.core.search.conftest import KIND, NOW, read_rows, row_document, searchable
from tests.core.search.question_set import QUESTIONS

ENOUGH = 0.95
TEN = 10


@pytest.fixture
def rows(db, shared_data):
    path = shared_data / "facilities" / "seoul_facilities_2022.csv"
    if not path.is_file():
        pytest.skip(f"the city's list of facilities is not at {path}")
    rows = list(read_rows(path))
    refresh_search(searchable([row_document(row) for row in rows], KIND), now=NOW)
    refresh_vocabulary()
    return rows


def recall_at_ten(question, rows):
    wanted = question.wanted(rows)
    assert wanted, f"nothing in the data can answer {question.text!r}"
    answer = search(question.text, page_size=TEN)
    assert len(answer.keys) <= TEN
    return sum(key in wanted for key in answer.keys) / min(TEN, len(wanted))


class TestTheQuestionSet:
    def test_finds_what_is_meant_also_where_it_was_not_tuned(self, rows, capsys):
        by_sort, tuned, held_out = defaultdict(list), [], []
        for number, question in enumerate(QUESTIONS):
            recall = recall_at_ten(question, rows)
            by_sort[question.sort].append((recall, question.text))
            (held_out if number % 3 == 2 else tuned).append(recall)

        with capsys.disabled():
            sys.stdout.write(table(len(rows), by_sort, tuned, held_out))
        assert mean(tuned + held_out) >= ENOUGH
        assert mean(held_out) >= ENOUGH

    def test_holds_sixty_questions_and_more(self):
        assert len(QUESTIONS) >= 60
        assert len({question.text for question in QUESTIONS}) == len(QUESTIONS)


def table(size, by_sort, tuned, held_out):
    lines = ["", f"recall@10 over {size:,} facilities"]
    for sort, found in by_sort.items():
        missed = ", ".join(f"{text} {recall:.2f}" for recall, text in found if recall < 1)
        lines.append(f"  {sort:20} {len(found):3} {mean(r for r, _ in found):7.1%}  {missed}")
    for name, recalls in (("looked at while tuning", tuned), ("held out", held_out)):
        lines.append(f"  {name:22} {len(recalls):3} {mean(recalls):5.1%}")
    return "\n".join([*lines, ""])


def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / len(numbers)
