"""The WSGI door that granian serves."""

from __future__ import annotations

import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadamun.config.settings")
application = get_wsgi_application()

if settings.ENVIRONMENT.production:
    from django.db import DatabaseError

    from tadamun.config.demonstration import refuse_left_over_demonstration

    # A database that is away or not laid out yet is said by /readyz; it serves nobody meanwhile.
    with suppress(DatabaseError):
        refuse_left_over_demonstration()
