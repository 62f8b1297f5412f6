"""Settings, in the order of Django's documentation: secure unless told otherwise. See .env.example."""

import logging
import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from smartsociety.core.logs import logging_config
from smartsociety.core.postgres import embedded_database_url
from smartsociety.environment import setting

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

# Core. https://docs.djangoproject.com/en/5.2/ref/settings/#core-settings
DEBUG = setting("SMARTSOCIETY_DEBUG", "bool", default=False, hint="Use true or false")
SECRET_KEY = setting(
    "SMARTSOCIETY_SECRET_KEY",
    hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    **({"default": "development-only-this-key-protects-nothing-outside-debug"} if DEBUG else {}),
)
SECRET_KEY_FALLBACKS = setting("SMARTSOCIETY_SECRET_KEY_FALLBACKS", "list", default=[])
ALLOWED_HOSTS = setting(
    "SMARTSOCIETY_ALLOWED_HOSTS",
    "list",
    hint="Name the hosts that may serve the site, for example www.example.nl",
    **({"default": ["localhost", "127.0.0.1", "[::1]"]} if DEBUG else {}),
)
# The address in mails, feeds and certificates; requests are not trusted for it.
SITE_URL = setting(
    "SMARTSOCIETY_SITE_URL",
    hint="The public address without a slash at the end, for example https://www.example.nl",
    **({"default": "http://localhost:8000"} if DEBUG else {}),
).rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, next to our own in templates/django/forms
    "smartsociety.core",
    "smartsociety.core.search",
    "alliance",
    "fieldlabs",
    "knowledgebase",
    "smartsociety.core.admin_site.AdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "smartsociety.core.nul.NulMiddleware",
    "smartsociety.core.page_cache.PageCacheMiddleware",  # before all that adds to an answer, which it keeps with it
    # Headers first, so that redirects, static files and errors carry them too.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "smartsociety.core.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before GZip: its files come compressed
    "django.middleware.gzip.GZipMiddleware",  # pads at random, and the CSRF token differs per page: see BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "smartsociety.core.maintenance.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smartsociety.core.audit.RequestLogMiddleware",
    "smartsociety.core.audit.AuditMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smartsociety.core.pressed.PressedMiddleware",  # around the next one, which also asks to sign in
    "smartsociety.core.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "smartsociety.urls"
WSGI_APPLICATION = "smartsociety.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smartsociety.core.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "smartsociety.core.templatetags.components",
                "smartsociety.core.templatetags.remembering",
                "smartsociety.core.templatetags.text",
                "smartsociety.navigation",
            ],
        },
    }
]

# Database. PostgreSQL only; without DATABASE_URL one is started from the package, in a folder of this checkout.
_TESTING = bool(os.environ.get("SMARTSOCIETY_TEST_CLUSTER"))
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = embedded_database_url(
        LOCAL_DIR / ("postgres-test" if _TESTING else "postgres"),
        database="smartsociety",
        durable=not _TESTING,
    )
DATABASES = {
    "default": setting(
        "DATABASE_URL",
        "dj_db_url",
        hint="For example postgres://user:password@host:5432/smartsociety",
        conn_max_age=0 if DEBUG else None,
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes: the limits on sign-in attempts are counted in it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
# Pages for visitors in the memory of each process; 0 keeps none. Off in development, where templates change.
PAGE_CACHE_MB = setting("SMARTSOCIETY_PAGE_CACHE_MB", "int", default=0 if DEBUG else 32)

# Mail. The worker sends what `core.mail` queued; see core/mail.py.
EMAIL_URL = setting(
    "SMARTSOCIETY_EMAIL_URL",
    "dj_email_url",
    hint="For example submission://user:password@smtp.example.nl:587",
    **({"default": "dummy://"} if DEBUG else {}),
)
EMAIL_BACKEND = EMAIL_URL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL_URL.get("EMAIL_HOST", ""), EMAIL_URL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    EMAIL_URL.get("EMAIL_HOST_USER", ""),
    EMAIL_URL.get("EMAIL_HOST_PASSWORD", ""),
)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_URL.get("EMAIL_USE_TLS", False), EMAIL_URL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = setting(
    "SMARTSOCIETY_FROM_EMAIL",
    hint="For example 'Smart Society <smartsociety@example.nl>'",
    **({"default": "Smart Society <smartsociety@localhost>"} if DEBUG else {}),
)
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
# Where the secretariat reads what needs its attention.
SECRETARIAT_EMAIL = setting("SMARTSOCIETY_SECRETARIAT_EMAIL", default=SERVER_EMAIL)
# Who coordinates the fieldlabs, and hears when a report stays away.
COORDINATOR_EMAIL = setting("SMARTSOCIETY_COORDINATOR_EMAIL", default=SECRETARIAT_EMAIL)

# Languages. Dutch without a prefix, English under /en/; Amsterdam on screen, UTC in the database.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Static files: hashed names, brotli beside them, served by WhiteNoise.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
FILES_DIR = setting("SMARTSOCIETY_FILES_DIR", default=str(LOCAL_DIR / "files"))
STORAGES = {
    # Uploads: never below what the web server serves.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# Security. https://docs.djangoproject.com/en/5.2/topics/security/
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^-/(live|ready)$"]  # a load balancer asks over plain HTTP
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# How many proxies of our own stand in front; their X-Forwarded-For and -Proto are believed, no others.
TRUSTED_PROXY_COUNT = setting("SMARTSOCIETY_TRUSTED_PROXY_COUNT", "int", default=0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie: see /privacy/
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "smartsociety.core.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            "data:",
        ],  # the checkbox of the component library draws its tick from a data: address
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
}

# People. https://docs.allauth.org
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
ACCOUNT_ADAPTER = "smartsociety.core.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "smartsociety.core.accounts.SocialAccountAdapter"
ACCOUNT_FORMS = {
    "login": "smartsociety.core.account_forms.LoginForm",
    "signup": "smartsociety.core.account_forms.SignupForm",
    "add_email": "smartsociety.core.account_forms.AddEmailForm",
    "reset_password": "smartsociety.core.account_forms.ResetPasswordForm",
    "request_login_code": "smartsociety.core.account_forms.RequestLoginCodeForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# A quarter of an hour: mail servers of municipalities hold back what they do not know yet.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 60 * 15
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 15
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Smart Society"
MFA_TOTP_TOLERANCE = 1  # a code that just expired still counts: clocks differ and people type slowly
MFA_ADAPTER = "smartsociety.core.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "smartsociety.core.account_forms.LinkAppForm",
    "add_webauthn": "smartsociety.core.account_forms.AddPasskeyForm",
}
# The organisation's own sign-in (VNG), when configured.
OIDC_SERVER_URL = setting("SMARTSOCIETY_OIDC_SERVER_URL", default="")
# Staff who come in that way need no second factor of ours when theirs always asks for one.
OIDC_ENFORCES_MFA = setting("SMARTSOCIETY_OIDC_ENFORCES_MFA", "bool", default=False)
if OIDC_SERVER_URL:  # browsers also check where a form is redirected to
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))
    )
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = bool(OIDC_SERVER_URL)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": setting("SMARTSOCIETY_OIDC_NAME", default="VNG"),
                "client_id": setting("SMARTSOCIETY_OIDC_CLIENT_ID", hint="Needed with OIDC_SERVER_URL"),
                "secret": setting("SMARTSOCIETY_OIDC_CLIENT_SECRET", hint="Needed with OIDC_SERVER_URL"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

# Audit: every insert, change and removal; what the triggers wrote is never changed.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True

# Mail: staff see for this long what was sent to whom; its text only in development, where that is the mailbox.
MAIL_KEEP_TEXT = DEBUG
MAIL_RETENTION_DAYS = setting("SMARTSOCIETY_MAIL_RETENTION_DAYS", "int", default=30)

# /-/ready says no when the oldest job waits longer than this: the worker is away, or cannot keep up.
QUEUE_LAG_LIMIT_SECONDS = setting("SMARTSOCIETY_QUEUE_LAG_LIMIT_SECONDS", "int", default=900)

# Shows the maintenance page to everybody while true.
MAINTENANCE = setting("SMARTSOCIETY_MAINTENANCE", "bool", default=False)

# Logs: JSON lines on standard output; in development readable ones.
LOG_LEVEL = setting("SMARTSOCIETY_LOG_LEVEL", default="INFO")
LOGGING = logging_config(level=LOG_LEVEL, readable=DEBUG)
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = (
    logging.DEBUG
)  # one line per request: the one that tells how it ended
