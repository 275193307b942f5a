"""Whose requests about welfare are: the centre of the dong where somebody lives."""

from django.utils import timezone
from django.utils.translation import gettext

from accounts.enums import AccessNeed, Language, PreferredChannel
from accounts.models import Profile, User
from accounts.queries import centre_of, facts_for
from core.cases.enums import Party
from core.cases.models import Case
from core.offices.people import Person

STAFF = frozenset({Party.WORKER})


def centre_for(person: Person | None) -> int:
    """Answer the centre of the dong that the person told; ValueError says what to do else."""
    usable = Profile.objects.usable_for("accounts.centre")
    told = usable.filter(person=person.pk).first() if person is not None else None
    centre = centre_of(told.dong_code, on=timezone.localdate()) if told and told.dong_code else None
    if centre is None:
        raise ValueError(gettext("어느 동주민센터에 상담할지 골라 주세요."))
    return int(centre.pk)


def needs_of(case: Case) -> list[tuple[str, str]]:
    """Answer what the person lets whoever works on their request know, to prepare for it."""
    if not isinstance(case.person, User):
        return []
    needs = facts_for(case.person, "accounts.access")
    contact = facts_for(case.person, "accounts.contact")
    channel = contact.get("channel")
    told = (
        (gettext("필요한 도움"), [str(AccessNeed(one).label) for one in needs.get("needs", ())]),
        (gettext("그 밖에 담당자가 알면 좋은 것"), [needs.get("note", "")]),
        (gettext("연락받을 방법"), [str(PreferredChannel(channel).label)] if channel else []),
        (gettext("편한 언어"), [Language(one).label for one in contact.get("languages", ())]),
    )
    return [(name, ", ".join(words)) for name, words in told if any(words)]
