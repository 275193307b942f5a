"""What citizens answer when they are asked what became of a benefit."""

from django import forms
from django.utils.translation import gettext_lazy

from welfare.enums import OutcomeAnswer


class OutcomeForm(forms.Form):
    """What became of a benefit: one of a few answers, so that none of them tells whose it is."""

    answer = forms.ChoiceField(
        label=gettext_lazy("어떻게 되었나요?"), choices=OutcomeAnswer, widget=forms.RadioSelect
    )
