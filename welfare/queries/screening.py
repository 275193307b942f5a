"""The screener's state between two pages: what was told and asked, sealed in the form itself."""

import base64
import datetime
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.records.encryption import Unreadable, keyring
from welfare.queries.matching import Match
from welfare.queries.told import MOST_MEMBERS, FactsRefused, Told, read_told
from welfare.rules.questions import Asked, next_question
from welfare.rules.screener import QUESTIONS, Question
from welfare.rules.vocabulary import RECEIPTS as OF_ALL

ME = "me"
# Which of the facts sent a question without tick-boxes tells.
SIZE = Asked("size")
INCOME = Asked("income")
INCOME_STEP = Asked("income_step")
RECEIPTS = "receipts"
ASSETS = Asked("assets")
# Sums that people know without looking them up: the answer is between two of them.
WON_STEPS = (10_000_000, 50_000_000, 150_000_000, 400_000_000, 1_000_000_000)
VALUES = {
    "size": "household_size",
    "birth_date": "birth_date",
    "sex": "sex",
    "income": "income_band",
    "income_step": "income_step",
    "district": "district",
    "home": "home_owner",
    "degree": "disability",
    "nationality": "nationality",
    "spouse": "spouse",
    "housing": "housing",
    "assets": "assets",
    "resident_since": "resident_since",
}
REASONS = ("UNSUITABLE", "TOO_HARD", "REFUSED_BEFORE", "NO_NEED")


@dataclass(frozen=True, slots=True)
class Then:
    """What was likely when somebody last looked, to compare with from page to page."""

    on: datetime.date
    likely: frozenset[str]

    def kept(self) -> list[str]:
        """Answer it packed: every form of a page holds it."""
        packed = zlib.compress("\n".join(sorted(self.likely)).encode(), 9)
        return [self.on.isoformat(), base64.b64encode(packed).decode()]

    @classmethod
    def of(cls, kept: Sequence[str]) -> "Then":
        """Read what `kept` wrote, which nobody else can have: it was sealed."""
        text = zlib.decompress(base64.b64decode(kept[1])).decode()
        return cls(datetime.date.fromisoformat(kept[0]), frozenset(text.split()))


@dataclass(frozen=True, slots=True)
class Screening:
    """`told` has the form of the API's body; it lives in a hidden field of the page and nowhere
    else. `asked` keeps the order, for the way back.
    """

    told: Mapping[str, Any] = field(default_factory=lambda: {"members": [{"id": ME}]})
    asked: tuple[Asked, ...] = ()
    has: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    # Where they live, for the way to their centre; no verdict hangs on it.
    dong: str = ""
    # Questions, as forms write them, to which somebody would rather give no answer.
    private: tuple[str, ...] = ()
    then: Then | None = None

    @property
    def members(self) -> list[str]:
        return [member["id"] for member in self.told["members"]]

    @property
    def put_away(self) -> set[str]:
        """Answer the benefits that somebody has, or does not want."""
        return {*self.has, *self.refused}

    def seal(self) -> str:
        return keyring().seal(json.dumps(self.kept(), ensure_ascii=False))

    def kept(self) -> dict[str, Any]:
        """Answer all of it as JSON knows it; `brought_back` reads it again."""
        asked = [(one.question, one.member) for one in self.asked]
        return {"told": self.told, "asked": asked, "has": self.has, "refused": self.refused,
                "dong": self.dong, "private": self.private,
                "then": self.then and self.then.kept()}  # fmt: skip

    def household(self, today: datetime.date) -> Told:
        # Who is listed is not all who live there: that is a question of its own.
        return read_told({"household_size": None, **self.told}, today=today)

    def next(self, today: datetime.date) -> Asked | None:
        match = Match(self.household(today))
        found = next_question(match.judgement, asked=self.asked)
        if found is None:
            return None
        # Of what counts as much or little income depends on how many live on it.
        is_size_open = self.answer_of(SIZE) is None and SIZE not in self.asked
        return SIZE if found.asked == INCOME and is_size_open else found.asked

    def answered(self, asked: Asked, answer: Any, *, is_private: bool = False) -> "Screening":
        """Answer the state after an answer; None is "I don't know", which is not asked again.

        So is "I would rather not say"; that it was said is kept, to be shown as it was.
        """
        told: Mapping[str, Any] = _without(self.told, asked)
        told = told if answer is None else _with(told, asked, answer)
        order = self.asked if asked in self.asked else (*self.asked, asked)
        private = tuple(one for one in self.private if one != written(asked))
        private += (written(asked),) if is_private else ()
        changed = replace(self, told=told, asked=order, private=private)
        is_resized = asked == SIZE and answer != self.answer_of(SIZE)
        if asked == INCOME and answer != self.answer_of(INCOME):
            return changed.without(INCOME_STEP)
        return changed.without_what_hangs_on_size() if is_resized else changed

    def without_what_hangs_on_size(self) -> "Screening":
        """Take back what may be otherwise with more or fewer people; a sum in won stays."""
        state = self.without(Asked("family"))
        state = state.without(INCOME_STEP)
        return state if "income_monthly" in self.told else state.without(INCOME)

    def receiving(self, programme: str, *, is_received: bool) -> "Screening":
        """Tell that a programme is received, or leave open again whether it is.

        Of several people nobody knows who receives what is one person's: then nothing is told.
        """
        if len(self.members) > 1 and programme not in OF_ALL:
            return self
        received = {*self.told.get("receives", ())} - {programme}
        not_received = {*self.told.get("receives_not", ())} - {programme}
        received |= {programme} if is_received else set()
        facts = {"receives": sorted(received), "receives_not": sorted(not_received)}
        return replace(self, told={**self.told, **facts})

    def before(self, asked: Asked | None) -> Asked | None:
        """Answer the question that came before this one; None where it was the first."""
        place = self.asked.index(asked) if asked in self.asked else len(self.asked)
        return self.asked[place - 1] if place else None

    def without(self, asked: Asked) -> "Screening":
        """Take an answer back, so that it may be asked again."""
        left = tuple(one for one in self.asked if one != asked)
        return replace(self, told=_without(self.told, asked), asked=left)

    def with_member(self) -> "Screening":
        if len(self.members) >= MOST_MEMBERS:
            return self
        number = max((int(one) for one in self.members if one.isdecimal()), default=1) + 1
        state = self.without_what_hangs_on_size()
        told = {**state.told, "members": [*self.told["members"], {"id": str(number)}]}
        size = told.get("household_size")
        if size is not None and size < len(told["members"]):
            told["household_size"] = len(told["members"])
        return replace(state, told=told)

    def with_all_answered(self) -> "Screening":
        """Take every question whose answer is known as asked, in the screener's own order."""
        every = [
            Asked(name, member)
            for name, question in QUESTIONS.items()
            for member in (self.members if question.of_members else [None])
        ]
        return replace(self, asked=tuple(one for one in every if self.answer_of(one) is not None))

    def without_member(self, member: str) -> "Screening":
        members = [one for one in self.told["members"] if one["id"] != member or member == ME]
        if len(members) == len(self.members):
            return self
        state = self.without_what_hangs_on_size().without(SIZE)
        asked = tuple(one for one in state.asked if one.member != member)
        return replace(state, told={**state.told, "members": members}, asked=asked)

    def answer_of(self, asked: Asked) -> Any:
        """Answer what was answered, in the form's own values; None where nobody knows."""
        question = QUESTIONS[asked.question]
        where = _where(self.told, asked)
        if (name := VALUES.get(asked.question)) is not None:
            held = where.get(name)
            if asked == ASSETS and held is None and where.get("assets_over") is not None:
                return int(where["assets_over"]) + 1
            # At a counter it is told in won.
            is_income = asked.question == "income"
            return where.get("income_monthly") if held is None and is_income else held
        yes, no = _keys(question)
        chosen = [fact for fact in question.facts if fact in where.get(yes, ())]
        known = set(where.get(yes, ())) | set(where.get(no, ()))
        return chosen if set(question.facts) <= known else None


def opened(sealed: str, today: datetime.date) -> Screening | None:
    """Answer the state of a form; None where somebody has altered it, or it cannot be read now."""
    try:
        kept = json.loads(keyring().open(sealed))
    except (Unreadable, ValueError):
        return None
    return brought_back(kept, today)


def brought_back(kept: Mapping[str, Any], today: datetime.date) -> Screening | None:
    """Read what `kept` wrote; None where this release knows something of it no more."""
    try:
        state = Screening(
            told=kept["told"],
            asked=tuple(Asked(question, member) for question, member in kept["asked"]),
            has=tuple(kept["has"]),
            refused={code: why for code, why in kept["refused"].items() if why in REASONS},
            dong=kept["dong"],
            private=tuple(map(str, kept.get("private", ()))),
            then=Then.of(kept["then"]) if kept.get("then") else None,
        )
        state.household(today)
        known = ME in state.members
        known &= all(asked_of(written(one), state) == one for one in state.asked)
    except (FactsRefused, KeyError, TypeError, ValueError, AttributeError):
        return None
    return state if known else None


def asked_of(text: str, state: Screening) -> Asked | None:
    """Read `question:member` as a form sends it; None where there is no such question."""
    name, _colon, member = text.partition(":")
    if (question := QUESTIONS.get(name)) is None:
        return None
    if not question.of_members:
        return Asked(name)
    return Asked(name, member) if member in state.members else None


def written(asked: Asked) -> str:
    return f"{asked.question}:{asked.member or ''}"


def checked(state: Screening, today: datetime.date) -> dict[str, str]:
    """Answer what is wrong with what was told, by field; nothing where all of it can be true."""
    try:
        state.household(today)
    except FactsRefused as refused:
        return refused.errors
    return {}


def _with(told: Mapping[str, Any], asked: Asked, answer: Any) -> dict[str, Any]:
    question = QUESTIONS[asked.question]
    where = dict(_where(told, asked))
    if (name := VALUES.get(asked.question)) is not None:
        where |= _sums(answer) if asked == ASSETS else {name: answer}
    else:
        yes, no = _keys(question)
        where[yes] = sorted({*where.get(yes, ()), *answer})
        where[no] = sorted({*where.get(no, ()), *(set(question.facts) - set(answer))})
    return _put(told, asked, where)


def _sums(most: int) -> dict[str, int]:
    """Answer the range of an answer: up to one of the steps, or over the last of them."""
    below = [step for step in WON_STEPS if step < most]
    return ({"assets": most} if most <= WON_STEPS[-1] else {}) | (
        {"assets_over": below[-1]} if below else {}
    )


def _without(told: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    question = QUESTIONS[asked.question]
    where = dict(_where(told, asked))
    if (name := VALUES.get(asked.question)) is not None:
        where.pop(name, None)
        # What else tells the same: won at a counter, the other end of a range.
        where.pop({"income_band": "income_monthly", "assets": "assets_over"}.get(name, ""), None)
    else:
        for key in _keys(question):
            where[key] = [fact for fact in where.get(key, ()) if fact not in question.facts]
    return _put(told, asked, where)


def _keys(question: Question) -> tuple[str, str]:
    if question.key == RECEIPTS:
        return "receives", "receives_not"
    return ("yes", "no") if question.of_members else ("household_yes", "household_no")


def _where(told: Mapping[str, Any], asked: Asked) -> Mapping[str, Any]:
    if asked.member is None:
        return told
    return next(member for member in told["members"] if member["id"] == asked.member)


def _put(told: Mapping[str, Any], asked: Asked, where: dict[str, Any]) -> dict[str, Any]:
    if asked.member is None:
        return where
    members = [where if one["id"] == asked.member else one for one in told["members"]]
    return {**told, "members": members}
