"""One-time sign-in links: only their hash is stored, they open the account once, within a day.

Who may hand one over, and for whom, is decided above, where roles are known: `communities.services`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tadamun.foundation.people.errors import LinkNotValid
from tadamun.foundation.people.models import Person, Session, SignInLink
from tadamun.foundation.people.queries import link_hash
from tadamun.kernel.ids import new_token

VALID_FOR = timedelta(hours=24)
LISTED_FOR = timedelta(days=365)
"""How long somebody sees that a link was made for them."""


@transaction.atomic
def make_sign_in_link(*, person: Person, made_by: Person, at: datetime) -> str:
    """Make a link's token for somebody; earlier links of theirs stop working. The token is shown once, never stored."""
    withdraw_sign_in_links(person=person, at=at)
    token = new_token()
    SignInLink.objects.create(
        person=person,
        token_hash=link_hash(token=token),
        made_by=made_by,
        made_at=at,
        expires_at=at + VALID_FOR,
    )
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, at: datetime) -> Person:
    """Use a link up and return whose account it opens; of two who press at once, one succeeds.

    :raises LinkNotValid: unknown, used, too old, or the account is closed.
    """
    links = SignInLink.objects.filter(
        token_hash=link_hash(token=token), used_at__isnull=True, expires_at__gt=at
    )
    link = links.select_related("person").first()
    if link is None or not link.person.is_active:
        raise LinkNotValid
    # The condition is part of the update: whoever comes second changes no row.
    if not links.filter(pk=link.pk).update(used_at=at):
        raise LinkNotValid
    return link.person


def withdraw_sign_in_links(*, person: Person, at: datetime) -> int:
    """Stop every open link of somebody, as when a role that sees names is given; returns how many."""
    return SignInLink.objects.filter(person=person, used_at__isnull=True, expires_at__gt=at).update(
        expires_at=at
    )


def drop_old_sign_ins(*, at: datetime) -> int:
    """Drop sessions that are over and links of more than a year ago; returns how many rows went."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    links, _ = SignInLink.objects.filter(made_at__lt=at - LISTED_FOR).delete()
    return sessions + links
