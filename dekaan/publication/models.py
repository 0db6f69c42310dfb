"""What the school says of its careers programme, and each version of it that was approved."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from dekaan.access.models import GovernorsApproval, User
from dekaan.core.classed import classed
from dekaan.schools.models import SchoolOwned


class Page(models.TextChoices):
    """What is published."""

    CAREERS = "careers", "Careers page"
    STATEMENT = "provider-access", "Provider access statement"


class CareersInformation(SchoolOwned):
    """The words and facts that the next version of both pages is made of; one row of each school.

    Who the Careers Leader is follows from the role, where nobody else is named here. `own_words` holds a section's words
    by its key where the school has words of its own; the usual ones stand where there are none. `others_named` holds whom
    a person said to share a pupil's name and be somebody else: the `name`, `who` it is, and the `places` where it stands.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="leader_name leader_email telephone next_review_on own_page own_words others_named statement_review_on leavers_of"
    )

    leader_name = models.CharField(max_length=150, blank=True)
    leader_email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    own_page = models.URLField(max_length=300, blank=True)  # the page on the school's own website that is about careers
    own_words = models.JSONField(default=dict, blank=True)
    others_named = models.JSONField(default=list, blank=True)
    statement_review_on = models.DateField(null=True, blank=True)
    leavers_of = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # whose leavers are told of; nobody's where empty

    class Meta(SchoolOwned.Meta):
        verbose_name_plural = "careers information"
        constraints = (models.UniqueConstraint(fields=["school"], name="careers_information_once"),)

    def __str__(self) -> str:
        return "careers information"


class PublishedVersion(SchoolOwned):
    """One version of a page, as it was prepared: it waits, is published, or was sent back with a reason.

    The newest that was published is what the public sees, unless it was taken down. `content` is never changed once it
    is prepared.
    """

    data_classes: ClassVar[dict[str, str]] = classed(
        P="page number content state prepared_by prepared_at decided_by decided_at because taken_down_by taken_down_at"
    )

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for approval"
        PUBLISHED = "published", "Published"
        SENT_BACK = "sent-back", "Sent back"
        TAKEN_BACK = "taken-back", "Taken back before it was decided on"
        TAKEN_DOWN = "taken-down", "Published, and taken down since"

    page = models.CharField(max_length=16, choices=Page)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    taken_down_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        ordering = ("page", "-number")
        constraints = (
            models.UniqueConstraint(fields=["school", "page", "number"], name="a_version_has_its_number"),
            models.UniqueConstraint(
                fields=["school", "page"], condition=Q(state="waiting"), name="one_version_waits_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_version_waits_or_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="taken-down", taken_down_at__isnull=False)
                | (~Q(state="taken-down") & Q(taken_down_at__isnull=True)),
                name="a_version_is_taken_down_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_page_display()}, version {self.number}"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts that it was made with."""
        return dict(self.content.get("facts", {}))


class VersionApproval(GovernorsApproval):
    """The governing body approved the words of one version of the provider access statement, and of no other."""

    data_classes: ClassVar[dict[str, str]] = GovernorsApproval.data_classes | classed(P="version")

    version = models.ForeignKey(PublishedVersion, on_delete=models.CASCADE, related_name="approvals")

    class Meta(GovernorsApproval.Meta):
        abstract = False
