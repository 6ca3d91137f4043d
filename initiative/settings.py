"""All settings, in one file. What differs between machines comes from the environment; the defaults run on a laptop."""

import re
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from initiative.base import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).absolute()

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key("SECRET_KEY", DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.listing("SECRET_KEY_FALLBACKS")

# Where the site is reached. Everything about https follows from this one address.
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.number('PORT', 8000)}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; it must be an address such as https://www.example.org.")
HTTPS = _site.scheme == "https"
# The machine itself may always ask: health checks and the commands of make do.
ALLOWED_HOSTS = [_site.hostname, *env.listing("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Applications

INSTALLED_APPS = [
    "initiative",
    "initiative.accounts",
    "initiative.admin_policy",
    "initiative.follow",
    "initiative.guard",
    "initiative.keeping",
    "initiative.second_factor",
    "initiative.staff_sessions",
    "initiative.letters",
    "initiative.privacy",
    "initiative.search",
    "initiative.translations",
    "resources",
    "committee",
    "partners",
    "partners.intake",
    "partners.joining",
    "partners.desk",
    "modeltranslation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "initiative.accounts.apps.UsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",  # its tables: the version before asks them for recovery codes (second_factor/0002)
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "initiative.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "initiative.middleware.SafetyHeadersMiddleware",
    "initiative.middleware.CompressionMiddleware",
    "initiative.middleware.PublicCacheMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "initiative.middleware.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "initiative.staff_sessions.middleware.StaffSessionMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "initiative.second_factor.middleware.SecondFactorMiddleware",
    "initiative.middleware.AtOnceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "initiative.admin_policy.middleware.AdminPolicyMiddleware",
    "initiative.middleware.FilmMiddleware",
    "initiative.middleware.DocumentMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "initiative.middleware.PlainRequestMiddleware",
    "initiative.middleware.OldAddressMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "initiative.guard.private.PrivateMiddleware",
]

ROOT_URLCONF = "initiative.urls"
WSGI_APPLICATION = "initiative.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "initiative.context_processors.site",
            ],
        },
    },
]

# Data

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASE_REPLICA_URL := env.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = env.database("DATABASE_REPLICA_URL", "")
    if not all("postgresql" in each["ENGINE"] for each in DATABASES.values()):
        raise ImproperlyConfigured("DATABASE_REPLICA_URL needs PostgreSQL, as does DATABASE_URL beside it.")
    DATABASE_ROUTERS = ["initiative.base.replica.Router"]
    MIDDLEWARE.insert(1, "initiative.replica.ReplicaMiddleware")
# Read from the primary alone: the search keeps in memory what has to be of one state with its tables.
PRIMARY_ONLY_APPS = {"search"}
# How long PostgreSQL may keep a reader, or a migration, waiting for somebody else's lock and for a statement (seconds; 0: for
# ever). Readers are then told "not just now"; a migration is taken back.
REQUEST_LOCK_SECONDS = env.number("REQUEST_LOCK_SECONDS", 5)
REQUEST_STATEMENT_SECONDS = env.number("REQUEST_STATEMENT_SECONDS", 20)
MIGRATION_LOCK_SECONDS = env.number("MIGRATION_LOCK_SECONDS", 3)
MIGRATION_STATEMENT_SECONDS = env.number("MIGRATION_STATEMENT_SECONDS", 300)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "initiative.base.process_cache.ProcessCache", "LOCATION": "default"},
    # Wagtail keeps here which sizes of a picture there are, so that showing one asks the database nothing.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
}

# Where limits are counted (initiative.guard.counts): redis://host:6379/0, rediss://… or unix://…; empty for the database.
REDIS_URL = env.redis("REDIS_URL")

# What each worker may keep of anonymous pages (initiative.page_cache); 0 keeps none.
PAGE_CACHE_MEGABYTES = 0 if DEBUG else env.number("PAGE_CACHE_MEGABYTES", 4)

# Languages: this list drives the site, Wagtail and the translated fields of records.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Where a text is missing, the reader is shown the first of these that has it (after the reader's own language), or else one
# of the languages that aren't named here.
_first = {"default": ("en", "fr", "es"), "ar": ("fr", "en", "es")}
LANGUAGE_FALLBACKS = {
    code: (*chain, *(other for other, _name in LANGUAGES if other not in chain)) for code, chain in _first.items()
}
# The interface's own words, then what Wagtail says and has not translated itself.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "initiative" / "wagtail_words"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = LANGUAGE_FALLBACKS
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# A machine that proposes translations to editors: a LibreTranslate server. Without its address nothing is sent anywhere.
MACHINE_TRANSLATION_URL = env.address("MACHINE_TRANSLATION_URL")
MACHINE_TRANSLATION_KEY = env.text("MACHINE_TRANSLATION_KEY")
MACHINE_TRANSLATION_TIMEOUT = env.number("MACHINE_TRANSLATION_TIMEOUT", 20)
MACHINE_TRANSLATION_LETTERS = env.number("MACHINE_TRANSLATION_LETTERS", 5000)

# Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(DATA_DIR / "media")))
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(DATA_DIR / "private")))
# Or a bucket, for a site on several machines (initiative.base.buckets). Without keys, those of the machine's own role are used.
S3_BUCKET = env.text("S3_BUCKET")
S3_ENDPOINT = env.address("S3_ENDPOINT")
S3_REGION = env.text("S3_REGION")
S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY = env.text("S3_ACCESS_KEY_ID"), env.text("S3_SECRET_ACCESS_KEY")
# Whether the application hands out pictures; from a bucket nobody else does.
SERVE_MEDIA = env.flag("SERVE_MEDIA", True) or bool(S3_BUCKET)
STORAGES = {
    "default": {"BACKEND": "initiative.base.disk.DiskStorage"},
    # What comes from outside and only the secretariat may see; never below MEDIA_ROOT, which a front server may hand out.
    "private": {"BACKEND": "initiative.base.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "initiative.base.storage.StaticFilesStorage"},
}
if S3_BUCKET:
    _buckets = "initiative.base.buckets"
    STORAGES["default"] = {"BACKEND": f"{_buckets}.BucketStorage", "OPTIONS": {"location": "media"}}
    STORAGES["private"] = {"BACKEND": f"{_buckets}.PrivateBucketStorage", "OPTIONS": {"location": "private"}}
# Visited public pages can be read without a connection: a service worker keeps them on the reader's device.
OFFLINE_READING = env.flag("OFFLINE_READING", True)
# Wagtail's page forms have many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail

WAGTAIL_SITE_NAME = _("4 per 1000")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
# Debian's list has names that are no zones, at which browsers stumble.
WAGTAIL_USER_TIME_ZONES = sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})
# Aliases are made by initiative.aliases, wherever a page is published; see there.
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "ATOMIC_REBUILD": True}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # a PDF is saved, not opened within the site
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILEMBEDS_RESPONSIVE_HTML = False
# No text here has embeds; Wagtail's form for them would ask other sites about what is typed there.
WAGTAILEMBEDS_FINDERS = []
# Where ClamAV's daemon looks at files before they are kept: tcp://host:3310 or unix:///path. Empty for none.
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")
WAGTAILDOCS_DOCUMENT_FORM_BASE = "initiative.uploads.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "initiative.uploads.ImageForm"
TAGGIT_CASE_INSENSITIVE = True

# Signing in

WAGTAILADMIN_USER_LOGIN_FORM = "initiative.second_factor.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "initiative.accounts.forms.PasswordResetForm"  # noqa: S105  (a path)
# Wagtail's own fields; ours ask for the password, so many times only (initiative.accounts).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = True
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds; letters say three days
# Whether nobody works in the admin without a second factor.
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", HTTPS)
OTP_TOTP_ISSUER = "4 per 1000"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "initiative.guard.passwords.NoNamesOfOurs"},
]

# Security

# Below which path staff work. Another than `admin` keeps robots that try passwords from finding it: no public answer names it,
# but where a page or document is for those who are signed in alone, its readers are led there to do so.
ADMIN_PATH = env.text("ADMIN_PATH", "admin").strip("/")
if not re.fullmatch(r"[\w-]+", ADMIN_PATH, re.ASCII):
    raise ImproperlyConfigured(f"ADMIN_PATH is {ADMIN_PATH!r}; it must be one word of letters, digits and hyphens.")
# One door for all who sign in, with its limits and the second factor; private documents lead there, too.
WAGTAIL_FRONTEND_LOGIN_URL = f"/{ADMIN_PATH}/login/"
# What asks for the password of a private page or document (initiative.guard.private).
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "guard/private.html"  # noqa: S105  (a path)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # Browsers take such a cookie from this host alone, over https: neither another host of the domain nor anybody on the way
    # can plant one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# In a cookie that is named likewise.
MESSAGE_STORAGE = "initiative.admin_policy.messages.MessageStorage"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Both reach beyond this host and can't be taken back soon: whoever owns the domain decides.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
BEHIND_PROXY = env.flag("BEHIND_PROXY")
# Who brings it as `Authorization: Bearer …` is told what is wrong by /readyz, as staff are, and alone reads /metrics.
OPERATIONS_TOKEN = env.text("OPERATIONS_TOKEN")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked by the machine itself, over plain HTTP
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 wants DENY, but the admin previews pages in a frame of its own. W005 and W021 want what HSTS does beyond this host.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]

# Pages run no inline script, and public ones have no inline style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's pages have inline styles, show previews in a frame and pictures before they are sent.
ADMIN_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}

# Mail and logs

_mail = env.email("EMAIL_URL", "console:")
EMAIL_BACKEND = _mail.backend
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.use_tls, _mail.use_ssl
EMAIL_TIMEOUT = 10
# Mail is handed over beside the request that causes it; tests want to see it at once.
WORK_BESIDE_REQUESTS = True
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"secretariat@{_site.hostname}")
# Who is told what readers write.
SECRETARIAT_EMAIL = env.text("SECRETARIAT_EMAIL", parseaddr(DEFAULT_FROM_EMAIL)[1])
SECURITY_EMAIL = env.text("SECURITY_EMAIL", SECRETARIAT_EMAIL)
# Who is told of errors, by e-mail and at a server that collects them (initiative.reports).
ADMINS = [("", address) for address in env.listing("ERROR_EMAILS")]
# When the worker begins what is done each night, in UTC; without, cron does.
NIGHTLY_AT = env.clock("NIGHTLY_AT")
BACKUP_FOLDER = env.text("BACKUP_FOLDER")
if NIGHTLY_AT and not BACKUP_FOLDER:
    raise ImproperlyConfigured("NIGHTLY_AT needs BACKUP_FOLDER, a folder for backups.")
# Days; 0: for ever.
KEEP_BACKUPS = env.number("KEEP_BACKUPS", 0, most=36_500)
# Of what administrators are told where it isn't done.
NIGHTLY = env.some("NIGHTLY", ("backup", "check_files", "warm"), "backup,check_files,warm" if HTTPS else "")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = f"[{_site.hostname}] "
SENTRY_DSN = env.text("SENTRY_DSN")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "class": "initiative.base.logs.PlainLines",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "initiative.base.logs.JsonLines"},
    },
    "filters": {
        "without_secrets": {"()": "initiative.base.logs.WithoutSecrets"},
        "with_request": {"()": "initiative.base.logs.WithRequest"},
        "half_written": {"()": "initiative.base.logs.HalfWritten"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("LOG_FORMAT", ("text", "json")),
            "filters": ["without_secrets", "with_request"],
        },
        "letters": {"class": "initiative.reports.ErrorLetters", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "letters"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["console", "letters"], "level": "INFO", "propagate": False},
        "django.request": {"filters": ["half_written"]},
        # Each save starts several small tasks, each publishing says so: a flood that hides what matters.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # A line for each answer: for those who want it.
        "initiative.requests": {"level": "INFO" if env.flag("LOG_REQUESTS") else "WARNING"},
        "fontTools": {"level": "WARNING"},  # tells of each letter that a PDF takes
    },
}

if DEBUG:
    INTERNAL_IPS = ["127.0.0.1", "::1"]
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    try:
        import debug_toolbar  # noqa: F401  (only the developers' requirements have it)
    except ImportError:
        pass
    else:
        INSTALLED_APPS.append("debug_toolbar")
        # After whatever compresses: it writes into the page.
        MIDDLEWARE.insert(5, "debug_toolbar.middleware.DebugToolbarMiddleware")
        DEBUG_TOOLBAR_CONFIG = {"IS_RUNNING_TESTS": False}
