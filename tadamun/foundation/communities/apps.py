"""Django's registration of communities."""

from __future__ import annotations

from django.apps import AppConfig


class Communities(AppConfig):
    """Communities, their members and roles."""

    name = "tadamun.foundation.communities"
    label = "communities"

    def ready(self) -> None:
        """Register the roles that every community has, the words of its notices, and its repeated work."""
        from django.utils.translation import gettext_lazy as _

        from tadamun.foundation.communities import wording  # noqa: F401  # importing registers them
        from tadamun.foundation.communities.services import texts, tidying  # noqa: F401
        from tadamun.foundation.communities.vocabulary import Role, register_role

        register_role(code=Role.MEMBER, label=_("Member"), sees_names=False)
        register_role(code=Role.VOLUNTEER, label=_("Volunteer"), sees_names=False)
        register_role(code=Role.COORDINATOR, label=_("Coordinator"), sees_names=True)
        register_role(code=Role.FACILITATOR, label=_("Facilitator"), sees_names=False)
        register_role(code=Role.STEWARD, label=_("Steward"), sees_names=True)
        register_role(code=Role.AUDITOR, label=_("Auditor"), sees_names=True)
