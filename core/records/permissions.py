"""What a person may do with what is held about them."""

from core.offices.people import is_person


def can_read_everything(actor: object) -> bool:
    """Whoever does is asked why, before anything of people is shown.

    Asked at every request: it looks up no office.
    """
    return bool(getattr(actor, "is_superuser", False))


def can_ask_for_erasure(actor: object) -> bool:
    """Whoever works here stays until the work has ended: others rely on knowing who did what."""
    return is_person(actor) and not (actor.is_superuser or actor.reads_about_people)
