"""What is done in and with a community."""

from __future__ import annotations

from tadamun.foundation.communities.services.finding import findable
from tadamun.foundation.communities.services.founding import create_community, invite_first_steward
from tadamun.foundation.communities.services.inviting import (
    accept_invitation,
    make_invitation,
    withdraw_invitation,
)
from tadamun.foundation.communities.services.joining import accept_join, ask_to_join, decline_join
from tadamun.foundation.communities.services.leaving import forget_person, leave, remove_member
from tadamun.foundation.communities.services.membership import add_member
from tadamun.foundation.communities.services.roles import grant_role, revoke_role
from tadamun.foundation.communities.services.settings import (
    CommunityFacts,
    HelplineFacts,
    change_community,
    change_helpline,
    switch_apps,
)
from tadamun.foundation.communities.services.signing_in import hand_over_sign_in_link
from tadamun.foundation.communities.services.texts import (
    decide_unsure,
    drop_text,
    mark_text_sent,
    open_text,
    unsure_sendings,
    waiting_texts,
)
from tadamun.foundation.communities.services.verifying import (
    approve_overnight,
    verify_member,
    withdraw_overnight,
    withdraw_verification,
)

__all__ = [
    "CommunityFacts",
    "HelplineFacts",
    "accept_invitation",
    "accept_join",
    "add_member",
    "approve_overnight",
    "ask_to_join",
    "change_community",
    "change_helpline",
    "create_community",
    "decide_unsure",
    "decline_join",
    "drop_text",
    "findable",
    "forget_person",
    "grant_role",
    "hand_over_sign_in_link",
    "invite_first_steward",
    "leave",
    "make_invitation",
    "mark_text_sent",
    "open_text",
    "remove_member",
    "revoke_role",
    "switch_apps",
    "unsure_sendings",
    "verify_member",
    "waiting_texts",
    "withdraw_invitation",
    "withdraw_overnight",
    "withdraw_verification",
]
