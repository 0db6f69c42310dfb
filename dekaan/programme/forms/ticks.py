"""How several of a few are chosen."""

from django import forms


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick side by side, a line a group of them."""

    is_compact = True
