"""Accounts, and the roles they hold at schools."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dekaan.access.roles import ROLES
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

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's own admin is not used; nobody is its staff."""
        return False


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
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

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
