"""Whose requests about welfare are: the centre of the dong where somebody lives."""

from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Profile
from accounts.queries import centre_of
from core.cases.enums import Party
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
