"""Rows: the workers that there are."""

from django.db import models


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
