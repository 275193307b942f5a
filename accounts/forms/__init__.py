"""What people type: at the doors, staff of offices and memberships, citizens of themselves."""

from accounts.forms.delegation import CodeForm, NamingForm
from accounts.forms.desk import CentreForm, InvitingForm, LeavingForm, WithdrawingForm
from accounts.forms.profile import FORMS, FactForm
from accounts.forms.sign_in import NameForm

__all__ = [
    "FORMS",
    "CentreForm",
    "CodeForm",
    "FactForm",
    "InvitingForm",
    "LeavingForm",
    "NameForm",
    "NamingForm",
    "WithdrawingForm",
]
