"""The person before the screen, and what they may see and do of a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.matrix import opens_names
from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES, Role
from dekaan.people.models import Pupil
from dekaan.people.queries import pupils_opened
from dekaan.programme.models import Session


@dataclass(frozen=True)
class Colleague:
    """Somebody at the school, by their roles there."""

    user: User
    assignments: Sequence[RoleAssignment]

    @property
    def roles(self) -> list[Role]:
        """What they are here."""
        return [ROLES[each.role] for each in self.assignments]

    def leads(self, session: Session) -> bool:
        """Whether it is their session, and a role of theirs opens names: then all of it is theirs to see and to record.

        Who leads is said on a form, and no form opens what the matrix closes: a governor who leads sees no name.
        """
        is_theirs = session.led_by is not None and session.led_by.user_id == self.user.pk
        return is_theirs and any(opens_names(each.role) for each in self.assignments)

    @property
    def records_all(self) -> bool:
        """Whether they are of the careers team, who may say of every session what became of everybody."""
        return any(role.sees == "school" and Permission.REGISTER_TAKE in role.may for role in self.roles)

    def may_record(self, session: Session) -> bool:
        """Whether they may say what became of everybody: the careers team, and whoever leads the session."""
        return self.records_all or self.leads(session)

    def takes_registers_of(self, on: date) -> QuerySet[Pupil]:
        """The pupils whose register they may take that day in sessions that somebody else leads."""
        return self._opened_with(Permission.REGISTER_TAKE, on)

    def takes_register_of(self, session: Session) -> QuerySet[Pupil] | None:
        """The pupils whose register they may take; None is everybody's."""
        return None if self.may_record(session) else self.takes_registers_of(session.held_on)

    def sees_names_of(self, session: Session) -> QuerySet[Pupil] | None:
        """The pupils whose names they may see; None is everybody's."""
        return None if self.leads(session) else self._opened_with(Permission.NAMES_SEE, session.held_on)

    def sees_exactly(self, session: Session) -> bool:
        """Whether small numbers are shown to them: to the careers team, and to whoever sees every name anyway."""
        return self.leads(session) or any(
            Permission.FIGURES_EXACT in role.may or (role.sees == "school" and Permission.NAMES_SEE in role.may)
            for role in self.roles
        )

    def _opened_with(self, permission: Permission, on: date) -> QuerySet[Pupil]:
        """Those of whom a role with the permission opens what they take part in."""
        with_it = [each for each in self.assignments if permission in ROLES[each.role].may]
        return pupils_opened(DataClass.E, with_it, on)
