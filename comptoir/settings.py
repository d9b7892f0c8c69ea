"""Django's settings: everything that varies comes from `environment`, everything else is decided here once."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.utils.csp import CSP

from comptoir.base.logs import mask_secrets
from comptoir.environment import database, environment, kept_secret, mailer

env = environment()
BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = env.data_dir.resolve()
PUBLIC_URL = env.public_url.rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
DEMO = env.demo
SIMULATED_CARDS = env.demo  # a provider that takes no money: never where people really pay
STRIPE_URL = env.stripe_url

DEBUG = env.debug
SECRET_KEY = env.secret_key or kept_secret(DATA_DIR)
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "localhost", *(host.strip() for host in env.hosts.split(",") if host)]
ROOT_URLCONF = "comptoir.urls"
ORGANISATION_URLCONF = "comptoir.organisation_urls"
WSGI_APPLICATION = "comptoir.wsgi.application"
DATABASES = {"default": database(env.database_url, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "comptoir.web.signin",  # before allauth: its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "heroicons",
    "django_structlog",
    "comptoir.accounts",
    "comptoir.freshness",
    "comptoir.organisations",
    "comptoir.journal",
    "comptoir.mail",
    "comptoir.catalogue",
    "comptoir.clients",
    "comptoir.members",
    "comptoir.preregistrations",
    "comptoir.deals",
    "comptoir.bookings",
    "comptoir.attendance",
    "comptoir.payments",
    "comptoir.cards",
    "comptoir.letters",
    "comptoir.proposals",
    "comptoir.courses",
    "comptoir.enquiries",
    "comptoir.integration",
    "comptoir.merging",
    "comptoir.retention",
    "comptoir.api",
    "comptoir.cli",
    "comptoir.jobs",
    "comptoir.web.shared",
    "comptoir.web.platform",
    "comptoir.web.public",
    "comptoir.web.portal",
    "comptoir.web.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "comptoir.web.shared.policy.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comptoir.web.shared.kept.KeptPagesMiddleware",
    "comptoir.web.shared.middleware.OrganisationMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "comptoir.web.signin.middleware.SessionEndMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comptoir.web.shared.requestlog.RequestLogMiddleware",
    "comptoir.web.shared.middleware.DoorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comptoir.web.shared.context.shell",
                "comptoir.web.desk.rail.desk_shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "comptoir.web.shared.templatetags.comptoir",
                "comptoir.web.shared.templatetags.constant",
                "comptoir.web.shared.templatetags.frame",
                "comptoir.web.public.templatetags.counter",
            ],
        },
    },
]

# Language, time. A moment is stored in UTC; a session's place says in which zone people read it.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]  # each complete: `make check` says which sentence has no English
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
# No STATIC_ROOT: WhiteNoise serves the files where the packages have them, so there is no collecting step.
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "comptoir.web.shared.fontfinder.FontFinder",  # fonts come from packages (SIL OFL): no font file is kept here
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FORM_RENDERER = "comptoir.web.shared.questions.Renderer"

# Accounts. CNIL: 12 characters and more, no composition rule, a deny-list, throttling.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["comptoir.web.signin.backend.Backend"]
PASSWORD_HASHERS = [
    "comptoir.accounts.passwords.Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "comptoir.accounts.passwords.CommonInFrenchValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "comptoir.web.signin.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "comptoir.web.signin.forms.LoginForm",
    "reauthenticate": "comptoir.web.signin.forms.ReauthenticateForm",
    "reset_password": "comptoir.web.signin.forms.ForgottenForm",
    "reset_password_from_key": "comptoir.web.signin.forms.ChooseForm",
    "change_password": "comptoir.web.signin.forms.ChangeForm",
    "set_password": "comptoir.web.signin.forms.FirstForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner is told (T57)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # so that the link of the mail lets the owner in while passwords are throttled
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one goes on
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# Wrong passwords: 50 an hour on one account, 120 an hour from one source (T59). Links asked: no limit an account, or
# a stranger could keep the owner out; one mail in ten minutes is sent, whoever asks (administration.commands.access).
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,120/h/ip,10/5m/key,50/h/key",
    "reset_password": "20/m/ip,100/h/ip",
    "signup": "60/m/ip,200/h/ip",  # a class of thirty behind one address joins at once (T65)
    "reset_password_from_key": "30/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.trusted_proxies
MFA_ADAPTER = "comptoir.web.signin.mfa.Adapter"
MFA_FORMS = {
    "authenticate": "comptoir.web.signin.mfa.AuthenticateForm",
    "reauthenticate": "comptoir.web.signin.mfa.ReauthenticateForm",
    "activate_totp": "comptoir.web.signin.mfa.ActivateForm",
    "add_webauthn": "comptoir.web.signin.passkeys.AddForm",
    "edit_webauthn": "comptoir.web.signin.passkeys.EditForm",
    "login_webauthn": "comptoir.web.signin.passkeys.LoginForm",
    "authenticate_webauthn": "comptoir.web.signin.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "comptoir.web.signin.passkeys.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # a demo on localhost: browsers allow no other plain address
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = "Comptoir"
MFA_TOTP_TOLERANCE = 1  # a telephone 30 seconds off still works (RFC 6238, 5.2)
# The counts behind throttling, shared by all processes. Nothing else is cached there: it is a table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_tries",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_places"
SESSION_COOKIE_AGE = 12 * 3600  # a working day, then sign in again
SESSION_IDLE_SECONDS = 2 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if SECURE:  # no sub-domain can plant these
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_FAILURE_VIEW = "comptoir.web.shared.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Transport and content. No inline script or style anywhere; charts use the nonce.
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.trusted_proxies else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": mailer(env.smtp_url)}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_from

DJANGO_TABLES2_TEMPLATE = "shared/_table.html"
PHONENUMBER_DEFAULT_REGION = "FR"

# Logs carry ids and codes, never what people typed.
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    mask_secrets,
]
structlog.configure(
    processors=[*_shared, structlog.processors.format_exc_info, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.make_filtering_bound_logger(env.log_level),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared,
            "processor": structlog.processors.JSONRenderer()
            if env.log_json
            # A traceback that shows local values would show what people typed.
            else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level},
    "loggers": {"django.server": {"level": "WARNING"}, "mail.log": {"level": "ERROR"}},
}
