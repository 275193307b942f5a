"""Settings of the whole portal: what is the same everywhere, and what the environment decides."""

from pathlib import Path
from urllib.parse import urlsplit

from core.sandbox import engines
from seoul_portal import logs, social
from seoul_portal.env import SettingRefused, origin_of, read_or_exit

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = engines.var_dir()
env = read_or_exit()
# Feeds read their own `<FEED>_URL` and `<FEED>_KEY`: only areas know which feeds there are.
ENVIRONMENT = env

DEBUG = env.flag("DEBUG", default=False)
EMBEDDED = not (env.environ.get("DATABASE_URL") or env.environ.get("DATABASE_URL_FILE"))
LOOPBACK = "127.0.0.1,localhost,[::1]"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", LOOPBACK)
# A demonstration on one's own machine makes a secret at its first start; others bring their own.
ON_THIS_MACHINE = EMBEDDED and set(ALLOWED_HOSTS) <= set(LOOPBACK.split(","))
SECRET_KEY = env.text("SECRET_KEY", engines.secret_key() if ON_THIS_MACHINE else None)
if len(SECRET_KEY) < 50 and not DEBUG:  # noqa: PLR2004
    raise SettingRefused("SECRET_KEY is shorter than 50 characters.")
# Former ones, which still open what they signed: links in letters, slips on paper.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# What seals sensitive fields (core/records/encryption.py), newest key first.
# Secrets in tables of libraries, which `rotate_keys` seals anew as well: model, column, keys in it.
SEALED_IN_JSON = (("mfa.Authenticator", "data", ("secret", "seed")),)
FIELD_KEYS = env.keys("FIELD_KEYS", engines.field_keys() if ON_THIS_MACHINE else None)
SITE_URL = env.url("SITE_URL", "http://127.0.0.1:8000", schemes=("http", "https")).rstrip("/")
OFFICIAL = env.flag("OFFICIAL", default=False)
HTTPS = SITE_URL.startswith("https://")
# How many proxies of ours stand in front: only then are their words on scheme and address believed.
PROXIES = env.number("PROXIES", 0, most=9)
SECURITY_CONTACT = env.url(
    "SECURITY_CONTACT",
    f"mailto:security@{urlsplit(SITE_URL).hostname}",
    schemes=("mailto", "https", "tel"),
)

AREAS = ["welfare", "portal50", "lifelong_edu", "culture", "tourism", "privacy", "digital_divide"]
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "seoul_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{name}" for name in social.PROVIDERS),
    "core.sandbox",
    "core.web",
    "core.cases",
    "core.notices",
    "core.kpi",
    "core.visits",
    "core.records",
    "core.search",
    "core.places",
    "core.feeds",
    "core.desk",
    "core.offices",
    "core.database",
    "accounts",
    *AREAS,
    "seoul_portal",
]
MIDDLEWARE = [
    "core.web.middleware.RequestIdMiddleware",
    "core.web.journal.JournalMiddleware",
    # Before all that answers early, so that a refusal and a page from memory are no exceptions.
    "core.web.middleware.StrictHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.web.limits.ThrottleMiddleware",
    "core.web.body_size.BodySizeMiddleware",
    "core.web.pagecache.PageCacheMiddleware",
    "core.web.middleware.KeepNothingMiddleware",
    # Before the API's short way, so that nothing that reads about people passes by.
    "seoul_portal.reading.ReadingMiddleware",
    "core.web.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.web.middleware.LanguageMiddleware",
    "core.web.middleware.MethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "seoul_portal.sign_in.SignInRecordsMiddleware",
    "core.web.signed_in.SignInMarkMiddleware",
    "core.web.public_computer.PublicComputerMiddleware",
    "core.web.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
CSRF_FAILURE_VIEW = "core.web.errors.csrf_failure"
ROOT_URLCONF = "seoul_portal.urls"
WSGI_APPLICATION = "seoul_portal.wsgi.application"
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
                "core.web.context.frame",
                "seoul_portal.context.portal",
            ],
            "builtins": [
                "core.web.templatetags.components",
                "core.web.templatetags.charts",
                "core.web.templatetags.controls",
                "core.web.templatetags.frame",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", engines.postgres_url())}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"]["OPTIONS"],  # type: ignore[dict-item]
    # Whoever waits longer for a connection gets the page that says so, not an endless wait.
    "connect_timeout": 5,
    # What `prepared_cursor` asks so often is planned once a connection; 0 for a pooler in between
    # that cannot keep statements apart (PgBouncer before 1.21).
    "prepare_threshold": env.number("DATABASE_PREPARE", 3, most=1000) or None,
    "pool": {
        "min_size": 1,
        "max_size": env.number("DATABASE_POOL", 8, least=1, most=100),
        "timeout": 5,
    },
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Who owns the tables: `migrate` and `rotate_keys` alone work as that role. Who administers the
# server: `roles` alone. Where neither is named, the application owns what it works with.
DATABASE_OWNER = env.database_or_none("DATABASE_OWNER_URL", engines.owner_url() if EMBEDDED else "")
DATABASE_ADMIN = env.database_or_none("DATABASE_ADMIN_URL", engines.admin_url() if EMBEDDED else "")
DATABASES["default"]["ENGINE"] = "core.web.postgresql"
REDIS_URL = env.url("REDIS_URL", engines.redis_url(), schemes=("redis", "rediss", "unix"))
CACHES = {
    "default": {
        "BACKEND": "core.web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "core.web.cache.key_of",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# How long the links in letters about an account work; the letters say so.
LINK_DAYS = ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
PASSWORD_RESET_TIMEOUT = LINK_DAYS * 24 * 60 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Letters take their time, and so do people: digits that a telephone's keypad has, for ten minutes.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Three guesses a code, thirty codes a day for one address: one in a million that one hits.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,30/d/key"}
# Who changes how one signs in has shown lately who they are; the owner gets a letter.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "signup": "accounts.forms.sign_in.SignUpForm",
    "request_login_code": "accounts.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "accounts.forms.sign_in.LoginCodeForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey stands for both factors, so it always asks for the finger, the face or the PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "서울 시민 서비스 포털"
# A telephone's clock may be wrong by half a minute, and typing takes time (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.SecondFactorForm",
    "reauthenticate": "accounts.forms.sign_in.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.sign_in.ActivateAppForm",
    "login_webauthn": "accounts.forms.sign_in.PasskeyLoginForm",
    "authenticate_webauthn": "accounts.forms.sign_in.PasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.sign_in.PasskeyAgainForm",
    "add_webauthn": "accounts.forms.sign_in.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.sign_in.RenamePasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.sign_in.SocialSignUpForm"}
SOCIALACCOUNT_PROVIDERS = social.providers(env)
# Whoever comes from elsewhere first reads what an account holds.
SOCIALACCOUNT_AUTO_SIGNUP = False
CONTACT_PHONE = env.text("CONTACT_PHONE", "120")
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "")
globals().update(env.mail("EMAIL_URL", VAR_DIR / "outbox"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", f"no-reply@{urlsplit(SITE_URL).hostname}"
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Nothing stays on a computer that many use once its browser is closed.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "core.web.sessions"
# A sign-in lasts as long as the browser is open, or two weeks where somebody asks for it.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# On a computer that many use: idle until the end, and how long before it one is told.
PUBLIC_COMPUTER_SECONDS = 5 * 60
PUBLIC_COMPUTER_WARNING_SECONDS = 60

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
# The second holds our words for what Django and other libraries say.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "borrowed"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
FORMAT_MODULE_PATH = ["seoul_portal.formats"]
FORM_RENDERER = "core.web.widget_markup.WidgetRenderer"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.web.assets.AssetStorage"},
    # What people attach to their requests: never below an address of its own.
    "attachments": env.storage(
        backend=env.text("ATTACHMENTS_STORAGE", "django.core.files.storage.FileSystemStorage"),
        options=env.text("ATTACHMENTS_OPTIONS", "{}"),
        folder=env.text("ATTACHMENTS_DIR", str(VAR_DIR / "attachments")),
    ),
}
# A virus scanner (clamd) that looks at each file before it is kept: tcp://host:3310, unix:///socket.
CLAMAV_URL = env.url("CLAMAV_URL", "", schemes=("tcp", "unix"))
# Who works in an office today: (office_ids, on=day) -> people, for whoever assigns a request.
OFFICE_STAFF = "seoul_portal.offices.staff_of"
# With whom somebody lives, and their requests: (person_id) -> core.offices.people.Home.
AT_HOME = "welfare.queries.at_home.home_of"
# What keeps, for the person to see, that a helper acted for them.
HELPER_ACTED = "accounts.services.record_acting"

SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Browsers remember it for a year, and a preload list for longer: a promise that only the domain's
# owner can make for its other hosts, so Django's advice to make it always is not taken.
HSTS = env.choice("HSTS", "host", of=("host", "subdomains", "preload"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = HSTS == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = HTTPS
# Probes and scrapers come from inside, over plain HTTP.
ASKED_FROM_INSIDE = ("healthz", "readyz", "metrics")
SECURE_REDIRECT_EXEMPT = [f"^{name}$" for name in ASKED_FROM_INSIDE]
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# A tile service under the map, if the city has one: the only foreign origin there can be.
MAP_TILES_URL = env.tiles("MAP_TILES_URL", https_only=HTTPS)
MAP_TILES_ATTRIBUTION = env.text("MAP_TILES_ATTRIBUTION", None if MAP_TILES_URL else "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", *([origin_of(MAP_TILES_URL)] if MAP_TILES_URL else [])],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        # A browser holds each step of a form's way against this, also that to a provider's door.
        "form-action": ["'self'", *social.origins(SOCIALACCOUNT_PROVIDERS)],
        "frame-ancestors": ["'none'"],
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace(
    "?db=", "?virtual_host="
)
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
# A task counts as done when it is done: a killed worker's task is given out again (10 seconds after
# one of its processes died; TASK_VISIBILITY seconds after the whole worker or its machine did).
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_VISIBILITY = env.number("TASK_VISIBILITY", 7200, least=5)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY,
    # Look for tasks of dead workers at each 10-second turn, not at every tenth.
    "unacked_restore_throttle": 1,
}
# None may run so long that it is given out a second time while it still runs.
CELERY_TASK_TIME_LIMIT = CELERY_VISIBILITY - 2
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_ROUTES = {"*.sync_*": {"queue": "syncs"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "서울시 시민 서비스 포털 API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
}
# Requests that one address may make in a minute; 0 is any number. A page is two requests at least,
# and a whole office or a carrier's telephones may share one address.
API_RATE = env.number("API_RATE", 600, most=10**9)
PAGE_RATE = env.number("PAGE_RATE", 6000, most=10**9)
DOWNLOAD_RATE = env.number("DOWNLOAD_RATE", 30, most=10**9)
ANSWER_RATE = env.number("ANSWER_RATE", 60, most=10**9)
# Megabytes of one request's body: a file of 10 MB, the words that go with it, and what wraps them.
REQUEST_MB = env.number("REQUEST_MB", 12, least=1, most=1024)
UNCOUNTED_PATHS = (STATIC_URL, *(f"/{name}" for name in ASKED_FROM_INSIDE))
# Megabytes of public pages that each web process keeps in memory for a moment; 0 keeps none.
PAGE_CACHE_MB = env.number("PAGE_CACHE_MB", 32, most=65_536)
METRICS_ALLOW = env.networks("METRICS_ALLOW", "127.0.0.1,::1")
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", of=("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.configure(LOG_LEVEL)
# Where stand-in upstreams answer in place of every publisher whose own address is not set.
UPSTREAMS_URL = env.url("UPSTREAMS_URL", "", schemes=("http",))
# The road-name address service; without a key, places are known by the middle of their dong.
JUSO_KEY = env.text("JUSO_KEY", "")
JUSO_COORDINATE_KEY = env.text("JUSO_COORDINATE_KEY", "")
JUSO_URL = env.url("JUSO_URL", "https://business.juso.go.kr", schemes=("http", "https"))
# Ways to a person besides e-mail: each is there where it has a key, and by stand-ins with a sample.
HTTP = ("http", "https")
MESSAGES_URL = f"{UPSTREAMS_URL.rstrip('/')}/nhn" if UPSTREAMS_URL else ""
SAMPLE_KEY, SAMPLE_NUMBER = ("sample-key", "0200000000") if UPSTREAMS_URL else ("", "")
SMS_URL = env.url(
    "SMS_URL", MESSAGES_URL or "https://api-sms.cloud.toast.com", schemes=HTTP
).rstrip("/")
SMS_KEY = env.text("SMS_KEY", SAMPLE_KEY)
SMS_SECRET = env.text("SMS_SECRET", SAMPLE_KEY)
SMS_SENDER = env.text("SMS_SENDER", SAMPLE_NUMBER)
ALIMTALK_URL = env.url(
    "ALIMTALK_URL", MESSAGES_URL or "https://api-alimtalk.cloud.toast.com", schemes=HTTP
).rstrip("/")
ALIMTALK_KEY = env.text("ALIMTALK_KEY", SAMPLE_KEY)
ALIMTALK_SECRET = env.text("ALIMTALK_SECRET", SAMPLE_KEY)
ALIMTALK_SENDER = env.text("ALIMTALK_SENDER", SAMPLE_KEY)
PUSH_KEY = env.text("PUSH_KEY", "")
PUSH_HOSTS = env.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
)
# Who may report that a letter came back; without it nobody may by HTTP.
BOUNCE_KEY = env.text("BOUNCE_KEY", "")
# Who gets messages for whom: a dotted name, see docs/notices.md.
NOTICE_RECIPIENTS = "accounts.queries.pairs_of_recipients"
NOTICE_STANDS_IN = "accounts.queries.recipient_stands_in"

UNFOLD = {
    "SITE_TITLE": "서울 시민 서비스 포털 관리",
    "SITE_HEADER": "포털 관리",
    "SITE_SUBHEADER": "직원용",
    "SITE_SYMBOL": "apartment",
    "THEME": "light",
    "SHOW_HISTORY": False,
    "STYLES": ["seoul_portal.admin_site.stylesheet"],
    "SIDEBAR": {"navigation": "seoul_portal.menu.navigation"},
}
