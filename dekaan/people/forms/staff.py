"""Finding those who work at the school."""

from django import forms


class FindStaff(forms.Form):
    """Any part of a name, post or e-mail address; those who have left."""

    q = forms.CharField(label="Name, post or e-mail", required=False, max_length=100)
    leavers = forms.BooleanField(label="Those who have left", required=False)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
