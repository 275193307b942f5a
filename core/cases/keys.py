"""A form's key says which click it is: shown again after a refusal, a form has a new one."""

import uuid
from typing import Any

from django import forms


def renew_key(form: forms.BaseForm) -> None:
    """Give a form that was refused a key of its own: sent once more, it is another click.

    The one that it had may be that of something else, where somebody went back to a page that had
    done its work and wrote anew in it.
    """
    sent: Any = form.data
    told = sent.copy()
    told[form.add_prefix("key")] = str(uuid.uuid4())
    form.data = told
