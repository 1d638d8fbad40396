"""Which states a need and a match pass through, and the other words of mutual aid."""

from __future__ import annotations

from datetime import time, timedelta
from enum import IntEnum, StrEnum


class LineState(StrEnum):
    """Where one thing that is needed stands."""

    TRIAGE = "triage"
    OPEN = "open"
    PART_MATCHED = "part_matched"
    MATCHED = "matched"
    SCHEDULED = "scheduled"
    HANDED_OVER = "handed_over"
    MET = "met"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a line ended without being met by us."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REFERRED = "referred"
    MET_BY_OTHERS = "met_by_others"
    DUPLICATE = "duplicate"
    NOT_WANTED = "not_wanted"


class ReferralOutcome(StrEnum):
    """What came of being sent to a service, as the asker says."""

    WAITING = "waiting"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    NOT_GONE = "not_gone"


class MatchState(StrEnum):
    """Where one offer's help for one line stands."""

    PROPOSED = "proposed"
    INVITED = "invited"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    HANDED_OVER = "handed_over"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DID_NOT_HAPPEN = "did_not_happen"


RESERVING = (
    MatchState.INVITED,
    MatchState.ACCEPTED,
    MatchState.SCHEDULED,
    MatchState.HANDED_OVER,
    MatchState.CONFIRMED,
)
"""States in which a match holds back quantity of its line and of its offer."""

PROMISED = (MatchState.ACCEPTED, MatchState.SCHEDULED, MatchState.HANDED_OVER, MatchState.CONFIRMED)
"""States in which somebody has given their word."""

UNDER_WAY = (MatchState.ACCEPTED, MatchState.SCHEDULED, MatchState.HANDED_OVER)
"""Promised, and not yet confirmed."""

LIVE = (MatchState.INVITED, *UNDER_WAY)
"""Something is still expected of somebody."""

MATCH_MOVES: dict[MatchState, frozenset[MatchState]] = {
    MatchState.PROPOSED: frozenset({MatchState.INVITED, MatchState.CANCELLED}),
    MatchState.INVITED: frozenset(
        {MatchState.ACCEPTED, MatchState.DECLINED, MatchState.EXPIRED, MatchState.CANCELLED}
    ),
    MatchState.ACCEPTED: frozenset(
        {
            MatchState.SCHEDULED,
            MatchState.HANDED_OVER,
            MatchState.CONFIRMED,
            MatchState.CANCELLED,
            MatchState.DID_NOT_HAPPEN,
        }
    ),
    MatchState.SCHEDULED: frozenset(
        {
            MatchState.SCHEDULED,
            MatchState.HANDED_OVER,
            MatchState.CONFIRMED,
            MatchState.CANCELLED,
            MatchState.DID_NOT_HAPPEN,
        }
    ),
    MatchState.HANDED_OVER: frozenset({MatchState.CONFIRMED, MatchState.DID_NOT_HAPPEN}),
    MatchState.CONFIRMED: frozenset(),
    MatchState.DECLINED: frozenset(),
    MatchState.EXPIRED: frozenset(),
    MatchState.CANCELLED: frozenset(),
    MatchState.DID_NOT_HAPPEN: frozenset(),
}


class EndReason(StrEnum):
    """Why a match ended without being confirmed; never a score."""

    NONE = ""
    CANCELLED_EARLY = "cancelled_early"
    CANCELLED_LATE = "cancelled_late"
    NO_SHOW = "no_show"
    NOBODYS_FAULT = "nobodys_fault"
    ASKER_REFUSED = "asker_refused"
    LINE_CLOSED = "line_closed"
    OFFER_CLOSED = "offer_closed"
    CHANGED_BY_COORDINATOR = "changed_by_coordinator"


SAID_TO_GIVERS = frozenset({"giver_wish", "nearer_in_time"})
"""Reasons for choosing an offer before others that its giver reads. What the household wishes, what a coordinator knows
of it, and that somebody else did not answer, stay with the coordinators."""


class Confirmation(StrEnum):
    """By whose word a handover is confirmed."""

    CODE = "code"
    ASKER = "asker"
    CALL_BACK = "call_back"
    COUNTER = "counter"


UNSORTED = -1
"""Stands in a place for a line that has no tier yet; it comes before every tier."""


class Tier(IntEnum):
    """How severe a need is; 0 goes first."""

    CRITICAL = 0
    HIGH = 1
    NORMAL = 2


class TierReason(StrEnum):
    """What a coordinator bases the tier on."""

    HEALTH = "health"
    INFANT = "infant"
    NO_ROOF = "no_roof"
    HUNGER = "hunger"
    DEADLINE = "deadline"
    REPEATED = "repeated"
    ORDINARY = "ordinary"


class When(StrEnum):
    """By when help is needed."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ANY = "any"


class Delivery(StrEnum):
    """How the help reaches the household."""

    HOME = "home"
    PICK_UP = "pick_up"
    EITHER = "either"


class ContactWay(StrEnum):
    """How it is safe to reach the asker."""

    CALL = "call"
    MESSAGE = "message"
    NEITHER = "neither"


class Origin(StrEnum):
    """How a request came in."""

    WEB = "web"
    PHONE = "phone"
    ON_BEHALF = "on_behalf"
    CALL_BACK = "call_back"
    """Only a phone number was left; what is needed is said on the phone."""


class Requirement(StrEnum):
    """What a household needs the help to be like; an offer says which of them it provides."""

    BROUGHT_HOME = "brought_home"
    WOMAN = "woman"
    NO_STAIRS = "no_stairs"
    WHEELCHAIR = "wheelchair"
    HALAL = "halal"
    VEGETARIAN = "vegetarian"
    DIABETIC = "diabetic"
    LACTOSE_FREE = "lactose_free"
    GLUTEN_FREE = "gluten_free"
    ARABIC = "arabic"
    KURDISH = "kurdish"
    ENGLISH = "english"
    FRENCH = "french"
    SIGN_LANGUAGE = "sign_language"
    WOMEN_ONLY_HOUSE = "women_only_house"
    FAMILY_HOUSE = "family_house"


class Household(StrEnum):
    """Who would sleep under somebody's roof. A house of women only takes nobody of whom that is not known."""

    UNKNOWN = ""
    WOMEN = "women"
    """Women, with or without children."""
    MIXED = "mixed"
    """Men among them."""


class Rhythm(StrEnum):
    """How often an offer stands."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class OfferState(StrEnum):
    """Whether an offer can be matched."""

    OPEN = "open"
    CLOSED = "closed"


class Storage(StrEnum):
    """How food must be kept."""

    DRY = "dry"
    COLD = "cold"
    FROZEN = "frozen"
    HOT = "hot"


class ContactOutcome(StrEnum):
    """What came of a call or message."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_LATER = "call_later"


class RoundState(StrEnum):
    """Where a matching round stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


RECKONING = (RoundState.QUEUED, RoundState.RUNNING)
ROUND_PATIENCE = timedelta(minutes=2)
"""A round takes seconds. One that has been asked for longer than this ago and is not done was cut off: its worker was
stopped, or none is running. It no longer stands in the way of another."""

MOVES_NO_PROPOSAL = frozenset(
    {
        "call_asked_again",
        "community_created",
        "contact_logged",
        "contact_revealed",
        "contacts_exported",
        "join_asked",
        "line_referred",
        "message_written",
        "offer_taken_on",
        "owner_changed",
        "requests_compared",
        "round_asked",
        "run_sheet_opened",
        "search_words_added",
        "search_words_removed",
        "service_added",
        "service_confirmed",
        "services_imported",
        "sign_in_link_made",
        "still_needed",
        "still_needed_asked",
        "text_dropped",
        "text_sent",
        "token_made",
        "token_withdrawn",
    }
)
"""Verbs of the trail after which every proposal would be made again as it stands. Any other is taken to move one."""


class LinkKind(StrEnum):
    """How two requests belong together, as a person saw it."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


JOIN = "join"
"""What a person says beside a `LinkKind`: two requests are of one household, and are made one."""


class Side(StrEnum):
    """Who speaks: the household, or those who help."""

    ASKER = "asker"
    COORDINATOR = "coordinator"
    GIVER = "giver"


class Outcome(StrEnum):
    """What a round found for a line."""

    MET = "met"
    PART_MET = "part_met"
    OUT_RANKED = "out_ranked"
    NOTHING_IN_REACH = "nothing_in_reach"


class DayOrder(StrEnum):
    """In which order a sheet is to be read where day and month could be either."""

    ITS_OWN = ""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class DueKind(StrEnum):
    """What must not be forgotten: one row of the list of the day each."""

    CALL = "call"
    FOLLOW_UP = "follow_up"
    UNREACHABLE = "unreachable"
    STILL_NEEDED = "still_needed"
    TELL = "tell"
    INVITATION = "invitation"
    NO_TIME = "no_time"
    ADDRESS = "address"
    NO_WORD = "no_word"
    UNCONFIRMED = "unconfirmed"
    CONCERN = "concern"
    MONEY = "money"
    PERISHABLE = "perishable"


ENDED = (LineState.MET, LineState.CLOSED)
NOT_ENDED = tuple(state for state in LineState if state not in ENDED)
"""States of a line of which something is to come still, be it promised already."""
STILL_OPEN = (LineState.TRIAGE, LineState.OPEN, LineState.PART_MATCHED)
"""States of a line in which something is still looked for: only then is it asked whether it is needed."""
SPOILS_WITHIN = timedelta(days=2)
"""What is good no longer than this goes before what keeps."""
ANSWER_PATIENCE = timedelta(days=3)
"""So long an asker may take to answer whether it is still needed; then somebody calls."""
ASKED_MOST = OFFERED_MOST = MESSAGES_MOST = 30
"""Requests and offers of one sender, and messages in one thread, in an hour: each of them calls on somebody."""
REACH_KM_MOST = 100
QUANTITY_MOST = 10_000
LINES_MOST = 12
TEXT_MOST = 2000
"""Characters in notes, messages and call notes."""
DETAIL_MOST = 300
"""Characters in a line of description or thanks."""
NUMBER_DIGITS_MOST = 9
ESCALATION_DAYS_MOST = CHECK_DAYS_MOST = 365
REFERRAL_DAYS_MOST = 120
INVITATION_HOURS_MOST = 168
CODE_DIGITS, PIN_DIGITS = 3, 6
PIN_TRIES = 5
"""Tries of one sender at one number in a quarter of an hour; the right PIN begins the count anew."""
PIN_TRIES_MOST = 20
"""Tries of numbers and PINs from one address in a quarter of an hour, on pages and by programs together."""
PIN_TRIES_OF_ALL = 60
"""Tries of all senders together at one number in an hour: high, so that nobody locks others out easily."""
NAME_MOST = 80
HOURS_MOST = 120
"""Characters in a word about when it is safe to call."""
HOUSEHOLD_MOST = 60
CODE_TRIES_MOST = 5
"""Wrong delivery codes until only the household or a coordinator can confirm."""
DAY_BEGINS, DAY_ENDS = time(7), time(22)
"""Between these hours help comes without a question; at night the household is asked first."""
COMES_NOW_FOR = timedelta(hours=2)
"""How long a handover that was moved to this moment may take."""
LATE_HOURS = 12
"""Cancelling nearer to the handover than this is at short notice."""
