"""What can be found: one row an entry, with the tokens it is found by.

Beside the table stands the database's own index of the tokens, kept by the database itself (migration 0002): FTS5 on
SQLite, a `tsvector` with GIN on PostgreSQL.
"""

from __future__ import annotations

from django.db import models

from tadamun.foundation.codes import one_of
from tadamun.foundation.search.vocabulary import Kind
from tadamun.kernel.ids import new_public_id


class Entry(models.Model):
    """One thing that can be found in one community."""

    id = models.BigIntegerField(primary_key=True)
    """Microseconds since 1970 of its date, moved on where that is taken: newest first is the order of keys."""
    scope = models.BigIntegerField()
    """The key of the community's row."""
    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=24)
    dated_at = models.DateTimeField()
    tokens = models.TextField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "scope"], name="entry_is_one_a_thing"),
            one_of("kind", Kind, name="entry_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Built(models.Model):
    """When a community's index was last built anew."""

    scope = models.BigIntegerField(unique=True)
    built_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "built"

    def __str__(self) -> str:
        return str(self.scope)


class WordGroup(models.Model):
    """Words that mean the same in one community, beside those of the lexicon."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    scope = models.BigIntegerField(db_index=True)
    """The key of the community's row."""
    entries = models.JSONField()
    """Words and phrases, as somebody wrote them."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
