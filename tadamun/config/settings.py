"""Django's settings, made from the environment with safe defaults."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from tadamun.config.environment import Environment, flag, kept_secret, metrics_token
from tadamun.config.logs import logging_settings

ENVIRONMENT = Environment()
ENVIRONMENT.refuse_unsafe()
HOME: Path = ENVIRONMENT.home
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
PACKAGE = Path(__file__).resolve().parent.parent

DEMO = ENVIRONMENT.demo
DEBUG = ENVIRONMENT.debug
PUBLIC_URL = ENVIRONMENT.public_url
SECRET_KEY = kept_secret(HOME / "keys" / "session.key", environment="SECRET_KEY")
SEALING_KEYS = kept_secret(HOME / "keys" / "sealing.key", environment="SEALING_KEYS").split(",")
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "testserver",
    ENVIRONMENT.host,
]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.site_url] if ENVIRONMENT.site_url else []

INSTALLED_APPS = [
    "tadamun.web.apps.AdminSite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tadamun.design",
    "tadamun.foundation.idempotency",
    "tadamun.foundation.jobs",
    "tadamun.foundation.search",
    "tadamun.foundation.trail",
    "tadamun.foundation.people",
    "tadamun.foundation.notices",
    "tadamun.foundation.communities",
    "tadamun.foundation.places",
    "tadamun.foundation.catalogue",
    "tadamun.foundation.tokens",
    "tadamun.pillars.aid.directory",
    "tadamun.pillars.aid.needs",
    "tadamun.pillars.support.problems",
    "tadamun.pillars.support.circles",
    "tadamun.pillars.support.library",
    "tadamun.web",
]

MIDDLEWARE = [
    "tadamun.web.middleware.RequestId",
    "tadamun.web.middleware.SecurityHeaders",
    "tadamun.web.middleware.Health",
    "django.middleware.security.SecurityMiddleware",
    "tadamun.web.compression.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tadamun.web.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tadamun.web.middleware.ProgramToken",
    "tadamun.web.middleware.SecondFactor",
    "tadamun.web.middleware.CurrentCommunity",
    "tadamun.web.middleware.TypedErrors",
]

ROOT_URLCONF = "tadamun.config.urls"
WSGI_APPLICATION = "tadamun.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tadamun.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "tadamun.design.fields.FormRenderer"

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'tadamun.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;"),
    }
    # Threads of the live server and of the concurrency tests share the file, never one in-memory connection.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # Limits live here: with room for few entries, a flood of tries would push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 200_000, "CULL_FREQUENCY": 10},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["tadamun.design.formats"]
REGION = os.environ.get("REGION", "JO")
USE_I18N = True
USE_TZ = True
METRICS_TOKEN = metrics_token()
LAST_BACKUP = "last-backup"
"""A file in HOME that `tadamun backup` touches: its date is the last copy's."""
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
ACCOUNT_ADAPTER = "tadamun.foundation.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Time to install an app for the second factor, straight after opening an account or signing in.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Six digits and three tries a code: without the second limit a patient guesser would get in within months.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    # Wrong passwords count by account and address together, so that a stranger's tries do not lock its owner out;
    # only many addresses together reach the second limit, which counts by account alone.
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_anywhere": "100/h/key",
    "confirm_email": "1/m/key",
}
ACCOUNT_FORMS = {
    "login": "tadamun.foundation.people.sign_in_forms.SignInForm",
    "signup": "tadamun.foundation.people.sign_in_forms.SignUpForm",
    "add_email": "tadamun.foundation.people.sign_in_forms.ChangeEmailForm",
    "change_password": "tadamun.foundation.people.sign_in_forms.ChangePasswordForm",
    "set_password": "tadamun.foundation.people.sign_in_forms.SetPasswordForm",
    "reset_password": "tadamun.foundation.people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "tadamun.foundation.people.sign_in_forms.NewPasswordForm",
    "request_login_code": "tadamun.foundation.people.sign_in_forms.RequestCodeForm",
    "confirm_login_code": "tadamun.foundation.people.sign_in_forms.ConfirmCodeForm",
    "reauthenticate": "tadamun.foundation.people.sign_in_forms.ReauthenticateForm",
    "change_phone": "tadamun.foundation.people.sign_in_forms.ChangePhoneForm",
    "verify_phone": "tadamun.foundation.people.sign_in_forms.ConfirmPhoneForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PHONE_VERIFICATION_ENABLED = bool(SMS_GATEWAY_URL)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
MFA_ADAPTER = "tadamun.web.second_factor.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "tadamun.foundation.people.second_factor_forms.AuthenticateForm",
    "reauthenticate": "tadamun.foundation.people.second_factor_forms.ReauthenticateForm",
    "activate_totp": "tadamun.foundation.people.second_factor_forms.ActivateForm",
    "add_webauthn": "tadamun.foundation.people.passkey_forms.AddForm",
    "edit_webauthn": "tadamun.foundation.people.passkey_forms.RenameForm",
    "login_webauthn": "tadamun.foundation.people.passkey_forms.SignInForm",
    "authenticate_webauthn": "tadamun.foundation.people.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "tadamun.foundation.people.passkey_forms.ReauthenticateForm",
}
# The doors of passkeys always stand, so that one that no longer works can be removed; whether passkeys are offered
# hangs on PUBLIC_URL (tadamun/web/second_factor.py).
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey stands for two factors only when the device asks for a finger, a face or a PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Neighbours often share one address; there is no secret here to be guessed.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = "Tadamun"
SILENCED_SYSTEM_CHECKS = ["account.W001"]

SESSION_ENGINE = "tadamun.foundation.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tadamun.web.errors.form_out_of_date"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.production:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = flag("SSL_REDIRECT", default=True)
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "1" if flag("BEHIND_PROXY") else "0"))

QUICK_EXIT_URL = os.environ.get("QUICK_EXIT_URL", "https://www.wikipedia.org/")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "tadamun@localhost")

LOGGING_CONFIG = None
logging_settings(level=os.environ.get("LOG_LEVEL", "INFO"))
