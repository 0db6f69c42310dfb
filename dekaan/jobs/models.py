"""Rows: the workers that there are, and the mail that is on its way."""

from django.db import models

from dekaan.core.sealed import box

WORDS = "dekaan.jobs.mail"  # whoever has the database alone reads no mail and follows no link


class Worker(models.Model):
    """One process that does jobs, from its start to its end. About no person."""

    name = models.CharField(max_length=32, unique=True)  # what a job that it has in hand says of it
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)  # said by a thread of its own, however long a job takes
    ended_at = models.DateTimeField(null=True)  # by itself, or since nothing was heard of it any more

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.name} since {self.begun_at:%Y-%m-%d %H:%M}"


class Mail(models.Model):
    """One mail to one person, written down with what it tells of, and handed over once."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        TAKEN = "taken", "in a worker's hand"
        HANDING_OVER = "handing over", "being handed over"
        SENT = "sent", "sent"
        IN_DOUBT = "in doubt", "in doubt"  # handed over, and nobody heard whether it was taken: never sent again
        UNSENDABLE = "unsendable", "refused for good"
        GIVEN_UP = "given up", "given up"

    message_id = models.CharField(max_length=120, unique=True)  # the same however often it is tried
    to = models.EmailField()
    sealed = models.TextField()  # the words, under a key that is not in the database; empty once it is sent
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=32, blank=True)  # who has it in hand, or had it last
    why = models.CharField(max_length=60, blank=True)  # the kind and code of what went wrong, never its words

    class Meta:
        ordering = ("written_at", "pk")
        indexes = [models.Index("state", "due_at", name="mail_due")]

    def __str__(self) -> str:
        return f"mail {self.pk}, {self.state}"

    @property
    def words(self) -> bytes:
        """The mail as it is handed over; raises InvalidToken where the secret key is another now, or they are gone."""
        return box(WORDS).decrypt(self.sealed.encode())
