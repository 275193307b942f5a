"""What citizens answer when they are asked what became of a benefit."""

from django import forms
from django.utils.translation import gettext_lazy

from welfare.enums import OutcomeAnswer


class OutcomeForm(forms.Form):
    """What became of a benefit; why it was refused may help the next one."""

    answer = forms.ChoiceField(
        label=gettext_lazy("어떻게 되었나요?"), choices=OutcomeAnswer, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("받지 못했다면 그 이유"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("이름이나 전화번호는 적지 마세요. 예: 소득이 기준보다 많다고 함"),
    )
