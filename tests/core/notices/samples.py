"""Stop links for whoever walks the addresses."""

from core.notices.stopping import ALL, Stop, short_token_of, token_of
from core.notices.topics import ACCOUNT_SECURITY

NOBODY = 10**9


def stop_all():
    return {"token": token_of(Stop(NOBODY, ALL))}


def stop_on_a_telephone():
    return {"token": short_token_of(Stop(NOBODY, ALL))}


def stop_what_cannot_be():
    return {"token": token_of(Stop(NOBODY, ACCOUNT_SECURITY.slug))}
