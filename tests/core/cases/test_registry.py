"""Declarations that cannot work are refused when they are read, with the reason."""

import dataclasses

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.cases import registry
from core.cases.declaration import Move, State
from core.cases.enums import Party
from core.cases.registry import UnknownKind, check, declared_kinds, get_kind
from tests.core.cases.kinds import CITIZEN, HOME_HELP, ONE_ONLY, WORKER, an_area


def changed(**fields):
    return dataclasses.replace(HOME_HELP, **fields)


def with_state(number, **fields):
    states = list(HOME_HELP.states)
    states[number] = dataclasses.replace(states[number], **fields)
    return changed(states=tuple(states))


def with_move(number, **fields):
    moves = list(HOME_HELP.moves)
    moves[number] = dataclasses.replace(moves[number], **fields)
    return changed(moves=tuple(moves))


def another_state(**fields):
    state = State(
        **{"slug": "more", "title": "더", "told": "더 봅니다.", "next_step": "곧"} | fields
    )
    return (*HOME_HELP.states, state)


def another_move(**fields):
    told = {"name": "more", "title": "더", "source": ("received",), "target": "in_review"}
    return (*HOME_HELP.moves, Move(**{**told, "by": WORKER, **fields}))


class TestDeclaredKinds:
    def test_are_found_by_their_slugs(self):
        slugs = ["welfare.home-help", "welfare.one-only", "welfare.at-centres"]
        assert list(declared_kinds()) == slugs
        assert get_kind("welfare.one-only") is ONE_ONLY
        with pytest.raises(UnknownKind):
            get_kind("welfare.nothing")

    @pytest.mark.parametrize(
        ("declared", "why"),
        [
            ((HOME_HELP, HOME_HELP), "twice"),
            ((changed(slug="culture.tickets"),), "must begin with 'welfare'"),
            ((changed(states=()),), "needs states"),
        ],
    )
    def test_contradict_nobody(self, monkeypatch, declared, why):
        monkeypatch.setattr(registry, "policy_areas", lambda: (an_area(*declared),))
        declared_kinds.cache_clear()

        with pytest.raises(ImproperlyConfigured, match=why):
            declared_kinds()


class TestCheck:
    def test_passes_what_works(self):
        check(HOME_HELP)

    @pytest.mark.parametrize(
        ("kind", "why"),
        [
            (changed(slug="welfare"), "<area>.<thing>"),
            (changed(slug="welfare.집수리"), "<area>.<thing>"),
            (changed(moves=()), "needs states and moves"),
            (changed(states=(*HOME_HELP.states, HOME_HELP.states[0])), "twice"),
            (changed(moves=(*HOME_HELP.moves, HOME_HELP.moves[0])), "twice"),
            (with_state(0, slug="Received"), "no name of a state"),
            (with_state(0, told=" "), "no words"),
            (with_state(0, next_step=""), "what happens next"),
            (with_state(0, due_days=0), "cannot be due"),
            (with_state(3, due_days=3), "cannot be due"),
            (with_state(2, is_end=True), "over, and pauses"),
            (changed(states=another_state()), "nothing leads to"),
            (with_move(0, name="Begin"), "no name of a move"),
            (with_move(0, title=""), "no words"),
            (with_move(1, words=""), "no words"),
            (with_move(0, by=frozenset()), "nobody's"),
            (with_move(0, source=()), "nobody's, or begins nowhere"),
            (with_move(0, source=("somewhere",)), "knows no state"),
            (with_move(0, target="somewhere"), "knows no state"),
            (with_move(0, target="received"), "where it begins"),
            (with_move(0, by=CITIZEN | WORKER), "at once"),
            (with_move(1, is_told=False), "needs the question"),
            (with_move(1, needs_words=False), "needs the question"),
            (with_move(2, by=frozenset({Party.SYSTEM})), "nobody may give"),
            (with_state(0, pauses=True, due_days=None), "begins where it ends or pauses"),
            (
                changed(
                    states=another_state(), moves=another_move(target="more")
                ),
                "nothing leads out",
            ),
            (changed(office="tests.core.cases.kinds.nowhere"), "is not there"),
            (changed(facts="nowhere.at.all"), "is not there"),
            (with_move(0, notice="welfare.notices.Nothing"), "is not there"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_work(self, kind, why):
        with pytest.raises(ImproperlyConfigured, match=why):
            check(kind)


class TestKind:
    def test_tells_moves_by_what_they_do(self):
        moves = {move.name: move for move in HOME_HELP.moves}

        assert [name for name, move in moves.items() if HOME_HELP.asks(move)] == ["ask"]
        assert [name for name, move in moves.items() if HOME_HELP.answers(move)] == ["answer"]

    def test_answers_what_each_side_may_do(self):
        def names(state, *parties):
            return [move.name for move in HOME_HELP.moves_from(state, parties)]

        assert names("received", Party.WORKER) == ["begin", "ask"]
        assert names("received", Party.HELPER) == ["withdraw"]
        assert names("asked", Party.CITIZEN) == ["answer", "withdraw"]
        assert names("approved", Party.WORKER) == []
        assert names("approved", Party.WORKER, Party.MANAGER) == ["reopen"]
