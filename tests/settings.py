"""Django's settings for the tests: the product's own, at the addresses of the suite's private services."""

from tests.services import allocate

allocate()

from chatbot.settings import *  # noqa: E402, F403  (the addresses come first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSIONS_PER_MINUTE_PER_ADDRESS = 100_000  # everybody in the tests has the same address
# Static files come straight from the source tree: nothing has to be collected before a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
