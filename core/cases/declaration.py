"""What an area declares of one kind of request: its states, its moves, and who may make them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.cases.enums import CITIZENS, Duplicates, Party
from core.offices.enums import OfficeKind

Text = str | Promise
UNKNOWN = _("지금은 진행 상황을 볼 수 없습니다.")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a case can stand; `told` and `next_step` are sentences for the citizen.

    `due_days` are working days from the entry; None lets the day run on that was set before. In a
    state that `pauses` the clock stands still: the citizen has been asked something.
    """

    slug: str
    title: Text
    told: Text
    next_step: Text = ""
    due_days: int | None = None
    pauses: bool = False
    is_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step from some states to another, and whose it is.

    Where it `needs_words` (a reason, a question, an answer), `words` says what they are called. The
    citizen reads them, unless the words are not `is_told`. `notice` is the dotted name of a message
    class (a `core.cases.wording.OfRequest`), told to the person with the request's kind and state.
    One that `shares` tells others of the person: not without what the kind's `unshared` asks for.
    """

    name: str
    title: Text
    source: tuple[str, ...]
    target: str
    by: frozenset[Party]
    needs_words: bool = False
    words: Text = ""
    is_told: bool = True
    notice: str = ""
    shares: bool = False

    @property
    def is_of_citizens(self) -> bool:
        return bool(self.by & CITIZENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """One kind of request; an area's `cases.py` holds the instances (`AREA.case_kinds`).

    `slug` is `<area>.<thing>`. `office` is the dotted name of a function (person | None) -> the id
    of the office that takes it; ValueError with a sentence where none does. `stand_ins` is that of
    a function (office id, on=day) -> the offices that answer in its place while nobody works there,
    first choice first. `facts` is the dotted name of a function (case) -> pairs of what is called
    how and says what, for staff and the person alike, and `staff_facts` of one for those that staff
    alone read. `unshared` is that of one (case) -> why others may not be told of it, "" where they
    may: it is asked before a move that `shares`, and before an office that is not the city's gets
    the case. `reopened` is that of one (case) -> why it may not be opened again, "" where it may:
    it is asked before a move from an end to what is none. `held_by` are the kinds of office that
    may have it. `taken_in_at` names the staff page that takes one in at the counter, where words do
    not say what is asked for.
    """

    slug: str
    title: Text
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    office: str
    stand_ins: str = ""
    facts: str = ""
    staff_facts: str = ""
    unshared: str = ""
    reopened: str = ""
    duplicates: Duplicates = Duplicates.SHOWN
    held_by: frozenset[OfficeKind] = frozenset(OfficeKind)
    taken_in_at: str = ""
    _by_slug: dict[str, State] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_slug.update({state.slug: state for state in self.states})

    @property
    def start(self) -> State:
        return self.states[0]

    def state(self, slug: str) -> State:
        """Answer a state; for one declared no more, in which cases still stand, a bare name."""
        return self._by_slug.get(slug) or State(slug=slug, title=slug, told=UNKNOWN)

    def move(self, name: str) -> Move | None:
        return next((move for move in self.moves if move.name == name), None)

    def step(self, source: str, target: str) -> str:
        """Say from where to where a step led; of the first one, where it began."""
        titles = [str(self.state(one).title) for one in (source, target) if one]
        return " → ".join(titles)

    def moves_from(self, state: str, parties: Iterable[Party]) -> list[Move]:
        """Answer what these parties may do where the case stands, in the order of declaration."""
        chosen = frozenset(parties)
        return [move for move in self.moves if state in move.source and move.by & chosen]

    def opens_again(self, move: Move) -> bool:
        """Say whether a move leads on from an end, where not everything may be open twice."""
        is_from_end = any(self.state(source).is_end for source in move.source)
        is_end = self.state(move.target).is_end
        is_asked = self.duplicates == Duplicates.REFUSED or bool(self.reopened)
        return is_asked and is_from_end and not is_end

    def asks(self, move: Move) -> bool:
        """Say whether a move asks the citizen something: the clock stops until they answer."""
        return self.state(move.target).pauses

    def answers(self, move: Move) -> bool:
        """Say whether a move is the citizen's answer to what they were asked."""
        is_asked = any(self.state(source).pauses for source in move.source)
        return is_asked and move.is_of_citizens and not self.state(move.target).is_end
