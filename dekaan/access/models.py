"""Accounts, and the roles they hold at schools."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dekaan.access.roles import ROLES
from dekaan.core import link_keys
from dekaan.core.classed import classed
from dekaan.schools.models import School, SchoolOwned, Trust


class Users(BaseUserManager["User"]):
    """Accounts, found by e-mail."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """One person's account. It grants nothing: roles do."""

    email = models.EmailField("E-mail address", unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Sessions of an earlier round are over: raised by "sign out everywhere", the end of a role, and the like.
    session_round = models.PositiveIntegerField(default=0)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's own admin is not used; nobody is its staff."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to be this person's: another password or round ends it on its next request."""
        known = f"{self.password}|{self.session_round}"
        return salted_hmac("dekaan.access.session", known, secret=secret, algorithm="sha256").hexdigest()


class Device(models.Model):
    """A browser in which a person has signed in, known by a cookie of which only the hash is kept.

    Whoever guesses passwords elsewhere cannot make this browser wait, and a sign-in from another is told of.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    cookie_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "cookie_hash"], name="one_row_per_person_and_browser"),)
        ordering = ("-last_at",)

    def __str__(self) -> str:
        return self.name


class Attempts(models.Model):
    """Wrong tries that are counted together: of one address for one account, of one account, of one known device.

    What was typed is kept as a keyed hash, so that an address typed wrongly tells nobody anything.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    wait_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} until {self.wait_until:%H:%M:%S}"


class Invitation(models.Model):
    """A code that opens one account once: the first one of a school, or that of a person who has no password yet.

    The code is shown once where it was made; its hash is kept.
    """

    code_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    # Of a first account, which has no user yet: where, and as what.
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, school__isnull=True, role="")
                | (Q(user__isnull=True, school__isnull=False) & ~Q(role="")),
                name="for_a_person_or_for_a_first_account",
            ),
        )

    def __str__(self) -> str:
        return f"for {self.user or self.role}"


class RoleAssignment(models.Model):
    """A person holds a role at a school (or, for trust roles, at a trust) between two dates.

    Not school-owned: it decides who may enter a school, so it is read before any scope exists.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.key, role.name) for role in ROLES.values()])
    # What a narrower scope means: {"year_groups": [10]} or {"tutor_groups": ["10A"]}.
    scope = models.JSONField(default=dict, blank=True)
    # None until a second person has confirmed the role: it is in force on no day, and so opens nothing.
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # What whoever gave it typed, shown to the school until the person has opened it: an e-mail address alone tells nobody
    # whose it is. Empty from then on.
    known_as = models.CharField(max_length=150, blank=True)
    # None where it was given on the command line.
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(school__isnull=False, trust__isnull=True) | Q(school__isnull=True, trust__isnull=False),
                name="at_a_school_or_at_a_trust",
            ),
        )
        indexes = (models.Index(fields=["user", "school"]),)

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

    @property
    def called(self) -> str:
        """Whose it is, as far as the school knows."""
        return self.known_as or str(self.user)

    @property
    def scope_in_words(self) -> str:
        """What a narrower role sees: "10A", "Year 10"."""
        parts = [part for parts in self.scope.values() for part in (parts if isinstance(parts, list) else [parts])]
        return ", ".join(f"Year {part}" if isinstance(part, int) else str(part) for part in parts)

    @property
    def waits(self) -> bool:
        """Whether it was given and neither confirmed nor declined nor taken back."""
        return self.starts_on is None and self.ends_on is None


class FactorReset(models.Model):
    """Somebody asked that a colleague who has lost telephone and codes be let in again (`access.changes.factor_resets`).

    Not school-owned: like a role, by which the colleague is known at the school, it is about an account.
    """

    assignment = models.ForeignKey(RoleAssignment, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")  # whose role it is
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)  # None until a second person has agreed
    done_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(done_at=None, stopped_at=None), name="one_open_factor_reset_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"factor reset {self.pk}"


class Press(SchoolOwned):
    """A form that was sent and done, and where it led: kept for a day, so that it is done once (`access.pressing`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    led_to = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    data_classes: ClassVar[dict[str, str]] = classed(U="user mark led_to at")

    class Meta(SchoolOwned.Meta):
        ordering = ("pk",)
        verbose_name_plural = "presses"
        constraints = (models.UniqueConstraint(fields=["school", "mark"], name="pressed_once"),)
        indexes = (models.Index(fields=["at"]),)

    def __str__(self) -> str:
        return f"press {self.pk}"


class GovernorsApproval(SchoolOwned):
    """The governing body approved a document: who signed for it, on which day, and who recorded that here.

    Every kind of document has its own table of these with a key to the very version that was approved, so that no other
    version of it is taken for approved. A row is never changed: what was mistyped is recorded again, and the newest holds.
    """

    data_classes: ClassVar[dict[str, str]] = classed(P="signed_by signed_on recorded_by recorded_at")

    signed_by = models.CharField(max_length=150)
    signed_on = models.DateField()
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        abstract = True
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.signed_by} on {self.signed_on:%-d %B %Y}"


class OpenedByLink(SchoolOwned):
    """A row that a link opens without an account (`access.by_link`): of the key only a hash is kept.

    Each round of it has a key of its own; once there is a new one, the one before opens nothing any more.
    """

    purpose: ClassVar[str]  # no key of one purpose opens another's
    data_classes: ClassVar[dict[str, str]] = classed(U="link_hash link_round")

    link_hash = models.CharField(max_length=64)
    link_round = models.PositiveSmallIntegerField(default=0)

    class Meta(SchoolOwned.Meta):
        abstract = True

    @property
    def opens(self) -> tuple[int, ...]:
        """What its key opens, beside its purpose and its round."""
        return self.school_id, self.pk

    @property
    def made_key(self) -> str:
        """The key that belongs to it, this round and this server's secret."""
        return link_keys.made_key(self.purpose, *self.opens, self.link_round)

    @property
    def key_to_show(self) -> str | None:
        """The key; None where the server's secret is another than when it was made."""
        return link_keys.shown(self.made_key, self.link_hash)

    def renew_key(self) -> None:
        """It has another key, once it is saved."""
        self.link_round += 1
        self.link_hash = link_keys.hash_of(self.made_key)
