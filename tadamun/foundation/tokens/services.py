"""Making, using and withdrawing tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction

from tadamun.foundation.communities.models import Community
from tadamun.foundation.communities.policies import is_member, require_member
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.queries import has_second_factor
from tadamun.foundation.tokens.errors import (
    NoSuchToken,
    RevealNeedsSecondFactor,
    ScopesNeeded,
    TokenDaysOutOfRange,
    TokenNameNeeded,
    TooManyTokens,
)
from tadamun.foundation.tokens.models import Token
from tadamun.foundation.tokens.queries import token_hash
from tadamun.foundation.tokens.vocabulary import DAYS_MOST, NAME_MOST, PREFIX, TOKENS_MOST, Scope
from tadamun.foundation.trail.services import record
from tadamun.kernel.text import clean_line


@transaction.atomic
def make_token(
    *,
    community: Community,
    person: Person,
    name: str,
    scopes: Iterable[str],
    days: int,
    secret: str,
    at: datetime,
) -> Token:
    """Let a program do a part of what somebody may in one community; only the hash of `secret` is kept.

    :param days: how long it works.
    :raises NotAMember: the person does not belong to the community.
    :raises RevealNeedsSecondFactor: it is to open names, and the person has no second factor.
    """
    require_member(person=person, community=community)
    called = clean_line(name)[:NAME_MOST]
    known = [scope.value for scope in Scope if scope.value in set(scopes)]
    if not called:
        raise TokenNameNeeded
    if not known:
        raise ScopesNeeded
    if not 1 <= days <= DAYS_MOST:
        raise TokenDaysOutOfRange(most=DAYS_MOST)
    if Scope.PEOPLE_REVEAL in known and not has_second_factor(person=person):
        raise RevealNeedsSecondFactor
    # Locked, so that two pages sent at once do not pass the limit together.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (
        Token.objects.filter(person=person, withdrawn_at__isnull=True, expires_at__gt=at).count()
        >= TOKENS_MOST
    ):
        raise TooManyTokens(most=TOKENS_MOST)
    token = Token.objects.create(
        person=person,
        community=community,
        name=called,
        scopes=known,
        token_hash=token_hash(secret=secret),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _record(token, verb="token_made", at=at, scopes=known)
    return token


def use_token(*, secret: str, at: datetime) -> Token | None:
    """The token of this secret with its person and community, if it works and the person still belongs there."""
    if not secret.startswith(PREFIX):
        return None
    found = Token.objects.select_related("person", "community").filter(token_hash=token_hash(secret=secret))
    token = found.first()
    if token is None or not token.works(at=at) or not token.person.is_active:
        return None
    if not is_member(person=token.person, community=token.community):
        return None
    today = at.astimezone(UTC).date()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


@transaction.atomic
def withdraw_token(*, person: Person, token_id: str, at: datetime) -> Token:
    """Stop a token at once; stopping it again changes nothing.

    :raises NoSuchToken: it is somebody else's, or unknown.
    """
    token = (
        Token.objects.select_for_update(of=("self",))
        .select_related("community", "person")
        .filter(person=person, public_id=token_id)
        .first()
    )
    if token is None:
        raise NoSuchToken
    if token.withdrawn_at is None:
        token.withdrawn_at = at
        token.save(update_fields=["withdrawn_at"])
        _record(token, verb="token_withdrawn", at=at)
    return token


def forget_person(*, person: Person, at: datetime) -> None:
    """Drop every token somebody made: nothing opens by them any more."""
    Token.objects.filter(person=person).delete()


def drop_old_tokens(*, at: datetime) -> int:
    """Drop tokens that stopped working more than a year ago; returns how many."""
    long_ago = at - timedelta(days=DAYS_MOST)
    return Token.objects.filter(expires_at__lt=long_ago).delete()[0]


def _record(token: Token, *, verb: str, at: datetime, scopes: list[str] | None = None) -> None:
    record(
        scope=token.community.public_id,
        verb=verb,
        thing="token",
        thing_id=token.public_id,
        actor=token.person.public_id,
        at=at,
        data={"scopes": scopes} if scopes else None,
    )
