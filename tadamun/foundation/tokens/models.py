"""Tokens, by their hashes."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.tokens.vocabulary import NAME_MOST
from tadamun.kernel.ids import new_public_id


class Token(models.Model):
    """One token: whose, for which community, for what, until when."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_MOST)
    scopes = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("made_at")),
                name="token_is_withdrawn_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def works(self, *, at: datetime) -> bool:
        """Whether it opens anything."""
        return self.withdrawn_at is None and self.expires_at > at
