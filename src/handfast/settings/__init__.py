"""Django's settings, made from the environment; `environment.py` says what may stand there."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from handfast.foundation.languages import LANGUAGE_NAMES
from handfast.settings.database import databases_of
from handfast.settings.environment import Mode, environment_of

ENVIRONMENT = environment_of(os.environ)
IS_LOCAL = ENVIRONMENT.mode is Mode.local
IS_PRODUCTION = ENVIRONMENT.mode is Mode.production
IS_TEST = ENVIRONMENT.mode is Mode.test

# What the rooms may ask, as `django.conf.settings.HANDFAST_…`: they stand below the settings and cannot import them.
HANDFAST_MODE = ENVIRONMENT.mode.value
HANDFAST_HOME = ENVIRONMENT.home
HANDFAST_RECORDS = ENVIRONMENT.records
HANDFAST_ADDRESS = ENVIRONMENT.address.origin
HANDFAST_UPLOAD_LIMIT = ENVIRONMENT.upload_limit_bytes
HANDFAST_FILE_LIMIT = ENVIRONMENT.file_limit_bytes
HANDFAST_FILE_QUOTA = ENVIRONMENT.file_quota_bytes
HANDFAST_SCANNER = ENVIRONMENT.scanner
HANDFAST_ANSWER_ADDRESS = ENVIRONMENT.answer_address
HANDFAST_MAIL_AUTHORITY = ENVIRONMENT.mail_authority
HANDFAST_CHANNEL_NETWORKS = ENVIRONMENT.channel_networks
HANDFAST_TIME_ZONE = ENVIRONMENT.time_zone
HANDFAST_DATABASE_ROLE = ENVIRONMENT.database_role
HANDFAST_COMPANIES = ENVIRONMENT.companies  # by whose own sign-in people may enter

# In the order of time, and before the libraries, so that a room's template is found before the library's own.
# A room with models, templates or static files has an apps.py.
ROOMS = (
    "foundation",
    "people",
    "engagement",
    "evidence",
    "records",
    "governance",
    "surveys",
    "contract",
    "transition",
    "learning",
    "readiness",
    "operate",
    "packs",
    "journeys",
)
PACKAGE = Path(__file__).resolve().parent.parent
INSTALLED_ROOMS = tuple(room for room in ROOMS if (PACKAGE / room / "apps.py").exists())
INSTALLED_APPS = [
    *(f"handfast.{room}" for room in INSTALLED_ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "handfast.foundation.web.headers.PolicyHeaders",
    "handfast.foundation.web.unreadable.ReadableMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handfast.people.web.seen.SeenMiddleware",  # for the library's, which writes at every request
    "handfast.people.web.entering.ReachMiddleware",
    "handfast.people.web.speaking.SpeakingMiddleware",
    "handfast.foundation.web.refusing.RefusalMiddleware",
]

DEBUG = False  # a fault's details go to the log of the installation, never to a page
SECRET_KEY = ENVIRONMENT.secret_key
ROOT_URLCONF = "handfast.urls"
WSGI_APPLICATION = "handfast.settings.wsgi.application"
ALLOWED_HOSTS = (
    [ENVIRONMENT.address.host] if IS_PRODUCTION else [ENVIRONMENT.address.host, "127.0.0.1", "localhost"]
)
if IS_TEST:
    ALLOWED_HOSTS.append("testserver")
DATABASES = databases_of(ENVIRONMENT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "handfast.journeys.frame.framing",
            ],
        },
    }
]

# Who signs in, and how.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if IS_TEST else []),
]
if IS_TEST:
    PASSWORD_HASHERS.reverse()  # a test signs in often, and Argon2 is slow on purpose
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "handfast.people.web.adapter.Doorkeeper"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody's mailbox is filled by strangers who guess addresses
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"reset_password": "handfast.people.web.resetting.ResetForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"answer_survey": "30/m/ip"}  # by the link for all; the library's own limits stay
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=15).total_seconds())
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ENVIRONMENT.address.scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Handfast"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION  # a desk speaks plain http on its own loopback
USERSESSIONS_TRACK_ACTIVITY = True
# The tries to sign in are counted for all processes together: a cache of each would let everyone try as often as there are
# processes. Tests count in their own, which one of them holds against this one.
TRIES = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_tries"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} if IS_TEST else TRIES}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies

# What a browser may do with our pages.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxies else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SILENCED_SYSTEM_CHECKS = [
    "security.W021"
]  # preloading binds a whole domain: its owner decides, not an application
SESSION_COOKIE_NAME = "__Host-handfast-session" if IS_PRODUCTION else "handfast-session"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
CSRF_COOKIE_NAME = "__Host-handfast-form" if IS_PRODUCTION else "handfast-form"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
CSRF_COOKIE_SAMESITE = "Lax"

# Files: what is served, what is uploaded. An upload goes to a file at once: it may be larger than the memory.
STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HANDFAST_HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_TEST
FILE_UPLOAD_HANDLERS = [
    "handfast.foundation.files.receiving.WithinLimit",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = ENVIRONMENT.home / "uploads"
# What a request holds beside its files. Terms have at most 1 MB, which a form may write three times as long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

MAIL = ENVIRONMENT.mail
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = ENVIRONMENT.home / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender if MAIL else f"handfast@{ENVIRONMENT.address.host}"
if MAIL:
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls_from_start, not MAIL.is_tls_from_start

LANGUAGE_CODE = "en"
USE_I18N = True
LANGUAGES = list(LANGUAGE_NAMES.items())
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "handfast": {"level": "INFO"},
    },
}
