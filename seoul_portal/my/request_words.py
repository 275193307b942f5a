"""A request in plain words: how it stands, what follows and by when, and what was said."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.cases.declaration import UNKNOWN, CaseKind
from core.cases.enums import EventKind
from core.cases.models import Case, CaseEvent
from core.cases.queries import log_of
from core.cases.registry import declared_kinds
from core.cases.staff import staff_of
from core.offices.models import Office
from core.offices.people import Person
from core.web.opening import full_date
from core.web.wording import in_its_language, korean_marked


@dataclass(frozen=True, slots=True)
class Summary:
    """One request as lists and its own page begin."""

    title: str
    url: str
    told: str
    next_step: str
    by_when: str
    office: str
    phone: str
    opened: str
    subject: str
    whose: str
    is_asked: bool
    is_open: bool
    facts: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Answer what it is about; what is empty is left out by the list."""
        return [
            (_("누구의 신청"), self.whose),
            (_("제목"), self.subject),
            *self.facts,
            (_("접수한 날"), self.opened),
            (_("맡은 곳"), self.office),
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what happened."""

    at: str
    what: str
    who: str
    words: str
    state: str  # where it led to, if it was a step
    step: str  # from where to where, as its titles say
    told: str  # how it stood from then on, in a sentence


def summary_of(case: Case, person: Person | None) -> Summary:
    """Put a case into words; `person` is who reads, or None for whoever has the code."""
    kind = declared_kinds().get(case.kind)
    state = kind.state(case.state) if kind else None
    is_theirs = person is not None and case.person_id == person.pk
    return Summary(
        title=korean_marked(str(case.title)),
        url=reverse("my-request", args=[case.pk]),
        told=korean_marked(str(state.told)) if state else str(UNKNOWN),
        next_step=korean_marked(str(state.next_step)) if state else "",
        by_when=_by_when(case),
        office=_office(case.office),
        phone=case.office.phone,
        opened=full_date(timezone.localdate(case.opened_at)),
        subject=in_its_language(case.subject),
        whose="" if is_theirs or person is None else in_its_language(_whose(case)),
        is_asked=bool(state and state.pauses),
        is_open=case.is_open,
        facts=_facts(case) if person is not None else (),
    )


def _whose(case: Case) -> str:
    """Name a person to whoever helps them: never by their whole address."""
    return case.applicant or getattr(case.person, "called", "")


def _by_when(case: Case) -> str:
    if not case.is_open:
        return ""
    if case.is_paused:
        return _("답해 주시면 다시 정해집니다.")
    if case.due_date is None:
        return ""
    if case.is_overdue(timezone.localdate()):
        return _("%(day)s까지였습니다. 늦어져서 죄송합니다.") % {"day": full_date(case.due_date)}
    return _("%(day)s까지") % {"day": full_date(case.due_date)}


def _office(office: Office) -> str:
    return in_its_language(_name(office))


def _name(office: Office) -> str:
    return office.name_en if get_language() == "en" and office.name_en else office.name


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    kind = declared_kinds().get(case.kind)
    if kind is None or not kind.facts:
        return ()
    told = import_string(kind.facts)(case)
    return tuple((korean_marked(str(name)), korean_marked(str(value))) for name, value in told)


def log_lines(case: Case) -> list[Line]:
    """Answer what the citizen may read of the log, in order: one query."""
    return [_line(case, event) for event in log_of(case, is_all=False)]


def _line(case: Case, event: CaseEvent) -> Line:
    words = getattr(event, "words", None)
    kind = declared_kinds().get(case.kind)
    is_step = kind is not None and event.from_state != event.to_state
    return Line(
        at=full_date(timezone.localdate(event.at)),
        what=_what(kind, event),
        who=str(event.get_party_display()),
        words=in_its_language(words.text) if words and words.is_told else "",
        state=event.to_state,
        step=_step(kind, event) if kind and is_step else "",
        told=korean_marked(str(kind.state(event.to_state).told)) if kind and is_step else "",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The office that was asked and does not answer by the portal, and whether another one does."""

    name: str
    phone: str
    is_stood_in_for: bool = True


def asked_office(case: Case) -> Asked | None:
    """Answer it with its telephone number; None where the office that was asked answers itself."""
    if case.is_open and not staff_of([case.office_id], on=timezone.localdate()):
        return Asked(_office(case.office), case.office.phone, is_stood_in_for=False)
    first = CaseEvent.objects.of(case).filter(kind=EventKind.OPENED, to_office__isnull=False)
    opened = first.select_related("to_office").order_by("pk").first()
    if opened is None or opened.to_office is None or opened.to_office_id == case.office_id:
        return None
    return Asked(_office(opened.to_office), opened.to_office.phone)


def _what(kind: CaseKind | None, event: CaseEvent) -> str:
    """Name what was done: the move by its title, everything else by its kind."""
    if event.kind == EventKind.HANDED_OVER and event.to_office is not None:
        words = _("%(office)s에 넘겼습니다.") % {"office": _name(event.to_office)}
        return korean_marked(words)
    if event.kind == EventKind.OPENED and event.to_office is not None:
        words = _("%(office)s에 신청했습니다.") % {"office": _name(event.to_office)}
        return korean_marked(words)
    move = kind.move(event.move) if kind and event.kind == EventKind.MOVED else None
    return korean_marked(str(move.title)) if move else str(event.get_kind_display())


def _step(kind: CaseKind, event: CaseEvent) -> str:
    """Say from where to where; how it began is said by what was done."""
    return korean_marked(kind.step(event.from_state, event.to_state)) if event.from_state else ""


def question_in(lines: list[Line], case: Case) -> str:
    """Answer what was asked last: the words of the step that led to where the case stands."""
    asked = [line.words for line in lines if line.state == case.state and line.words]
    return asked[-1] if asked else ""
