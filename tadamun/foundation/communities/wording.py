"""The words of the notices that communities send."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.foundation.notices.wording import register_wording

register_wording(
    kind="communities.join_asked",
    subject=_("Somebody asks to join"),
    body=_("Somebody asks to join %(community)s."),
)
register_wording(
    kind="communities.join_accepted",
    subject=_("Welcome to the community"),
    body=_("You now belong to %(community)s. Welcome."),
)
register_wording(
    kind="communities.join_declined",
    subject=_("An answer to your request to join"),
    body=_("%(community)s cannot take you in at the moment. You may ask again, or call to talk about it."),
)
register_wording(
    kind="communities.role_given",
    subject=_("You have a new role"),
    body=_("You have a new role in %(community)s."),
)
register_wording(
    kind="communities.role_ended",
    subject=_("One of your roles has ended"),
    body=_("One of your roles in %(community)s has ended. Thank you for what you did."),
)
register_wording(
    kind="communities.member_verified",
    subject=_("You are verified"),
    body=_("You are verified in %(community)s, and can help in people's homes."),
)
register_wording(
    kind="communities.verification_withdrawn",
    subject=_("Your verification has ended"),
    body=_("Your verification in %(community)s has ended. A coordinator can explain why."),
)
register_wording(
    kind="communities.overnight_approved",
    subject=_("You can host overnight"),
    body=_("%(community)s has agreed that you can host people overnight."),
)
register_wording(
    kind="communities.overnight_withdrawn",
    subject=_("Hosting overnight has ended"),
    body=_("You can no longer host people overnight in %(community)s. A coordinator can explain why."),
)
register_wording(
    kind="communities.member_removed",
    subject=_("You no longer belong to a community"),
    body=_("You no longer belong to %(community)s. You may call to talk about it."),
)
