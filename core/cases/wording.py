"""What every message about a request says: its kind and its state, in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.cases.registry import declared_kinds
from core.notices.declaration import Facts, Notice
from core.notices.topics import OWN_REQUESTS


class OfRequest(Notice):
    """A message told with a request's `kind` and `state`, kept as their names.

    Its texts may say `what` the request is, how it stands (`told`) and what follows (`next_step`),
    in the language of whoever reads, whatever that of whoever moved it.
    """

    purpose = OWN_REQUESTS
    reason = _("회원님이 신청했거나, 신청한 분이 회원님께 맡긴 일이라서 보내 드립니다.")
    sample = {"kind": "area.thing", "state": "received"}

    @classmethod
    def words(cls, facts: Facts) -> Facts:
        kind = declared_kinds().get(str(facts["kind"]))
        if kind is None:  # declared no more: the message still says that there is something
            return {**facts, "what": gettext("신청"), "told": "", "next_step": ""}
        state = kind.state(str(facts["state"]))
        return {
            **facts,
            "what": str(kind.title),
            "told": str(state.told),
            "next_step": str(state.next_step),
        }
