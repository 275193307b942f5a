"""What cannot be done with a case, each a sentence for whoever tried."""


class CaseRefused(Exception):
    """Nothing was changed; the message says why, and is shown."""


class KeyUsed(CaseRefused):
    """The page that sent this has done something else before: what it asks now is not done."""


class CaseHidden(CaseRefused):
    """There is no such case for this person: doors answer 404."""


class ActingRefused(Exception):
    """Nothing lets this helper act for the person any more; raised by what HELPER_ACTED names."""
