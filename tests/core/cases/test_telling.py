"""A move that names a message tells the person, in the transaction of its cause."""

import dataclasses

import pytest

from core.cases import telling
from core.cases.models import Case
from core.cases.services import move
from core.cases.telling import in_words
from tests.core.cases import kinds
from tests.core.cases.conftest import NOW, make_case, new_key

told = []


class Decided:
    """Stands for a message class of an area."""


def tell(**facts):
    told.append(facts)


@pytest.fixture(autouse=True)
def _messages(monkeypatch):
    told.clear()
    monkeypatch.setattr(telling, "TELL", f"{__name__}.tell")
    tells = [
        dataclasses.replace(one, notice=f"{__name__}.Decided") if one.name == "begin" else one
        for one in kinds.HOME_HELP.moves
    ]
    telling_kind = dataclasses.replace(kinds.HOME_HELP, moves=tuple(tells))
    monkeypatch.setattr(kinds, "HOME_HELP", telling_kind)
    kinds.declare(monkeypatch)


class TestTelling:
    def test_says_what_became_of_it_once(self, case, citizen, worker):
        key = new_key()
        for _ in range(2):
            move(case_id=case.pk, name="begin", actor=worker, key=key, now=NOW)

        assert told == [
            {
                "notice": Decided,
                "person": citizen.pk,
                "facts": {"kind": "welfare.home-help", "state": "in_review"},
                "cause": f"case:{case.pk}:2",
                "url": f"/my/requests/{case.pk}/",
                "now": NOW,
            }
        ]

    def test_says_nothing_of_moves_without_a_message(self, case, citizen):
        move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)

        assert not told

    def test_tells_nobody_of_nobodys_case(self, worker):
        case = make_case(None, actor=worker)
        move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=NOW)

        assert not told

    def test_undoes_the_move_where_it_fails(self, case, worker, monkeypatch):
        monkeypatch.setattr(telling, "TELL", "builtins.dict")
        monkeypatch.setattr(telling, "import_string", lambda name: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=NOW)

        assert Case.objects.get(pk=case.pk).state == "received"

    def test_is_put_into_words_when_it_is_read(self):
        words = in_words({"kind": "welfare.home-help", "state": "in_review"})

        assert words == {
            "what": "집수리 신청",
            "told": "담당자가 살펴보고 있습니다.",
            "next_step": "결과를 알려 드립니다.",
        }
