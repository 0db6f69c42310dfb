"""Who holds each key role, chosen or written, and by their account where they have no row on the staff list."""

from typing import Any

from django import forms

from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force
from dekaan.core.academic_year import today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import choice, words
from dekaan.core.scope import schools_in_scope
from dekaan.frameworks.queries import KeyRole, key_roles
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.team.models import Post
from dekaan.team.queries import BY_ACCOUNT, RoleLine, Standing, by_role

NOT_BOTH = "Choose a colleague, or write a name: not both."


class PeopleSaid(Edits, forms.Form):
    """Who holds each key role. Those that several hold are said one by one elsewhere.

    Where no staff list is there yet, names are written; whoever has an account is known by it all the same.
    """

    def __init__(self, data: Any = None, *, now: Standing, is_first: bool) -> None:
        super().__init__(data)
        self.lines: list[RoleLine] = [each for each in now.roles if _is_asked(each)]
        self.several = [each for each in now.roles if len(each.holders) > 1]
        people = list(staff())
        self.has_list = bool(people)
        self.groups = by_role(people, today())
        self.accounts = {each.pk: each for each in _without_a_row(people)}
        guesses = _by_account(people, self.accounts) if is_first else {}
        for line in self.lines:
            role, holder = line.role, line.holders[0] if line.holders else None
            guess = guesses.get(role.key, "") if holder is None else ""
            is_written = role.outside or not self.has_list
            if not is_written:
                self.fields[f"who_{role.key}"] = colleague(role.name, line.holders, self.groups, role, self.accounts)
                self.initial[f"who_{role.key}"] = str(holder.staff_id or "") if holder else _as_choice(guess, people)
            self.fields[f"name_{role.key}"] = words(
                120,
                label=role.name if is_written else f"{role.name}: somebody who is not on the staff",
                help_text=role.says,
            )
            name = holder.holder if holder and (is_written or not holder.staff_id) else ""
            self.initial[f"name_{role.key}"] = name or (str(guess) if is_written else "")

    def asked(self) -> tuple[list[tuple[RoleLine, Any, Any]], list[tuple[RoleLine, Any, Any]]]:
        """Each role with its fields: those that every school needs, and the others."""
        found = [
            (
                each,
                self[f"who_{each.role.key}"] if f"who_{each.role.key}" in self.fields else None,
                self[f"name_{each.role.key}"],
            )
            for each in self.lines
        ]
        return [each for each in found if each[0].role.needed], [each for each in found if not each[0].role.needed]

    @property
    def others_stand(self) -> bool:
        """Whether a role that not every school has is filled, or has an error: it is not folded away then."""
        return any(
            each.errors or each.value() for _, who, name in self.asked()[1] for each in (who, name) if each is not None
        )

    def clean(self) -> dict[str, Any]:
        """Nobody is named twice for a role."""
        data = super().clean() or {}
        for line in self.lines:
            if data.get(f"who_{line.role.key}") and data.get(f"name_{line.role.key}"):
                self.add_error(f"name_{line.role.key}", NOT_BOTH)
        return data

    def roles(self) -> dict[str, tuple[StaffMember | User | None, str]]:
        """Who holds each, as typed: a colleague, somebody known by their account alone, or a name."""
        keys = [each.role.key for each in self.lines]
        found: dict[str, tuple[StaffMember | User | None, str]] = {**roles_said(self.cleaned_data, keys)}
        by_key = {f"account:{pk}": user for pk, user in self.accounts.items()}
        by_name = {str(user).casefold(): user for user in self.accounts.values()}
        for line in self.lines:
            key, typed = self.cleaned_data.get(f"who_{line.role.key}", ""), found[line.role.key][1]
            user = by_key.get(key) or (by_name.get(typed.casefold()) if not line.role.outside else None)
            if user is not None:
                found[line.role.key] = (user, "")
        return found


def _is_asked(line: RoleLine) -> bool:
    return not line.role.of_what and not line.role.only_model and len(line.holders) < 2


def _without_a_row(people: list[StaffMember]) -> list[User]:
    """Who has a role here that suggests a key role within the school, and does not stand on the staff list."""
    inside = [role for role, key in BY_ACCOUNT.items() if not key_roles()[key].outside]
    held = RoleAssignment.objects.filter(in_force(today()), role__in=inside, school__in=schools_in_scope())
    known = {each.user_id for each in people}
    found = {each.user for each in held.select_related("user") if each.user_id not in known}
    return sorted(found, key=lambda each: (each.name, each.pk))


def _by_account(people: list[StaffMember], accounts: dict[int, User]) -> dict[str, StaffMember | User]:
    """Whom the accounts' roles at the school suggest, governors and others who are not on the staff too: one statement."""
    whom: dict[int, StaffMember | User] = {**accounts}
    whom |= {each.user_id: each for each in people if each.user_id}
    held = RoleAssignment.objects.filter(in_force(today()), role__in=BY_ACCOUNT, school__in=schools_in_scope())
    found: dict[str, StaffMember | User] = {}
    for each in held.select_related("user").order_by("pk"):
        key = BY_ACCOUNT[each.role]
        somebody = each.user if key_roles()[key].outside else whom.get(each.user_id)
        if somebody is not None:
            found.setdefault(key, somebody)
    return found


def _as_choice(guess: StaffMember | User | str, people: list[StaffMember]) -> str:
    if isinstance(guess, User):
        return f"account:{guess.pk}"
    return str(guess.pk) if isinstance(guess, StaffMember) and guess in people else ""


def colleague(
    label: str,
    holders: tuple[Post, ...] = (),
    groups: list[tuple[str, list[StaffMember]]] | None = None,
    role: KeyRole | None = None,
    accounts: dict[int, User] | None = None,
) -> Any:
    """A field that chooses a colleague, or nobody; those who have a role in careers first."""
    here = by_role(staff(), today()) if groups is None else groups
    known = {each.pk for _, people in here for each in people}
    choices: list[Any] = [("", "Nobody")]
    # Whoever holds it and works here no more, and who has an account alone.
    choices += [(str(each.staff_id), each.holder) for each in holders if each.staff_id and each.staff_id not in known]
    choices += [(f"account:{pk}", str(user)) for pk, user in (accounts or {}).items()]
    for heading, people in here:
        named = [(str(each.pk), str(each)) for each in people]
        choices += [(heading, named)] if heading else named
    return choice(label=label, choices=choices, help_text=role.says if role else "")


def roles_said(data: dict[str, Any], roles: list[str]) -> dict[str, tuple[StaffMember | None, str]]:
    """Who holds each of these roles, as chosen or written."""
    chosen = {role: data.get(f"who_{role}", "") for role in roles}
    people = StaffMember.objects.in_bulk([int(each) for each in chosen.values() if each.isdigit()])
    return {
        role: (people.get(int(chosen[role])) if chosen[role].isdigit() else None, data.get(f"name_{role}", ""))
        for role in roles
    }
