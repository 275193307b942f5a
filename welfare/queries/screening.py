"""The screener's state between two pages: what was told and asked, sealed in the form itself."""

import base64
import datetime
import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.records.encryption import Unreadable, keyring
from welfare.queries.living import ME, OTHER, counted, with_counts
from welfare.queries.matching import Match
from welfare.queries.told import FactsRefused, Told, read_told
from welfare.rules.questions import Asked, next_question
from welfare.rules.screener import PAGE_OF, QUESTIONS, Question
from welfare.rules.unasked import FROM_YEARS, presumed, presumed_of
from welfare.rules.vocabulary import RECEIPTS as OF_ALL

# Which of the facts sent a question without tick-boxes tells.
SIZE = Asked("size")
INCOME = Asked("income")
INCOME_STEP = Asked("income_step")
RECEIPTS = "receipts"
FAMILY = "family"
ALONE = "SINGLE_PERSON"
ASSETS = Asked("assets")
# Sums that people know without looking them up: the answer is between two of them.
WON_STEPS = (10_000_000, 50_000_000, 99_000_000, 150_000_000, 400_000_000, 1_000_000_000)
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
    "service_pension": "service_pension",
    "care": "care",
    "housing": "housing",
    "assets": "assets",
    "resident_since": "resident_since",
    "weeks": "pregnancy_weeks",
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
    def counts(self) -> dict[str, int]:
        """Answer how many live with whoever answers, by relation; others where it is not said."""
        counts = counted(self.members)
        size = self.answer_of(SIZE) or len(self.members)
        return counts | {OTHER: counts[OTHER] + size - len(self.members)}

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
        """Answer all that is known, with what makes no sense to ask told as not so."""
        told = self.as_told(today)
        asked = [(one.question, one.member) for one in self.asked if one.member is not None]
        return replace(told, household=presumed(told.household, today, but=asked))

    def left_unasked(self, today: datetime.date) -> list[Asked]:
        """Answer what was told in somebody's place, as they are too young to be asked."""
        members = self.as_told(today).household.members
        return [
            asking
            for question in FROM_YEARS
            for member in members
            if (asking := Asked(question, member.id)) not in self.asked
            and presumed_of(member, question, today)
        ]

    def as_told(self, today: datetime.date) -> Told:
        """Answer what was told and nothing else: of days to come nothing may be presumed."""
        # Who is listed is not all who live there: that is a question of its own.
        return read_told({"household_size": None, **self.told}, today=today)

    def next(self, today: datetime.date) -> tuple[Asked, ...]:
        """Answer the next page, which may be asked of several; nothing where all is decided."""
        match = Match(self.household(today))
        found = next_question(match.judgement, asked=self.asked)
        if found is None:
            return ()
        # First of all who lives there: nobody can be asked of whom nobody told.
        is_size_open = self.answer_of(SIZE) is None and SIZE not in self.asked
        return (SIZE,) if is_size_open else found.asked

    def pages(self) -> list[tuple[Asked, ...]]:
        """Answer what was asked together, in the order in which it was asked first."""
        pages: dict[str, list[Asked]] = {}
        for one in self.asked:
            pages.setdefault(PAGE_OF[one.question], []).append(one)
        return [self.in_order(page) for page in pages.values()]

    def in_order(self, page: Collection[Asked]) -> tuple[Asked, ...]:
        """Sort what a page asks by question, and by member within each."""
        of_page = dict.fromkeys(page)
        return tuple(one for one in self.every() if one in of_page)

    def every(self) -> list[Asked]:
        """Answer all that the screener could ask of them, in its own order."""
        return [
            Asked(name, member)
            for name, question in QUESTIONS.items()
            for member in (self.members if question.of_members else [None])
        ]

    def with_counts(self, counts: Mapping[str, int]) -> "Screening":
        """Answer the state after it was told who lives there, each by a name of their own."""
        before = counted(self.members), self.answer_of(SIZE)
        members = with_counts(self.told["members"], counts)
        state = self if before == (counts, len(members)) else self.without_what_hangs_on_size()
        told = _of_so_many({**state.told, "members": members}, len(members))
        here = {None, *(one["id"] for one in members)}
        asked = tuple(one for one in state.asked if one.member in here and one != SIZE)
        place = self.asked.index(SIZE) if SIZE in self.asked else len(asked)
        asked = (*asked[:place], SIZE, *asked[place:])
        private = tuple(one for one in state.private if one != written(SIZE))
        return replace(state, told=told, asked=asked, private=private)

    def answered(self, asked: Asked, answer: Any, *, is_private: bool = False) -> "Screening":
        """Answer the state after an answer; None is "I don't know", which is not asked again.

        So is "I would rather not say"; that it was said is kept, to be shown as it was.
        """
        told: Mapping[str, Any] = _without(self.told, asked)
        told = told if answer is None else _with(told, asked, answer)
        told = _of_so_many(told, answer) if asked == SIZE else told
        order = self.asked if asked in self.asked else (*self.asked, asked)
        private = tuple(one for one in self.private if one != written(asked))
        private += (written(asked),) if is_private else ()
        changed = replace(self, told=told, asked=order, private=private)
        is_resized = asked == SIZE and answer != self.answer_of(SIZE)
        if asked == INCOME and answer != self.answer_of(INCOME):
            return changed.without(INCOME_STEP)
        if asked.question == "birth" and "PREGNANT" not in (answer or ()):
            return changed.without(Asked("weeks", asked.member))
        return changed.without_what_hangs_on_size() if is_resized else changed

    def without_what_hangs_on_size(self) -> "Screening":
        """Take back what may be otherwise with more or fewer people; a sum in won stays."""
        state = self.without(Asked("family")).without(INCOME_STEP)
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

    def place_of(self, page: Sequence[Asked]) -> int:
        """Answer which page this is, of those that were asked; one more where it is a new one."""
        keys = [PAGE_OF[one[0].question] for one in self.pages()]
        here = PAGE_OF[page[0].question] if page else ""
        return keys.index(here) if here in keys else len(keys)

    def before(self, page: Sequence[Asked]) -> tuple[Asked, ...]:
        """Answer the page that came before this one; nothing where it was the first."""
        place = self.place_of(page)
        return self.pages()[place - 1] if place else ()

    def without(self, asked: Asked) -> "Screening":
        """Take an answer back, so that it may be asked again."""
        left = tuple(one for one in self.asked if one != asked)
        return replace(self, told=_without(self.told, asked), asked=left)

    def with_all_answered(self) -> "Screening":
        """Take every question whose answer is known as asked, in the screener's own order."""
        known = tuple(one for one in self.every() if self.answer_of(one) is not None)
        return replace(self, asked=known)

    def without_member(self, member: str) -> "Screening":
        members = [one for one in self.told["members"] if one["id"] != member or member == ME]
        if len(members) == len(self.members):
            return self
        state = self.without_what_hangs_on_size()
        size = state.answer_of(SIZE)
        told = _of_so_many({**state.told, "members": members}, size and max(size - 1, len(members)))
        asked = tuple(one for one in state.asked if one.member != member)
        return replace(state, told=told, asked=asked)

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
        facts = facts_asked(question, self.told)
        chosen = [fact for fact in facts if fact in where.get(yes, ())]
        known = set(where.get(yes, ())) | set(where.get(no, ()))
        return chosen if set(facts) <= known else None


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


def page_of(texts: Iterable[str], state: Screening) -> tuple[Asked, ...]:
    """Read what a form sends of its page; what there is not, or not on the same page, is left."""
    found = [one for text in texts if (one := asked_of(text, state)) is not None]
    here = [one for one in found if PAGE_OF[one.question] == PAGE_OF[found[0].question]]
    return state.in_order(here)


def page_to_change(text: str, state: Screening) -> tuple[Asked, ...]:
    """Answer the page that a button names by one of its questions, as it was asked before."""
    name, _colon, _member = text.partition(":")
    page = PAGE_OF.get(name)
    before = [one for one in state.asked if PAGE_OF[one.question] == page]
    one = asked_of(text, state)
    return state.in_order([*before, *([one] if one else [])])


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
        not_so = set(facts_asked(question, told)) - set(answer)
        where[no] = sorted({*where.get(no, ()), *not_so})
    return _put(told, asked, where)


def facts_asked(question: Question, told: Mapping[str, Any]) -> tuple[str, ...]:
    """Answer the facts of a list to tick: who said who lives there has said whether alone."""
    flags = (*told.get("household_yes", ()), *told.get("household_no", ()))
    is_said = question.key == FAMILY and told.get("household_size") is not None and ALONE in flags
    return tuple(fact for fact in question.facts if not (is_said and fact == ALONE))


def _of_so_many(told: Mapping[str, Any], size: int | None) -> dict[str, Any]:
    """Tell how many live there, and with it whether somebody does alone."""
    alone = {"household_yes": size == 1, "household_no": size is not None and size > 1}
    flags = {
        key: sorted({*told.get(key, ())} - {ALONE} | ({ALONE} if is_so else set()))
        for key, is_so in alone.items()
    }
    rest = {key: value for key, value in told.items() if key != "household_size"}
    return rest | flags | ({"household_size": size} if size is not None else {})


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
        facts = facts_asked(question, told)
        for key in _keys(question):
            where[key] = [fact for fact in where.get(key, ()) if fact not in facts]
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
