"""What a citizen sends to take back what they agreed to at their centre."""

from django import forms


class ConsentBackForm(forms.Form):
    consent = forms.IntegerField(min_value=1)
    key = forms.UUIDField()
