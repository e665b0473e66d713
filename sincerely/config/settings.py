"""Every setting, read from the environment. The table in docs/operations.md explains each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from sincerely.config import postgres

env = environ.Env()

HOME = Path(env("SINCERELY_HOME", default="./var")).resolve()
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("SINCERELY_DEMO", default=False)
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")


def _secret_key() -> str:
    """The key from the environment, or one made once and kept in the home folder."""
    if given := env("SECRET_KEY", default=""):
        return given
    postgres.make_home(HOME)
    return postgres.read_or_make_secret(HOME / "secret-key", 50)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEMO or DEBUG else [])
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [environ.urlparse(PUBLIC_URL).hostname or "localhost", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])
# How many reverse proxies stand before us: so many entries of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "sincerely.kernel.unsent.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "SAMEORIGIN"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    # Before allauth and django.forms: our templates take the place of theirs.
    "sincerely.kernel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sincerely.accounts",
    "sincerely.outbox",
    "sincerely.documents",
    "sincerely.hiring",
    "sincerely.support",
    "sincerely.inbound",
    "sincerely.careers",
    "sincerely.desk",
    "sincerely.operator",
    "sincerely.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sincerely.kernel.middleware.ClientAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sincerely.accounts.second_factor.RequireSecondFactor",
]

ROOT_URLCONF = "sincerely.config.urls"
WSGI_APPLICATION = "sincerely.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sincerely.kernel.context.support",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

if url := env("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url_config(url)}
else:
    DATABASES = {"default": postgres.connection_settings(HOME)}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "OPTIONS": {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL_SIZE", default=12),
            "timeout": env.int("DATABASE_POOL_TIMEOUT", default=5),
        },
        # Used by kernel/prepared.py alone; a pooler between may not know prepared statements.
        "prepare_threshold": 5 if env.bool("DATABASE_PREPARE", default=True) else None,
    },
    # A connection that a restart of the server cut is noticed before a request uses it.
    "CONN_HEALTH_CHECKS": True,
}

# Shared by all processes: allauth counts tries and remembers used codes here.
CACHES = {"default": {"BACKEND": "sincerely.accounts.shared_cache.SharedCache"}}

AUTH_USER_MODEL = "accounts.Identity"
AUTHENTICATION_BACKENDS = ["sincerely.accounts.backend.Backend"]
SESSION_ENGINE = "sincerely.accounts.sessions"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
# Needs memory as well as time, and half the CPU of Django's default.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "sincerely.outbox.account_mail.MailingAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 15
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Beside allauth's own limits: nobody's mailbox is flooded in our name.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "reset_password": "20/m/ip,5/m/key,10/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "sincerely.accounts.forms.LoginForm",
    "request_login_code": "sincerely.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "sincerely.accounts.forms.ConfirmLoginCodeForm",
    "reset_password": "sincerely.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "sincerely.accounts.forms.ResetPasswordKeyForm",
    "change_password": "sincerely.accounts.forms.ChangePasswordForm",
    "set_password": "sincerely.accounts.forms.SetPasswordForm",
    "reauthenticate": "sincerely.accounts.forms.ConfirmPasswordForm",
    "add_email": "sincerely.accounts.forms.ChangeEmailForm",
}
MFA_FORMS = {
    "authenticate": "sincerely.accounts.forms.AuthenticateForm",
    "reauthenticate": "sincerely.accounts.forms.ReauthenticateForm",
    "activate_totp": "sincerely.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "sincerely.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "sincerely.accounts.forms.EditPasskeyForm",
}
# allauth's reason to say no is a stranger who signs up with my address; here nobody signs up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = f"sincerely at {environ.urlparse(PUBLIC_URL).hostname}"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Whether members and operators must add a second step before they may work.
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", default=False)

EMAIL_URL = env("EMAIL_URL", default="smtp://127.0.0.1:1025")
globals().update(env.email_url("EMAIL_URL", default=EMAIL_URL))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Instead of SMTP a provider's API, by its name at django-anymail, such as "postmark".
if EMAIL_PROVIDER := env("EMAIL_PROVIDER", default=""):
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
# Providers whose reports and inbound mail are taken at /hooks/mail/.
EMAIL_HOOKS = env.list("EMAIL_HOOKS", default=[EMAIL_PROVIDER] if EMAIL_PROVIDER else [])
# What Anymail calls POSTMARK_SERVER_TOKEN is ANYMAIL_POSTMARK_SERVER_TOKEN in the environment.
ANYMAIL = {"REQUESTS_TIMEOUT": EMAIL_TIMEOUT} | {
    name.removeprefix("ANYMAIL_"): value
    for name, value in env.ENVIRON.items()
    if name.startswith("ANYMAIL_")
}
# Mails a minute: in the name of one employer, and to one domain. 0 is without a limit.
MAIL_PER_EMPLOYER = env.int("MAIL_PER_EMPLOYER", default=6_000)
MAIL_PER_DOMAIN = env.int("MAIL_PER_DOMAIN", default=3_600)
# Where proof of delivery comes back to: <token>@BOUNCE_DOMAIN, one token for each message.
HOST = environ.urlparse(PUBLIC_URL).hostname or "localhost"
# A bare number is no mail domain (RFC 5321, 4.1.3).
MAIL_DOMAIN = env("MAIL_DOMAIN", default=HOST if HOST.strip("0123456789.:") else "localhost")
BOUNCE_DOMAIN = env("BOUNCE_DOMAIN", default=f"bounces.{MAIL_DOMAIN}")
# Where answers to our mails go, to be read by mailin, too; empty: to the employer's own address.
REPLY_DOMAIN = env("REPLY_DOMAIN", default="")
# Who sends through a mail server of their own signs here (RFC 6376); a provider signs by itself.
DKIM_KEY_FILE = env("DKIM_KEY_FILE", default="")
DKIM_SELECTOR = env("DKIM_SELECTOR", default="sincerely")
# Where applications by mail go to, to be read by mailin, too; empty: none are taken by mail.
APPLY_DOMAIN = env("APPLY_DOMAIN", default="").lower()
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"sincerely <no-reply@{MAIL_DOMAIN}>")
# Where the demo's mail server keeps what it got; shown at /sink/.
SINK_FOLDER = HOME / "sink"
# `sincerely mailin` receives delivery reports and replies here, behind a mail server.
INBOUND_PORT = env.int("INBOUND_PORT", default=1026)
INBOUND_MAX_BYTES = env.int("INBOUND_MAX_BYTES", default=30 * 1024 * 1024)
# A mailbox that `sincerely imap` reads: imaps://user:password@host:port/folder.
INBOUND_IMAP_URL = env("INBOUND_IMAP_URL", default="")
INBOUND_IMAP_POLL_SECONDS = env.int("INBOUND_IMAP_POLL_SECONDS", default=60)
# The operator's own channel for trouble with the application system; shown on every page.
SUPPORT_EMAIL = env("SUPPORT_EMAIL", default=f"support@{MAIL_DOMAIN}")
SUPPORT_PHONE = env("SUPPORT_PHONE", default="")
# The phone line (docs/voice.md): what the provider signs its requests with, for all numbers (the
# present token, and the former one while it is changed) or for each.
VOICE_AUTH_TOKENS = env.list("VOICE_AUTH_TOKENS", default=[])
VOICE_AUTH_TOKEN_OF = env.dict("VOICE_AUTH_TOKEN_OF", default={})
# Where recordings are fetched from, and from nowhere else.
VOICE_RECORDING_ORIGINS = env.list("VOICE_RECORDING_ORIGINS", default=["https://api.twilio.com"])
VOICE_RECORDING_MAX_BYTES = env.int("VOICE_RECORDING_MAX_BYTES", default=10 * 1024 * 1024)
# Whether the provider is asked for a transcript, which it may charge for.
VOICE_TRANSCRIBE = env.bool("VOICE_TRANSCRIBE", default=False)
# Business days within which support answers; then the applicant may turn to the employer.
SUPPORT_REPLY_DAYS = env.int("SUPPORT_REPLY_DAYS", default=1)

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "sincerely.documents.storage.DurableStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=10 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "sincerely.documents.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UNFINISHED_FILE_DAYS = env.int("UNFINISHED_FILE_DAYS", default=7)
# Larger bodies go to a temporary file: a few at once must not fill the memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
# Answers to questions and texts, without the file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Application forms sent in an hour. A whole school may apply from one address on one morning.
APPLICATIONS_PER_ADDRESS = env.int("APPLICATIONS_PER_ADDRESS", default=300)
APPLICATIONS_PER_JOB = env.int("APPLICATIONS_PER_JOB", default=5_000)
APPLICATIONS_PER_EMAIL = env.int("APPLICATIONS_PER_EMAIL", default=60)

UNDO_MINUTES = env.int("UNDO_MINUTES", default=10)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# A worker that gives no sign of life (every 10 s) for so long is dead; its jobs are given back.
WORKER_SILENT_SECONDS = env.int("WORKER_SILENT_SECONDS", default=60)
PROCRASTINATE_ON_APP_READY = "sincerely.kernel.jobs.on_app_ready"
PROCRASTINATE_IMPORT_PATHS = [
    "sincerely.kernel.jobs",
    "sincerely.accounts.jobs",
    "sincerely.outbox.jobs",
    "sincerely.inbound.jobs",
    "sincerely.inbound.voice.jobs",
    "sincerely.documents.jobs",
    "sincerely.hiring.closing",
    "sincerely.hiring.jobs",
    "sincerely.hiring.link_again",
    "sincerely.support.jobs",
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
