"""What may be typed: by a provider without an account, of the policy, and of a reply."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.frameworks.queries import activity_types, partner_kinds
from dekaan.partners.models import Organisation
from dekaan.partners.queries import Near, by_plain_name, in_use, plain_name
from dekaan.people.queries import pupils_named, year_groups
from dekaan.programme.models import Mode
from dekaan.provider_requests.models import WEEKDAYS, AccessGround, AccessRules, FreeTime, ProviderRequest
from dekaan.provider_requests.policy import usual
from dekaan.provider_requests.queries import Letter, Slot, WorkingDays, ground_lines, in_the_way_of, letters, phase_gaps
from dekaan.schools.models import School

OrganisationKind = ProviderRequest.OrganisationKind
BY_HAND_MINUTES = 60
MOST_GROUNDS, LONGEST_GROUND = 12, 300
# How a provider can meet pupils: a recording meets nobody.
MODES = (Mode.IN_SCHOOL, Mode.PROVIDER_SITE, Mode.LIVE_ONLINE)


def _paragraph(most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    return words(most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _telephone(**more: Any) -> forms.CharField:
    field = words(30, **more)
    field.widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}
    return field


def _checked_telephone(said: str) -> str:
    if said and not re.fullmatch(r"[+\d][\d\s().-]{5,}( *(ext|x)\.? *\d+)?", said):
        raise forms.ValidationError("Give the telephone number in figures, such as 01632 960 123.")
    return said


def _number(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    said = f"Give a whole number from {least} to {most}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=errors, **more)


def _email(required: str, **more: Any) -> forms.EmailField:
    said = {"required": required, "invalid": "Give an e-mail address, such as name@college.ac.uk."}
    return forms.EmailField(max_length=254, error_messages=said | {"max_length": "Give a shorter address."}, **more)


class Asking(forms.Form):
    """A request to meet pupils, from somebody without an account."""

    organisation = words(150, required="Give the name of your organisation.", label="Your organisation")
    organisation_kind = choice(
        required="Choose which of these you are.",
        label="Which of these are you?",
        widget=forms.RadioSelect,
        choices=OrganisationKind.choices,
    )
    contact_name = words(100, required="Give your name.", label="Your name")
    contact_email = _email("Give an e-mail address to which the school can reply.", label="Your e-mail address")
    contact_telephone = _telephone(label="Your telephone number", help_text="You may leave it blank")
    year_groups = choice(
        many=True,
        required="Choose at least one year group.",
        label="Which year groups would you like to meet?",
        widget=Ticks,
    )
    formats = choice(many=True, label="As what?", widget=Ticks, choices=list(usual().offers.items()))
    mode = choice(
        required="Choose where.",
        label="Where?",
        widget=Radios,
        choices=[(each.value, each.label) for each in MODES],
        initial=Mode.IN_SCHOOL,
    )
    what = _paragraph(
        1500,
        required="Say what you would like to do.",
        label="What would you like to do?",
        help_text="In plain text of 1,500 letters or fewer. Name no pupil.",
    )
    contents = choice(
        many=True,
        label="What would pupils learn?",
        widget=forms.CheckboxSelectMultiple,
        choices=list(usual().contents.items()),
        help_text="The law asks for all four in each meeting",
    )
    when_said = words(200, label="When?", help_text="Days or weeks that suit you, and how long it takes")
    staff_number = _number("How many of you would come?", 1, 200, required=False)
    needs = words(300, label="What would you need?", help_text="A projector, tables, parking, step-free access …")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in (("organisation", "organization"), ("contact_name", "name"), ("contact_email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = purpose
        here = year_groups(academic_year_of(today()))
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]  # type: ignore[attr-defined]

    def clean_contact_telephone(self) -> str:
        """Figures, where there is one."""
        return _checked_telephone(self.cleaned_data["contact_telephone"])

    def said(self) -> dict[str, Any]:
        """The fields of the request as typed."""
        data = dict(self.cleaned_data)
        return data | {"year_groups": [int(each) for each in data["year_groups"]]}

    def texts(self) -> list[str]:
        """All that was typed freely, whether rightly or not."""
        names = ("organisation", "contact_name", "what", "when_said", "needs")
        return [self.data.get(name, "") for name in names]


class Rules(Edits, forms.Form):
    """The policy's facts that an answer needs."""

    contact_name = words(100, required="Say whom providers write to.", label="Whom do providers write to?")
    contact_email = _email("Give the address to which providers write.", label="E-mail address")
    contact_telephone = _telephone(required="Give the number that providers can ring.", label="Telephone number")
    weeks_notice = _number("Weeks of notice that you ask for", 0, 26)
    decision_days = _number("Working days within which you answer", 1, 60)
    offers = choice(
        many=True, label="What providers may be offered", widget=Ticks, choices=list(usual().offers.items())
    )
    premises = _paragraph(
        600,
        label="Premises and facilities",
        help_text="As it goes into letters: “The main hall with projector, a room for quiet talks, parking by the gym”",
    )
    granting = _paragraph(4000, rows=5, label="Grounds on which you agree", help_text="One a line")
    refusing = _paragraph(
        4000,
        rows=7,
        required="Give at least one ground: nothing can be refused without one.",
        label="Grounds on which you refuse",
        help_text="One a line; a refusal names one of these in these words. What was refused before keeps its wording",
    )
    is_open = forms.BooleanField(label="The form takes requests", required=False)
    is_no_pupil = forms.BooleanField(
        label="Whoever is named here is no pupil of ours", required=False, help_text="Kept on record with your name"
    )

    def __init__(self, data: Any = None, *, rules: AccessRules) -> None:
        names = ("contact_name", "contact_email", "contact_telephone", "weeks_notice", "decision_days", "offers")
        initial = {name: getattr(rules, name) for name in (*names, "premises")}
        initial["granting"] = "\n".join(ground_lines(AccessGround.Kind.GRANT))
        initial["refusing"] = "\n".join(ground_lines(AccessGround.Kind.REFUSE))
        initial["is_open"] = rules.is_open or rules.pk is None
        super().__init__(data, initial=initial)
        self.rules = rules
        if "is_no_pupil" not in self.data:  # it is asked only once a name is found that a pupil has
            self.fields["is_no_pupil"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Outsiders read it at once, by the form and in letters: no pupil is named in it."""
        data = super().clean() or {}
        told = [str(data.get(each, "")) for each in ("contact_name", "contact_email", "contact_telephone", "premises")]
        told += [*data.get("granting", []), *data.get("refusing", [])]
        named = sorted({name for _, name in pupils_named(told)})
        if named and not data.get("is_no_pupil"):
            self.fields["is_no_pupil"].widget = forms.CheckboxInput()
            said = f"{', '.join(named)} is the name of a pupil, who may not be named to outsiders. Change the words; or, if it"
            self.add_error("is_no_pupil", f"{said} is somebody else of that name, tick this and save again.")
        data["is_no_pupil"] = bool(named) and bool(data.get("is_no_pupil"))
        return data

    def saved_by(self) -> str:
        """Who saved the rules last."""
        return last_saved_by("access rules", self.rules.pk)

    def clean_contact_telephone(self) -> str:
        """Figures."""
        return _checked_telephone(self.cleaned_data["contact_telephone"])

    def clean_granting(self) -> list[str]:
        """The grounds, one a line."""
        return _lines(self.cleaned_data["granting"])

    def clean_refusing(self) -> list[str]:
        """The same."""
        return _lines(self.cleaned_data["refusing"])


def _lines(said: str) -> list[str]:
    found = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    if len(found) > MOST_GROUNDS:
        raise forms.ValidationError(f"Give {MOST_GROUNDS} grounds or fewer.")
    for number, line in enumerate(found, start=1):
        if len(line) > LONGEST_GROUND:
            raise forms.ValidationError(f"Say line {number} in {LONGEST_GROUND} letters or fewer.")
    return found


class Time(Edits, forms.Form):
    """A time of the week that is usually free."""

    weekday = choice(
        required="Choose the day.",
        label="Day",
        choices=[(str(n), name) for n, name in enumerate(WEEKDAYS[:5], start=1)],
    )
    starts_at = forms.TimeField(
        label="From",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Give the time as hours and minutes, such as 09:05."),
    )
    minutes = _number("Minutes", 5, 420)
    name = words(60, required="Say what it is called.", label="What is it?", help_text="“Assembly”, “Period 3”")
    place = words(100, label="Place", help_text="Where it would be, if you know")
    year_groups = choice(many=True, required="Choose at least one year group.", label="For", widget=Ticks)

    def __init__(self, data: Any = None, *, free_time: FreeTime | None = None) -> None:
        initial: dict[str, Any] = {}
        if free_time is not None:
            initial = {name: getattr(free_time, name) for name in ("weekday", "starts_at", "minutes", "name", "place")}
            initial["year_groups"] = [str(each) for each in free_time.year_groups]
        super().__init__(data, initial=initial)
        self.free_time = free_time
        here = sorted({*year_groups(academic_year_of(today())), *(free_time.year_groups if free_time else ())})
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("free time", self.free_time.pk if self.free_time else None)

    def said(self) -> dict[str, Any]:
        """The fields as typed."""
        data = dict(self.cleaned_data)
        return data | {"weekday": int(data["weekday"]), "year_groups": [int(each) for each in data["year_groups"]]}


class Reply(forms.Form):
    """What a reply is put together from; each kind of reply knows its letter."""

    asked: ProviderRequest

    def letter(self, rules: AccessRules, school: School) -> Letter:
        """The mail as it goes."""
        raise NotImplementedError


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
        if by and not (self.cleaned_data.get("anyway") and self.data.get("although") == by):
            self.data = self.data.copy()
            self.data["although"], self.data["anyway"] = by, ""
            self.fields["anyway"].widget = forms.CheckboxInput()
            said = f"It is taken on {slot.day:%-d %B %Y} by {by}. Choose another time; or tick below if both can be."
            self.add_error(field, said)


def _own_words(**more: Any) -> forms.CharField:
    return _paragraph(1500, rows=3, **{"label": "In your own words", "help_text": "You may leave it blank"} | more)


class Offering(_Knowing):
    """Which dates are offered."""

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
        super().__init__(data, initial={"slots": list(self.free)[:3]}, prefix=None, auto_id="offer_%s")
        self.fields["slots"].choices = [(key, each.words) for key, each in self.free.items()]  # type: ignore[attr-defined]
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
        gaps = phase_gaps(school.pk, self.asked.year_groups, exactly=False)  # what may be told to anybody
        lacking = [each.year_group for each in gaps if each.is_asked and each.missing]
        own_words = data["own_words"]
        return letters.offer(self.asked, rules, school, slots=slots, lacking=lacking, own_words=own_words)


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

    to = _email("Give the address to send it to.", label="Send it again to")
