"""Every setting, read from the environment, safe by default, running with nothing set.

The list of areas below, from the ground up, is the map of the house (docs/map.md).
"""

import os
import secrets
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from dekaan.core.single_sign_on import single_sign_on, where_forms_lead

CHECKOUT = Path(__file__).resolve().parent.parent

# Where the database, uploads and keys live. A technician changes it.
# Beside the code in a checkout; in the person's own folder when installed from the wheel.
_USUAL = CHECKOUT / "data" if (CHECKOUT / "manage.py").exists() else Path.home() / ".local" / "share" / "dekaan"
DATA = Path(os.environ.get("DEKAAN_DATA") or _USUAL)
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)

# "production" refuses unsafe settings at start (dekaan/core/checks.py); "demonstration" shows invented people only.
MODE = os.environ.get("DEKAAN_MODE") or "demonstration"
if MODE not in {"demonstration", "production"}:
    raise ImproperlyConfigured(f"DEKAAN_MODE is “{MODE}”; it is either production or demonstration.")
PRODUCTION = MODE == "production"
DEBUG = os.environ.get("DEKAAN_DEBUG") == "1"
if PRODUCTION:
    os.umask(0o077)  # whatever is written from now on is its owner's alone: the database, uploads, exports, backups


def _secret_key() -> str:
    """The key that signs sessions: from the environment, else made once and kept in the data folder."""
    if key := os.environ.get("DEKAAN_SECRET_KEY"):
        return key
    file = DATA / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    if not (key := file.read_text().strip()):
        raise ImproperlyConfigured(
            f"{file.name} in the data folder is empty. Delete it: everybody then signs in again."
        )
    return key


SECRET_KEY = _secret_key()
# By which names the service is reached, with commas. In production nobody is answered under a name not given here.
ALLOWED_HOSTS = os.environ.get("DEKAAN_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver").split(",")
# The key of the audit trail stands outside the database; several machines share one through the environment.
AUDIT_KEY = os.environ.get("DEKAAN_AUDIT_KEY", "")
AUDIT_KEY_FILE = DATA / "audit-key"
AUDIT_HEADS = DATA / "audit-heads"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DEKAAN_ORIGINS", "").split(",") if o]

# The demonstration lives around a fixed day when this is set (YYYY-MM-DD); nobody else changes it.
TODAY = os.environ.get("DEKAAN_TODAY", "")
if TODAY:
    date.fromisoformat(TODAY)  # refuses at start what is no day

AREAS = [  # bottom to top
    "dekaan.core",
    "dekaan.audit",
    "dekaan.schools",
    "dekaan.frameworks",
    "dekaan.access",
    "dekaan.jobs",
    "dekaan.measures",
    "dekaan.people",
    "dekaan.partners",
    "dekaan.participation",
    "dekaan.programme",
    "dekaan.curriculum",
    "dekaan.schemes",
    "dekaan.library",
    "dekaan.quality",
    "dekaan.lists",
    "dekaan.evidence",
    "dekaan.destinations",
    "dekaan.provider_access",
    "dekaan.provider_requests",
    "dekaan.benchmarks",
    "dekaan.compass",
    "dekaan.team",
    "dekaan.budget",
    "dekaan.plan",
    "dekaan.exchange",
    "dekaan.publication",
    "dekaan.website",
    "dekaan.duties",
    "dekaan.reports",
    "dekaan.principles",
    "dekaan.trusts",
    "dekaan.handover",
    "dekaan.privacy",
    "dekaan.backups",
    "dekaan.overview",
    "dekaan.demo",
    "dekaan.cli",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    *AREAS,  # before allauth, whose pages we dress
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "dekaan.core.middleware.SafeAnswers",  # outermost: sees every answer
    "csp.middleware.CSPMiddleware",
    "dekaan.core.middleware.SmallQuestions",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dekaan.core.under_way.RestoreFirst",
    "dekaan.core.middleware.PlainQuestions",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dekaan.access.middleware.SessionLimits",
    "dekaan.access.middleware.PrivateAnswers",
    "dekaan.access.middleware.WholeQuestions",
]

ROOT_URLCONF = "dekaan.urls"
WSGI_APPLICATION = "dekaan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dekaan.core.context.page",
                "dekaan.access.context.session",
            ],
        },
    }
]
FORM_RENDERER = "dekaan.core.form_renderer.GovukRenderer"

# --- database -------------------------------------------------------------------------------
# A trust gives a PostgreSQL address of the web role here; the owner's address is used to migrate only.
DATABASE_URL = os.environ.get("DEKAAN_DATABASE_URL") or f"sqlite:///{DATA / 'dekaan.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Rollback journal: the write-ahead log of SQLite 3.7.0-3.51.2 has a data race; emptied, not deleted, since only then
    # is a commit on the disk when it is acknowledged (docs/care.md).
    _fixed = sqlite3.sqlite_version_info
    WAL_IS_SAFE = _fixed >= (3, 51, 3) or (3, 44, 6) <= _fixed < (3, 45) or (3, 50, 7) <= _fixed < (3, 51)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,  # seconds a person waits for another's saving; then "busy, try again", with what was typed
        "init_command": "PRAGMA synchronous=FULL; PRAGMA journal_mode="
        + ("WAL;" if WAL_IS_SAFE else "TRUNCATE;")
        + " PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})
    # After a restart of the database: no connection of before is handed out, new ones are tried for every few seconds,
    # and whoever waits longer is told so.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 8}
WEB_ROLE = os.environ.get("DEKAAN_DATABASE_WEB_ROLE", "dekaan_web")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sign-in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "school-choice"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "dekaan.access.adapter.SignIn"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "dekaan.access.links.PasswordLinks"  # noqa: S105 it names a class
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Wrong passwords and codes are counted in dekaan/access/throttle.py, which never shuts out a device that the person has
# used; a limit by address alone would let one pupil shut out a whole school behind one address.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/m/ip,5/h/key"}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Every staff role needs a second factor or the school's own single sign-on. Only the demonstration, which holds invented
# people and prints their passwords, lets it be; DEKAAN_SECOND_FACTOR=1 asks for it there too.
SECOND_FACTOR = MODE != "demonstration" or os.environ.get("DEKAAN_SECOND_FACTOR") == "1"
FRESH_FOR = 15 * 60  # seconds after which the factor is asked again before exports and role changes
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_FOR
# The school's own Microsoft or Google accounts: pinned to one tenant or hosted domain, and found by the provider's own
# subject, never by an e-mail address. See docs/signing-in.md for what a technician registers where.
SOCIALACCOUNT_ADAPTER = "dekaan.access.adapter.SingleSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SINGLE_SIGN_ON = single_sign_on(os.environ)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": SINGLE_SIGN_ON}}
MFA_ADAPTER = "dekaan.access.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "dekaan.access.forms.SecondStep",
    "reauthenticate": "dekaan.access.forms.OnceMore",
    "activate_totp": "dekaan.access.forms.NewApp",
    "add_webauthn": "dekaan.access.forms.NewPasskey",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are opened by the school, so no address is verified by its owner
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors only where the device asks who is holding it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is nothing to guess, and a staff room shares one address
MFA_TOTP_ISSUER = "Dekaan"
MFA_TOTP_TOLERANCE = 1  # a code typed slowly, or a telephone half a minute out
MFA_RECOVERY_CODE_COUNT = 10

# A session ends after half an hour without a press, and after twelve hours in any case (dekaan/access/sessions.py).
SESSION_ENGINE = "dekaan.access.sessions"
SESSION_IDLE_LIMIT = 30 * 60
SESSION_WARNED_BEFORE = 2 * 60  # the page says so and can be stayed on (WCAG 2.2, 2.2.1 asks for 20 seconds at least)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_LIMIT = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Shared by every web worker: a code that was used is used for all of them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "dekaan_cache"}}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "sessionid"  # no other host may set it, and never without TLS
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrftoken"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script of ours reads it
# --- behind a proxy -------------------------------------------------------------------------
# In production a reverse proxy ends TLS and overwrites X-Forwarded-Proto (docs/deploying.md); there is no other way in.
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# How many proxies stand before us, each adding to X-Forwarded-For: whose address is held against too many tries.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DEKAAN_PROXIES", "1" if PRODUCTION else "0"))
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *where_forms_lead(SINGLE_SIGN_ON)],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- what the server asks of others ----------------------------------------------------------------
# Over which wire: nobody changes it but the tests, which ask servers of their own.
WIRE = "dekaan.core.fetching.wire.Wire"

# --- look-ups (docs/deploying.md) ---------------------------------------------------------
# Which public services the library may ask, with commas: "lmi-for-all", "job-profiles". None unless a technician says so.
LOOK_UPS = [each for each in os.environ.get("DEKAAN_LOOK_UPS", "").replace(" ", "").split(",") if each]
# The key that the National Careers Service gives for its job profiles.
JOB_PROFILES_KEY = os.environ.get("DEKAAN_JOB_PROFILES_KEY", "")

# --- words, time, files -----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if not PRODUCTION:
    WHITENOISE_USE_FINDERS = True
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = DATA / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a register of a whole year group, row by row
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024
FORM_DATE_FORMAT = "%Y-%m-%d"

# --- backups (docs/backing-up.md) ---------------------------------------------------------------
# How old the last good backup and drill may be before the home page says so; a technician changes it.
BACKUP_LIMIT = timedelta(days=int(os.environ.get("DEKAAN_BACKUP_DAYS", "2")))
DRILL_LIMIT = timedelta(days=int(os.environ.get("DEKAAN_DRILL_DAYS", "40")))

# --- jobs ---------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Seconds for which a worker may be silent before others take what it had in hand.
LEASE = float(os.environ.get("DEKAAN_LEASE", "60"))
EMAIL_URL = os.environ.get("DEKAAN_SMTP_HOST", "")
EMAIL_BACKEND = "dekaan.jobs.outbox.Outbox"  # written down; the worker sends it, or prints it where no server is named
EMAIL_HOST = EMAIL_URL or "localhost"
EMAIL_PORT = int(os.environ.get("DEKAAN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("DEKAAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DEKAAN_SMTP_PASSWORD", "")
# "tls" from the first byte (usual at port 465), "starttls" (at 587), or "none" (a relay inside the school's network).
SMTP_SECURITY = os.environ.get("DEKAAN_SMTP_SECURITY", {465: "tls", 587: "starttls"}.get(EMAIL_PORT, "none"))
EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP_SECURITY == "tls", SMTP_SECURITY == "starttls"
EMAIL_TIMEOUT = 20  # seconds for which a mail server that says nothing may keep the worker
# Whom to tell of a weakness, and until when that is sure: what stands at /.well-known/security.txt (mailto: or https:).
SECURITY_CONTACT = os.environ.get("DEKAAN_SECURITY_CONTACT", "")
SECURITY_EXPIRES = os.environ.get("DEKAAN_SECURITY_EXPIRES", "")
if SECURITY_EXPIRES:
    date.fromisoformat(SECURITY_EXPIRES)
DEFAULT_FROM_EMAIL = os.environ.get("DEKAAN_MAIL_FROM", "dekaan@localhost")

# The log names kinds, codes, files and lines, and no value of anybody's, which exceptions are full of.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "dekaan.core.discreet.Discreet"}, "full": {}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "full" if DEBUG else "discreet"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # no mail with a whole page of values to ADMINS
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    }
    # Scanners ask for names that are not ours and send too much all day long; that is answered, and nothing is broken.
    | {
        f"django.security.{why}": {"handlers": ["nowhere"], "propagate": False}
        for why in ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
    }
    # What a job complains of may quote a pupil's row; that it failed is said to the technician.
    | {name: {"handlers": ["nowhere"], "propagate": False} for name in ("django_tasks", "django_tasks_db")},
}
