"""What a reply is put together from."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast

from django import forms
from django.http import QueryDict

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.day_field import day
from dekaan.core.plain_fields import choice, words
from dekaan.frameworks.queries import activity_types, partner_kinds
from dekaan.partners.models import Organisation
from dekaan.partners.queries import Near, by_plain_name, in_use, plain_name
from dekaan.people.queries import pupils_named
from dekaan.provider_access.queries import too_late_for
from dekaan.provider_requests.forms.fields import email, paragraph
from dekaan.provider_requests.models import AccessGround, AccessRules, ProviderRequest
from dekaan.provider_requests.queries import Letter, Slot, WorkingDays, in_the_way_of, lacking, letters
from dekaan.provider_requests.wording import years_in_words
from dekaan.schools.models import School

OrganisationKind = ProviderRequest.OrganisationKind
BY_HAND_MINUTES = 60


class Reply(forms.Form):
    """What a reply is put together from; each kind of reply knows its letter."""

    asked: ProviderRequest

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The mail as it goes."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """Pupils whom a person's own words in it name, who would so be named to outsiders."""
        typed = [str(self.cleaned_data.get(each, "")) for each in ("own_words", "title")]
        return sorted({name for _, name in pupils_named(typed)})


class _Knowing(Reply):
    """A reply that names a time: what is in its way is said, and only whoever ticks that they know goes on."""

    although = forms.CharField(required=False, widget=forms.HiddenInput())
    anyway = forms.BooleanField(label="I know: it can be at the same time", required=False, widget=forms.HiddenInput())

    def look_at(self, slot: Slot, field: str) -> None:
        """The time is to come, and free; or the person has been told what it is taken by and has ticked that."""
        if slot.day <= today():
            self.add_error(field, "That time is not to come any more. Offer them another.")
            return
        by = in_the_way_of(slot, WorkingDays())
        if not by:
            self.cleaned_data["although"] = ""
        elif not (self.cleaned_data.get("anyway") and self.data.get("although") == by):
            typed = cast(QueryDict, self.data).copy()
            typed["although"], typed["anyway"] = by, ""
            self.data = typed
            self.fields["anyway"].widget = forms.CheckboxInput()
            said = f"It is taken on {slot.day:%-d %B %Y} by {by}. Choose another time; or tick below if both can be."
            self.add_error(field, said)


def _own_words(**more: Any) -> forms.CharField:
    return paragraph(1500, rows=3, **{"label": "In your own words", "help_text": "You may leave it blank"} | more)


class Offering(_Knowing):
    """Which dates are offered."""

    field_order = ("slots", "other_day", "other_time", "although", "anyway", "own_words")

    slots = choice(many=True, label="Free, and as long ahead as you ask for", widget=forms.CheckboxSelectMultiple)
    other_day = day(label="Another day", required=False)
    other_time = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 09:05."},
    )
    own_words = _own_words()

    def __init__(self, data: Any = None, *, asked: ProviderRequest, slots: Sequence[Slot]) -> None:
        self.asked, self.free = asked, {each.key: each for each in slots}
        late = {each.key: too_late_for(each.day, each.year_groups) for each in slots}
        fit = [key for key in self.free if not late[key]]
        super().__init__(data, initial={"slots": (fit or list(self.free))[:3]}, auto_id="offer_%s")
        self.fields["slots"].choices = [(key, _told(each, late[key])) for key, each in self.free.items()]  # type: ignore[attr-defined]
        self.fields["slots"].error_messages["invalid_choice"] = "A time that you chose is taken by now. Choose again."
        if not slots:
            del self.fields["slots"]
            del self.initial["slots"]

    def clean(self) -> dict[str, Any]:
        """Something is offered; another day has a time, is to come, and is one on which school is in."""
        data = super().clean() or {}
        other, at = data.get("other_day"), data.get("other_time")
        if other and not at:
            self.add_error("other_time", "Give the time at which they could come that day.")
        if at and not other:
            self.add_error("other_day", "Give the day for that time.")
        if other and other <= today():
            self.add_error("other_day", "Choose a day to come.")
        elif other:
            working = WorkingDays()
            kept_free = working.calendar(academic_year_of(other)).keeps_free(other, self.asked.year_groups)
            if kept_free or not working.is_one(other):
                self.add_error("other_day", f"School is not in for them that day: {kept_free or 'a weekend'}.")
            elif at:
                self.look_at(self._by_hand(other, at), "other_day")
        if not self.errors and not data.get("slots") and not other:
            self.add_error("slots" if self.free else "other_day", "Choose at least one time to offer.")
        return data

    def _by_hand(self, on: date, at: time) -> Slot:
        return Slot(on, at, BY_HAND_MINUTES, "a visit", "", tuple(self.asked.year_groups))

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The offer."""
        data = self.cleaned_data
        slots = [self.free[key] for key in self.free if key in data.get("slots", ())]
        if data.get("other_day"):
            slots.append(self._by_hand(data["other_day"], data["other_time"]))
        slots.sort(key=lambda each: (each.day, each.starts_at))
        own_words = data["own_words"]
        return letters.offer(self.asked, rules, school, slots=slots, lacking=lacking(school), own_words=own_words)


def _told(slot: Slot, late: Sequence[int]) -> str:
    """The time in words; and for whom it is too late to count."""
    return f"{slot.words} (too late to count for {years_in_words(late)})" if late else slot.words


class Question(Reply):
    """What is to be known first."""

    own_words = _own_words(required="Say what you need to know.", label="What do you need to know?", help_text="")

    def __init__(self, data: Any = None, *, asked: ProviderRequest) -> None:
        self.asked = asked
        super().__init__(data, auto_id="ask_%s")

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The question."""
        return letters.ask(self.asked, rules, school, own_words=self.cleaned_data["own_words"])


class Declining(Reply):
    """On which ground of the policy it is refused: there is no other way to refuse."""

    ground = choice(
        required="Choose the ground: nothing is refused without one of the policy’s.",
        label="On which ground?",
        widget=forms.RadioSelect,
    )
    call_off = forms.BooleanField(label="Call off the session that was planned for it", required=False, initial=True)
    own_words = _own_words()

    def __init__(self, data: Any = None, *, asked: ProviderRequest, grounds: Sequence[AccessGround]) -> None:
        self.asked, self.grounds = asked, {str(each.pk): each for each in grounds}
        super().__init__(data, auto_id="decline_%s")
        if asked.planned is None:
            del self.fields["call_off"]
        self.fields["ground"].choices = [(key, each.words) for key, each in self.grounds.items()]  # type: ignore[attr-defined]

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The refusal."""
        data = self.cleaned_data
        ground = self.grounds[data["ground"]]
        return letters.decline(self.asked, rules, school, ground=ground, own_words=data["own_words"])


class OtherKind(Reply):
    """That the law means others."""

    own_words = _own_words()

    def __init__(self, data: Any = None, *, asked: ProviderRequest) -> None:
        self.asked = asked
        super().__init__(data, auto_id="other_%s")

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The kind answer."""
        return letters.other_kind(self.asked, rules, school, own_words=self.cleaned_data["own_words"])


# What a session with such a provider usually is, and with what kind of partner: filled in, for a person to change.
USUALLY = {
    OrganisationKind.TECHNICAL: ("ITPTALK", "fe-college"),
    OrganisationKind.APPRENTICESHIPS: ("APPR", "apprenticeship-employer"),
    OrganisationKind.ACTS_FOR: ("APPR", "itp"),
    OrganisationKind.SOMETHING_ELSE: ("TALK", "employer"),
}


ANOTHER, NONE_OF_IT = "another", "none"


def _proposed(asked: ProviderRequest) -> list[Organisation]:
    """Whom of the directory they may be: of that name, or one near to it. A person chooses."""
    if asked.matched_to is not None:
        return [asked.matched_to.merged_into or asked.matched_to]
    every, name = by_plain_name(), plain_name(asked.organisation)
    return list({each.pk: each for key in [name, *Near(every).to(name)] for each in every.get(key, ())}.values())


class Agreeing(_Knowing):
    """On which of the offered times they agree, and what is planned for it."""

    field_order = ("slot", "although", "anyway", "title")

    slot = choice(
        required="Choose the time that they take.", label="Which time do they take?", widget=forms.RadioSelect
    )
    title = words(200, required="Say what it is.", label="What is it, in the programme?")
    activity_type = choice(required="Choose the kind: it decides what this counts towards.", label="Kind of activity")
    partner_kind = choice(required="Choose what kind of provider it is.", label="Kind of provider")
    whose = choice(
        required="Choose who it is in the directory, or that it is none of it.",
        label="Who is it in the directory?",
        widget=forms.RadioSelect,
    )
    another = choice(label="Which other one?")
    own_words = _own_words()

    def __init__(self, data: Any = None, *, asked: ProviderRequest, slots: Sequence[Slot]) -> None:
        self.asked, self.offered = asked, {each.key: each for each in slots}
        kind, partner = USUALLY[OrganisationKind(asked.organisation_kind)]
        title = f"{asked.organisation}: {activity_types()[kind].name}"[:200]
        initial = {"title": title, "activity_type": kind, "partner_kind": partner}
        self.proposed, self.directory = _proposed(asked), {str(each.pk): each for each in in_use()}
        if not self.proposed:
            initial["whose"] = NONE_OF_IT
        if len(self.offered) == 1:
            initial["slot"] = next(iter(self.offered))
        super().__init__(data, initial=initial, auto_id="agree_%s")
        self.fields["slot"].choices = [(key, each.words) for key, each in self.offered.items()]  # type: ignore[attr-defined]
        pupils = [(each.key, each.name) for each in activity_types().values() if each.audience == "pupils"]
        self.fields["activity_type"].choices = pupils  # type: ignore[attr-defined]
        self.fields["partner_kind"].choices = [(each.key, each.name) for each in partner_kinds().values()]  # type: ignore[attr-defined]

        whose = [(str(each.pk), f"{each.name}, {each.town}" if each.town else each.name) for each in self.proposed]
        here = [(key, f"{each.name}, {each.town}" if each.town else each.name) for key, each in self.directory.items()]
        self.fields["another"].choices = [("", "Choose"), *here]  # type: ignore[attr-defined]
        whose += [
            (ANOTHER, "Another one of the directory"),
            (NONE_OF_IT, "None: the session has the name that they gave"),
        ]
        self.fields["whose"].choices = whose  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The time is to come and free, or said knowingly; and a person says whom of the directory it is."""
        data = super().clean() or {}
        data["organisation"] = next((each for each in self.proposed if str(each.pk) == data.get("whose")), None)
        if data.get("whose") == ANOTHER:
            data["organisation"] = self.directory.get(data.get("another", ""))
            if data["organisation"] is None:
                self.add_error("another", "Choose which one.")
        if data.get("slot"):
            self.look_at(self.offered[data["slot"]], "slot")
        return data

    @property
    def chosen(self) -> Slot:
        """The time that they take."""
        return self.offered[self.cleaned_data["slot"]]

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The agreement."""
        return letters.agree(self.asked, rules, school, slot=self.chosen, own_words=self.cleaned_data["own_words"])


class Address(forms.Form):
    """Where a mail that came back is sent to."""

    to = email("Give the address to send it to.", label="Send it again to")
