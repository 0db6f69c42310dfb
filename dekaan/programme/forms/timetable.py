"""What may be pasted of the school's timetable."""

from django import forms


class PastedTimetable(forms.Form):
    """Lessons, a line each, and when the numbered ones are."""

    lessons = forms.CharField(
        label="Lessons",
        help_text="A line each, from a spreadsheet or your information system: weekday, start, end, subject, group. "
        "Or weekday, number of the lesson, subject, group. The group is a tutor group, a teaching group or a year group.",
        max_length=600_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Paste the lessons first.", "max_length": "Paste fewer lessons: a week at most."},
    )
    times = forms.CharField(
        label="When the lessons are",
        help_text="Only where lessons are numbered; a line each, such as “1 08:50-09:50”",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Give one line for each lesson of the day."},
    )
