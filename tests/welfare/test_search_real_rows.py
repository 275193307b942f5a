"""What people type finds what they mean among the city's real facilities, once they are synced."""

import sys
from collections import defaultdict

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from core.places.facts import districts
from core.sandbox.upstreams import serve
from core.search.models import SearchEntry
from core.search.queries import search, suggest
from tests.core.search.question_set import Row, questions
from tests.core.search.typos import misspelt
from tests.guards import seeds
from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.models import Facility
from welfare.search import KIND, stale_facilities

ENOUGH = 0.98
CORRECTED = 0.99
TEN = 10
COMMON_WORDS = (
    "노인복지관 요양원 지역아동센터 데이케어센터 장애인복지관 종합사회복지관 키움센터 치매안심센터"
    " 그룹홈 수어통역센터 시니어클럽 공동생활가정 주간보호센터 보호작업장 정신건강복지센터 방문요양"
).split()


@pytest.fixture(scope="module")
def _synced(django_db_setup: None, django_db_blocker: DjangoDbBlocker):
    with django_db_blocker.unblock():
        with serve(data=SHARED_DATA) as base_url:
            call_command("sync", "--all", "--upstreams", str(base_url), "--json")
        yield
        seeds.empty_by_hand()


pytestmark = [needs_shared_data, pytest.mark.usefixtures("_synced", "db")]


def to_be_found():
    return Facility.objects.listed().filter(is_protected=False).order_by("code")


class TestTheQuestionSet:
    def test_finds_what_is_meant_also_where_it_was_not_looked_at(self, capsys):
        rows = published_rows()
        by_sort, looked_at, held_out = defaultdict(list), [], []
        for question, is_held_out in questions():
            recall = recall_at_ten(question, rows)
            by_sort[question.sort].append((recall, question.text))
            (held_out if is_held_out else looked_at).append(recall)

        with capsys.disabled():
            sys.stdout.write(table(len(rows), by_sort, looked_at, held_out))
        assert mean(looked_at + held_out) >= ENOUGH
        assert mean(held_out) >= ENOUGH

    def test_holds_sixty_questions_and_more(self):
        asked = [question.text for question, _ in questions()]
        assert len(asked) == len(set(asked)) >= 60


class TestAMisspeltWord:
    def test_finds_what_was_meant_and_is_told(self, capsys):
        wrong, asked = [], 0
        for word in COMMON_WORDS:
            meant = set(search(word, page_size=TEN).keys)
            assert len(meant) == TEN or word == "치매안심센터"
            for slip in misspelt(word):
                asked += 1
                answer = search(slip, page_size=TEN)
                if answer.searched_for != word or set(answer.keys) != meant:
                    wrong.append(f"{slip} ({answer.searched_for})")

        with capsys.disabled():
            sys.stdout.write(f"\n{1 - len(wrong) / asked:.1%} of {asked:,} slips; {wrong}\n")
        assert 1 - len(wrong) / asked >= CORRECTED


class TestACorrectWord:
    def test_is_not_corrected(self):
        told = to_be_found().values_list("name", "kind_id", "family_name", "kind__client_group")
        said = {text for row in told for text in row if text}
        said |= {word for name, *_ in told for word in name.split()}
        said |= {f"강남 {kind}" for _, kind, *_ in told}
        assert len(said) > 3_000

        corrected = {text: search(text).searched_for for text in sorted(said)}
        assert {text: other for text, other in corrected.items() if other} == {}


class TestTheIndex:
    def test_is_up_to_date_after_both_feeds(self):
        assert stale_facilities() == []
        assert SearchEntry.objects.filter(kind=KIND).count() == to_be_found().count()

    @pytest.mark.parametrize("text", ["OU", "K0612"])
    def test_does_not_find_a_protected_facility(self, text):
        assert Facility.objects.get(pk="K0612").is_protected
        assert "K0612" not in search(text).keys
        assert suggest("OU") == ()


def published_rows():
    names = {district.code: district.name for district in districts()}
    return [
        Row(
            code=told.code,
            name=told.name,
            kind=told.kind_id,
            group=told.family_name,
            gu=names.get(told.district_code or told.jurisdiction_code, ""),
            address=told.address or "",
        )
        for told in to_be_found()
    ]


def recall_at_ten(question, rows):
    wanted = question.wanted(rows)
    assert wanted, f"nothing in the data can answer {question.text!r}"
    answer = search(question.text, page_size=TEN)
    assert len(answer.keys) <= TEN
    return sum(key in wanted for key in answer.keys) / min(TEN, len(wanted))


def table(size, by_sort, looked_at, held_out):
    lines = ["", f"recall@10 over {size:,} facilities"]
    for sort, found in by_sort.items():
        missed = ", ".join(f"{text} {recall:.2f}" for recall, text in found if recall < 1)
        lines.append(f"  {sort:20} {len(found):3} {mean(r for r, _ in found):7.1%}  {missed}")
    for name, recalls in (
        ("looked at while tuning", looked_at),
        ("held out", held_out),
        ("all", looked_at + held_out),
    ):
        lines.append(f"  {name:22} {len(recalls):3} {mean(recalls):5.1%}")
    return "\n".join([*lines, ""])


def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / len(numbers)
