"""Settings: what differs between installations comes from the environment.

``.env.example`` lists every variable with a sentence. With ``DEBUG`` off nothing
that matters has a default: the program refuses to start and names what is missing.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .theme import THEME

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG: bool = env.bool("DEBUG", default=False)

REQUIRED = ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"]
if not DEBUG and (
    missing := [name for name in REQUIRED if not env.str(name, default="")]
):
    raise ImproperlyConfigured(
        f"Set {', '.join(missing)} in the environment or in .env: "
        "with DEBUG off there is no default. .env.example says what each one is."
    )

# A line left empty in .env means the same as none.
SECRET_KEY: str = env.str("SECRET_KEY", default="") or "for-trying-out-only-" + "x" * 32
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Everything that must be backed up lies here: the SQLite file, documents, uploads.
DATA_DIR = BASE_DIR / Path(env.str("DATA_DIR", default="") or "data")
DATA_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.inlines",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_countries",
    "crispy_forms",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "ownyourstory",
    "ownyourstory.outbox",
    "ownyourstory.mail",
    "clients",
    "programs",
    "invoicing",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ownyourstory.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ownyourstory.urls"
WSGI_APPLICATION = "ownyourstory.wsgi.application"

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
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(
        env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue up instead of failing with "database is locked", and a
    # committed invoice is on the disk: Django's defaults give neither. An issuer
    # holds the lock while it prints and the queue is not a fair one: with eight at
    # work on two cores a few waited longer than 20 seconds, none this long.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 300,
        # REPLACE deletes past a trigger unless triggers are recursive.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA recursive_triggers=ON;"
        ),
    }
    # A file, not memory: several processes issue invoices in one test.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]

# Who opens the login page itself starts on the start page too.
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
FORMAT_MODULE_PATH = "ownyourstory.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "uploads", "base_url": None},
    },
    "documents": {
        "BACKEND": "ownyourstory.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents", "base_url": None},
    },
    # Lists between being looked at and being brought in: no part of the books.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "imports",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

COUNTRIES_FIRST = ["BE", "NL", "FR", "LU", "DE"]

# Issued documents may lie in object storage instead; keys come from the environment
# under the names that its own client reads (AWS_ACCESS_KEY_ID …).
if bucket := env.str("DOCUMENTS_BUCKET", default=""):
    STORAGES["documents"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("DOCUMENTS_ENDPOINT", default="") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }

# What is to leave the house: over which channel, and how long to wait after each
# attempt that did not succeed. After the last of them a person has to look.
OUTBOX_CHANNELS = {
    "access_point": "invoicing.delivery.access_point.AccessPoint",
    "mail": "ownyourstory.mail.channel.MailChannel",
}
OUTBOX_PAUSES = [timedelta(minutes=pause) for pause in (1, 5, 30, 120, 480)]

# The access point that brings e-invoices over Peppol.
EINVOICE_API_KEY: str = env.str("EINVOICE_API_KEY", default="")
EINVOICE_API_URL: str = (
    env.str("EINVOICE_API_URL", default="") or "https://api.e-invoice.be"
)
# Rules beside those that come with the program, as compiled XSLT; and how large a file
# may be that is checked.
EINVOICE_RULES_DIR: Path | None = (
    BASE_DIR / Path(folder)
    if (folder := env.str("EINVOICE_RULES_DIR", default=""))
    else None
)
EINVOICE_MAX_BYTES = int(env.str("EINVOICE_MAX_BYTES", default="") or 20_000_000)
EINVOICE_WEBHOOK_SECRET: str = env.str("EINVOICE_WEBHOOK_SECRET", default="")

# The mail server. Without one mails are shown on the screen while trying out; on a
# real installation they fail, and say why.
MAIL_SERVER = env.email_url_config(
    env.str("EMAIL_URL", default="") or ("consolemail://" if DEBUG else "smtp://")
)
EMAIL_BACKEND: str = MAIL_SERVER["EMAIL_BACKEND"]
EMAIL_HOST: str = MAIL_SERVER["EMAIL_HOST"] or ""
EMAIL_HOST_USER: str = MAIL_SERVER["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = MAIL_SERVER["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = MAIL_SERVER.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = MAIL_SERVER.get("EMAIL_USE_SSL", False)
EMAIL_PORT: int = MAIL_SERVER["EMAIL_PORT"] or (
    465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25
)
EMAIL_TIMEOUT = 30  # seconds for each answer: all of them fit into an outbox claim
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="") or (
    "office@localhost" if DEBUG else ""
)

# What mail must be told by the apps that write it: what for, who writes, and where
# the bytes of an attachment are.
MAIL_PURPOSES = [
    "invoicing.delivery.purposes.PURPOSES",
    "programs.reminding.purposes.PURPOSES",
    "invoicing.dunning.purposes.PURPOSES",
]
MAIL_SENDER = "invoicing.delivery.letters.sender"
MAIL_ATTACHMENTS = "invoicing.delivery.letters.attached_bytes"

# Who knows what an enrolment comes to with VAT.
ENROLMENT_CHARGES = "invoicing.charging.charges_of"

# Who is told of each step of a dossier, in its transaction: money follows it.
DOSSIER_STEPPED = "invoicing.receipts.following.after_step"

# Where the worker finds what it is asked to do: in the database, or on a broker where
# several machines work.
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
if broker := env.str("TASKS_BROKER", default=""):
    INSTALLED_APPS.append("django_rq")
    RQ_QUEUES = {"default": {"URL": broker}}
    TASKS["default"] = {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}

# What ``manage.py run_due`` does, in this order; one that fails stops no other.
DUE_JOBS = [
    "programs.reminding.sending.send_due",
    "programs.watching.sending.send_due",
    "invoicing.dunning.sending.send_due",
    "ownyourstory.outbox.due.deliver_due",
    "ownyourstory.outbox.due.follow_accepted",
    "ownyourstory.outbox.due.forget_old_notices",
    "ownyourstory.due.forget_done_tasks",
    "ownyourstory.importing.waiting.forget_abandoned",
]

# What the papers of a dossier must be told by the books: who we are, and what was
# charged for an enrolment.
PAPERS_LETTERHEAD = "invoicing.stationery.letterhead"
PAPERS_CHARGED = "invoicing.stationery.charged"

CRISPY_TEMPLATE_PACK = "unfold_crispy"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["unfold_crispy"]

# The largest scan that is taken into a dossier.
SCAN_MAX_BYTES = int(env.str("SCAN_MAX_BYTES", default="") or 10 * 1024 * 1024)

# Who changed what and when: an uploaded file is kept in it as its name.
SIMPLE_HISTORY_FILEFIELD_TO_CHARFIELD = True

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows its own PDFs in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # it asks for DENY

UNFOLD = THEME
