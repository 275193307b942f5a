"""What cannot be done with a case, each a sentence for whoever tried."""


class CaseRefused(Exception):
    """Nothing was changed; the message says why, and is shown."""


class CaseHidden(CaseRefused):
    """There is no such case for this person: doors answer 404."""


class ActingRefused(Exception):
    """Nothing lets this helper act for the person any more; raised by what HELPER_ACTED names."""
