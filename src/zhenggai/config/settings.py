"""The one settings file; everything a deployment may change comes from the environment.

``ZHENGGAI_HOME``      folder of everything that lasts (database, archive, blobs, keys, anchors)
``ZHENGGAI_DATABASE``  ``postgresql://user:password@host:port/name``; empty = SQLite in the folder
``ZHENGGAI_HOSTS``     host names the web server answers to, separated by commas
``ZHENGGAI_PACKS``     further folders of packs, separated by ``:``
``ZHENGGAI_HTTPS``     ``1`` behind TLS: cookies are then sent over TLS only
``ZHENGGAI_DEBUG``     ``1`` while developing
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from zhenggai.config.keys import database_from, key_file

HOME = Path(os.environ.get("ZHENGGAI_HOME") or Path.home() / ".zhenggai").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
DEBUG = os.environ.get("ZHENGGAI_DEBUG") == "1"
SECRET_KEY = key_file(HOME / "secret.key")
ALLOWED_HOSTS = os.environ.get("ZHENGGAI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PACK_ROOTS = tuple(Path(p) for p in os.environ.get("ZHENGGAI_PACKS", "").split(":") if p)

CHAPTERS = (
    "trail",
    "parties",
    "places",
    "monitoring",
    "sources",
    "ledger",
    "planning",
    "evidence",
    "inspection",
    "reconciliation",
    "assessment",
    "accountability",
    "bulletins",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "zhenggai.apps.trail.apps.TrailConfig",
    *(f"zhenggai.apps.{chapter}" for chapter in CHAPTERS[1:]),
    "zhenggai.faces.ui",
    "zhenggai.faces.console",
    "zhenggai.faces.public",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhenggai.faces.ui.acting.ActingMiddleware",
    "zhenggai.faces.ui.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "zhenggai.faces.ui.context.chrome",
            ],
        },
    }
]
ROOT_URLCONF = "zhenggai.config.urls"
WSGI_APPLICATION = "zhenggai.config.wsgi.application"
DATABASES = {"default": database_from(os.environ.get("ZHENGGAI_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "zhenggai.apps.parties.access.PersonBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    *(
        ["django.contrib.auth.hashers.MD5PasswordHasher"]
        if os.environ.get("PYTEST_VERSION")
        else []
    ),
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "console:home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "zhenggai.apps.parties.access.login_tried"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "ui/locked.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "faces" / "ui" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("ZHENGGAI_HTTPS") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}},
}
