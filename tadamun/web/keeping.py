"""What is kept, for how long, and who sees it: the privacy page is made of this list, and a test holds it to the code.

Each entry names the models it speaks of, so that a new model without an entry is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kept:
    """One kind of record: what it holds, how it is stored, who sees it, how long it stays."""

    what: Any
    seen_by: Any
    how: Any
    how_long: Any
    models: tuple[str, ...]


_UNTIL_FORGOTTEN = _("Until the person asks to be forgotten")
KEEPING: tuple[Kept, ...] = (
    Kept(
        _("Account: name, phone, e-mail, language"),
        _("The person; coordinators see the name"),
        _("Phone encrypted, password as a hash, of a passkey its public half alone"),
        _("Until the account is deleted"),
        ("people.Person", "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"),
    ),
    Kept(
        _("Requests: what is needed, for how many, area, safe hours"),
        _("Whoever asked, and coordinators"),
        _("Phone, address and notes encrypted; name and phone open under a log entry only"),
        _UNTIL_FORGOTTEN,
        ("needs.Request", "needs.NeedLine", "needs.RequestLink", "needs.ContactAttempt", "needs.Referral"),
    ),
    Kept(
        _("Sheets of requests that a coordinator hands in"),
        _("Coordinators, until the sheet is closed"),
        _("Rows encrypted; what was taken in is known again by a keyed hash alone"),
        _("The rows go when the sheet is closed, after thirty days at most"),
        ("needs.SheetImport", "needs.ImportedRow", "needs.KnownColumns"),
    ),
    Kept(
        _("Address"),
        _("Coordinators under a log entry; the matched volunteer on the day of the handover"),
        _("Encrypted; lists and maps show an approximate cell"),
        _UNTIL_FORGOTTEN,
        ("places.Place",),
    ),
    Kept(
        _("Messages and what was said of a stay"),
        _("Whoever asked, and coordinators; a concern is read by coordinators alone"),
        _("Encrypted"),
        _UNTIL_FORGOTTEN,
        ("needs.Message", "needs.StayConcern"),
    ),
    Kept(
        _("Offers and matches"),
        _("Giver and coordinators; the asker sees a first name"),
        _("Phone encrypted, delivery code encrypted"),
        _("The sums stay; names go when the person is forgotten"),
        ("needs.Offer", "needs.OfferSlot", "needs.ShelterDetails", "needs.Match", "needs.Stay"),
    ),
    Kept(
        _("Matching rounds and distribution lists"),
        _("Members see counts from eleven up; auditors named by the community read the files"),
        _("Codes and places as numbers, no names"),
        _("They stay, so that a round can be checked later; its files go when a person in them is forgotten"),
        (
            "needs.Round",
            "needs.RoundOutcome",
            "needs.StandingPlan",
            "needs.StandingOutcome",
            "needs.Distribution",
            "needs.DistributionSeat",
        ),
    ),
    Kept(
        _("The directory: who confirmed a service, and when"),
        _(
            "Services are public, a confidential address is for coordinators; who confirmed is shown to nobody"
        ),
        _("Confidential addresses encrypted"),
        _("Services stay; the name goes when a person is forgotten"),
        ("directory.Service", "directory.Location"),
    ),
    Kept(
        _("Files of services that a coordinator hands in"),
        _("Coordinators"),
        _(
            "The file encrypted while it waits to be read; then what was taken, set right or not taken, by code"
        ),
        _("The file until it is read, the report thirty days; the name goes when a person is forgotten"),
        ("directory.FileReading",),
    ),
    Kept(
        _("The library: what is lent, who has it, who waits for it, what broke"),
        _("Whoever borrows, and the counter; the lender sees a first name; nobody else knows who has what"),
        _(
            "Name and phone of people without an account, and what broke, encrypted; calendar addresses as hashes"
        ),
        _("Names of people without an account a month after the loan; others until the person is forgotten"),
        (
            "library.Item",
            "library.Booking",
            "library.WaitingPlace",
            "library.Introduction",
            "library.RepairTicket",
            "library.CalendarFeed",
        ),
    ),
    Kept(
        _("Photos of what is lent"),
        _("Whoever may see the thing"),
        _("Written anew without place, time and camera"),
        _("Until they are taken away"),
        ("library.Photo",),
    ),
    Kept(
        _("Support circles: who is inside, what is written, talks with a listener"),
        _(
            "Whoever is inside; who asks and who came, its hosts alone; of a talk its two. "
            "Coordinators see nothing of it"
        ),
        _("Chosen names and words encrypted; in no search, export or log"),
        _(
            "Messages as long as the circle chose, sixty days at most; a talk until it ends; a seat until one leaves"
        ),
        (
            "circles.Seat",
            "circles.Session",
            "circles.Attendance",
            "circles.Message",
            "circles.Hush",
            "circles.Report",
            "circles.Talk",
            "circles.TalkLine",
        ),
    ),
    Kept(
        _("Listeners: languages, how one talks, how often a week"),
        _("The listener; coordinators confirm the training"),
        _("The chosen name and the address of the room encrypted"),
        _UNTIL_FORGOTTEN,
        ("circles.Listener",),
    ),
    Kept(
        _("Common problems: who raised one, whom it affects, who follows it, ideas and reasons"),
        _("Texts are for members, for everybody once they were opened; of people only numbers are shown"),
        _("Who it was beside it; an area is named from eleven people up"),
        _("The person goes when forgotten; a problem that nobody shares goes with them"),
        ("problems.Problem", "problems.Affected", "problems.Follower", "problems.Idea", "problems.Reason"),
    ),
    Kept(
        _("Working groups: who is in them, their steps, what they asked for or offered, thanks"),
        _("Names are for the group and whoever steers it; others see how many they are"),
        _("Steps as text, whose they are beside it"),
        _UNTIL_FORGOTTEN,
        ("problems.GroupMember", "problems.Step", "problems.GroupPost", "problems.Thanks"),
    ),
    Kept(
        _("Photos of common problems"),
        _("Whoever may see the problem; one that was reported, coordinators alone until they decide"),
        _("Written anew without place, time and camera"),
        _("Until they are taken away, or whoever added them is forgotten"),
        ("problems.Picture",),
    ),
    Kept(
        _("Tokens of programs that act for somebody"),
        _("The person alone"),
        _("As a keyed hash; name, scopes and the day of the last use"),
        _("Until they are withdrawn or run out, a year at most"),
        ("tokens.Token",),
    ),
    Kept(
        _("Consents"),
        _("The person, and coordinators"),
        _("Which text, when, who wrote it down, and when it was withdrawn"),
        _("They stay without the name, as proof"),
        ("people.Consent",),
    ),
    Kept(
        _("Who looked at a name, place or phone"),
        _("The person concerned"),
        _("Who, what, when and why"),
        _("It stays; the names go when a person is forgotten"),
        ("people.Reveal",),
    ),
    Kept(
        _("Membership, roles, invitations, requests to join"),
        _("Coordinators and stewards"),
        _("Links as keyed hashes only"),
        _("Roles end with the membership; that there was one stays"),
        (
            "communities.Membership",
            "communities.RoleGrant",
            "communities.Invitation",
            "communities.JoinRequest",
            "people.SignInLink",
        ),
    ),
    Kept(
        _("Notices"),
        _("The person; texts to be sent by hand are opened under a log entry"),
        _("Encrypted, as codes and numbers; the words are put in when read"),
        _UNTIL_FORGOTTEN,
        ("notices.Notice", "notices.Delivery"),
    ),
    Kept(
        _("Words that search finds requests, offers and members by"),
        _("Nobody reads them; search shows each person what their pages show"),
        _("Single words without their text; names and phones as keyed hashes, sealed texts not at all"),
        _("As long as what they lead to, and taken out with it at once"),
        (
            "search.Entry",
            "search.Built",
        ),
    ),
    Kept(
        _("The trail of what was done"),
        _("Whoever runs the instance"),
        _("Codes, ids and amounts, never names, texts or phones"),
        _("It cannot be changed or deleted"),
        ("trail.TrailEntry", "trail.TrailHead"),
    ),
    Kept(
        _("Changes to the configuration"),
        _("Whoever runs the instance"),
        _("Which setting or category, when, and by whom"),
        _("It stays; the names go when a person is forgotten"),
        ("admin.LogEntry",),
    ),
    Kept(
        _("Sessions, form tokens, limits"),
        _("Nobody"),
        _("Keyed hashes; no address of a device is stored in readable form"),
        _("Form tokens three days; a session until signing out, two weeks at most"),
        ("people.Session", "idempotency.ReceivedForm"),
    ),
)
PUBLIC_OR_TECHNICAL = (
    "communities.Community",
    "places.Area",
    "catalogue.Category",
    "catalogue.HiddenCategory",
    "circles.Circle",
    "circles.DistressPhrase",
    "circles.CareLine",
    "directory.Source",
    "directory.Organisation",
    "directory.ServiceAtLocation",
    "directory.Schedule",
    "directory.Phone",
    "directory.RequiredDocument",
    "directory.ServiceLanguage",
    "directory.Term",
    "directory.ServiceTerm",
    "library.Copy",
    "needs.MatchingPolicy",
    "needs.RequestCounter",
    "search.WordGroup",
    "problems.Event",
    "jobs.Schedule",
    "django_tasks_database.DBTaskResult",
    "auth.Permission",
    "auth.Group",
    "contenttypes.ContentType",
)
"""Models that hold nothing of any person."""
