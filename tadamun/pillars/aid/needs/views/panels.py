"""One line with everything a coordinator can do with it: for the board and for the page of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tadamun.foundation.catalogue.cards import CategoryCard
from tadamun.foundation.catalogue.queries import open_categories
from tadamun.foundation.idempotency.services import new_form_token
from tadamun.pillars.aid.needs import queries
from tadamun.pillars.aid.needs.cards import ChoiceCard, LineCard, MatchCard, ReferralCard, RequestCard
from tadamun.pillars.aid.needs.forms.fields import category_groups
from tadamun.pillars.aid.needs.forms.matching import ConfirmForm, FellThroughForm, InviteForm, MatchTimeForm
from tadamun.pillars.aid.needs.forms.tasks import NowForm
from tadamun.pillars.aid.needs.forms.triage import CloseForm, TriageForm
from tadamun.pillars.aid.needs.views.doors import Visit
from tadamun.pillars.aid.needs.vocabulary import CloseReason, LineState, MatchState

WAITING = (LineState.OPEN, LineState.PART_MATCHED)
ENDED = (LineState.MET, LineState.CLOSED)


@dataclass(frozen=True)
class ChoicePart:
    """One explained choice with its form; `enough` when it covers all that is still wanted."""

    rank: int
    card: ChoiceCard
    form: InviteForm
    enough: bool


@dataclass(frozen=True)
class MatchPart:
    """One invitation or promise with what can be done about it."""

    card: MatchCard
    time_form: MatchTimeForm | None = None
    confirm_form: ConfirmForm | None = None
    fell_form: FellThroughForm | None = None
    now_form: NowForm | None = None
    early: bool = False
    """Whether its day is still to come, so that it may be moved to now."""

    @property
    def is_open(self) -> bool:
        """Whether anything is still expected."""
        return self.card.state in {"invited", "accepted", "scheduled", "handed_over"}


@dataclass(frozen=True)
class LinePanel:
    """A line, what was said about it, its choices and its matches."""

    line: LineCard
    said: str
    referred_to: str
    matches: list[MatchPart]
    choices: list[ChoicePart] = field(default_factory=list)
    triage_form: TriageForm | None = None
    close_form: CloseForm | None = None
    referral: ReferralCard | None = None
    can_refer: bool = False

    @property
    def can_close(self) -> bool:
        """Whether there is anything to end."""
        return self.line.state not in ENDED

    @property
    def waits(self) -> bool:
        """Whether it waits for a match."""
        return self.line.state in WAITING and not self.line.is_money and self.line.unreserved > 0


Bad = dict[tuple[str, str], Any]
"""Forms that were refused, by what they are about and whose: they stand in the place of the empty ones."""


def panels_of(
    request: Visit,
    card: RequestCard,
    *,
    at: datetime,
    only: str = "",
    bad: Bad | None = None,
    categories: Sequence[CategoryCard] | None = None,
) -> list[LinePanel]:
    """The panels of a request's lines, or of one of them.

    :param categories: the main categories in use here, where they are known already.
    """
    matches = queries.matches_of_request(request_id=card.public_id, viewer=request.user)
    roots = root_of_codes(request, categories)
    referred = any(line.close_reason == CloseReason.REFERRED for line in card.lines)
    referrals = (
        queries.referrals_of(request_id=card.public_id, viewer=request.user, at=at) if referred else {}
    )
    return [
        _panel(
            request,
            card,
            line,
            matches.get(line.public_id, []),
            roots=roots,
            referrals=referrals,
            at=at,
            bad=bad or {},
        )
        for line in card.lines
        if only in {"", line.public_id}
    ]


def root_of_codes(
    request: Visit, categories: Sequence[CategoryCard] | None = None
) -> dict[str, CategoryCard]:
    """The main category of every category in use, by code."""
    known = open_categories(community=request.community) if categories is None else categories
    return {card.code: root for root in known for card in (root, *root.below)}


def triage_form(
    request: Visit, card: RequestCard, line: LineCard, *, root: CategoryCard | None, data: Any = None
) -> TriageForm:
    """The form that sorts a line; where only a call was asked for, it is also said what is needed."""
    unnamed = line.asks_for_call
    groups = category_groups(community=request.community, empty=_("Please choose")) if unnamed else None
    return TriageForm(data, line=line, root=root, groups=groups)


def _panel(
    request: Visit,
    card: RequestCard,
    line: LineCard,
    matches: list[MatchCard],
    *,
    roots: dict[str, CategoryCard],
    referrals: dict[str, ReferralCard],
    at: datetime,
    bad: Bad,
) -> LinePanel:
    root = roots.get(line.category_code)
    ended = line.state in ENDED
    return LinePanel(
        line=line,
        said=card.said.get(line.public_id, ""),
        referred_to=card.referred_to.get(line.public_id, ""),
        matches=[_match_part(match, at=at, bad=bad) for match in matches],
        choices=_choices(request, line, at=at, bad=bad),
        triage_form=None
        if ended
        else bad.get(("triage", line.public_id)) or triage_form(request, card, line, root=root),
        close_form=None if ended else bad.get(("close", line.public_id)) or CloseForm(line=line),
        referral=referrals.get(line.public_id),
        can_refer=not ended and request.community.has_on("directory"),
    )


def _choices(request: Visit, line: LineCard, *, at: datetime, bad: Bad) -> list[ChoicePart]:
    if line.state not in WAITING or line.is_money:
        return []
    found = queries.choices_for(line_id=line.public_id, viewer=request.user, at=at)
    return [
        ChoicePart(
            rank=rank,
            card=choice,
            form=bad.get(("invite", choice.offer_id))
            or InviteForm(
                first=rank == 1,
                auto_id=f"i_{line.public_id}_{rank}_%s",
                initial={"offer": choice.offer_id, "form_token": new_form_token()},
            ),
            enough=choice.free >= line.unreserved,
        )
        for rank, choice in enumerate(found, start=1)
    ]


def _match_part(card: MatchCard, *, at: datetime, bad: Bad) -> MatchPart:
    ident = card.public_id
    under_way = card.state in {MatchState.ACCEPTED, MatchState.SCHEDULED, MatchState.HANDED_OVER}
    can_move = card.state in {MatchState.ACCEPTED, MatchState.SCHEDULED}
    local = [
        timezone.localtime(moment) if moment else None for moment in (card.window_from, card.window_until)
    ]
    starts, ends = local
    known = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()} if starts and ends else {}
    return MatchPart(
        card=card,
        time_form=(bad.get(("time", ident)) or MatchTimeForm(match_id=ident, initial=known))
        if can_move
        else None,
        confirm_form=(bad.get(("confirm", ident)) or ConfirmForm(match=card)) if under_way else None,
        fell_form=(bad.get(("fell", ident)) or FellThroughForm(match_id=ident)) if under_way else None,
        now_form=bad.get(("now", ident)) or NowForm(match_id=ident),
        early=card.state == MatchState.SCHEDULED
        and starts is not None
        and starts.date() > timezone.localdate(at),
    )
