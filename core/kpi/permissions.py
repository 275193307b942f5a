"""Who sees every indicator, the ones that are not public as well; the actor comes first."""

from core.offices.people import is_person


def can_see_indicators(actor: object) -> bool:
    return is_person(actor) and actor.sees_figures
