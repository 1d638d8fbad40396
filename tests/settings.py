"""The settings under test: the real ones, over a temporary folder that goes away with the process."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="tadamun-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in (
    "TADAMUN_DEMO",
    "TADAMUN_ENV",
    "TADAMUN_DEBUG",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_HOST",
    "METRICS_TOKEN",
    "SMS_GATEWAY_URL",
):
    os.environ.pop(_name, None)
os.environ["TADAMUN_HOME"] = _home
os.environ["LOG_LEVEL"] = "CRITICAL"

from tadamun.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PUBLIC_URL = "http://localhost:8000"
"""By its name, not by its number: browsers make passkeys for names alone."""
