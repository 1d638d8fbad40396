"""Django's registration of tokens."""

from __future__ import annotations

from django.apps import AppConfig


class Tokens(AppConfig):
    """What somebody gives a program, so that it may do a part of what they may."""

    name = "tadamun.foundation.tokens"
    label = "tokens"
