"""Django's registration of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    """Work done later by the worker: queued once, retried, and repeated on schedule."""

    name = "tadamun.foundation.jobs"
    label = "jobs"
