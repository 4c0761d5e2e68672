"""A real CAS server (django-cas-server, a program of its own) in a process of its own. Run as a program: `PORT FOLDER NAME=PASSWORD`."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real_server import PATIENCE, free_port

TOP = Path(__file__).parents[1]


@contextmanager
def cas_provider(folder: Path, name: str, password: str) -> Iterator[str]:
    """Its address. It calls itself localhost: another site than 127.0.0.1, as in life."""
    port = free_port()
    printed = folder / "cas.log"
    with printed.open("wb") as output:
        command = [sys.executable, "-m", "tests.cas_provider", str(port), str(folder), f"{name}={password}"]
        process = subprocess.Popen(command, cwd=TOP, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                connection.request("GET", "/cas/login")
                connection.getresponse().read()
                break
            except OSError:
                assert process.poll() is None, printed.read_text("utf-8", "replace")
                assert time.monotonic() < deadline, "the CAS server did not start"
                time.sleep(0.1)
            finally:
                connection.close()
        yield f"http://localhost:{port}/cas"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def main(port: int, folder: Path, name: str, password: str) -> None:
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="cas",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.cas_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "cas.db")}},
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "cas_server",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        CAS_ENABLE_AJAX_AUTH=False,
        CAS_SHOW_SERVICE_MESSAGES=False,
        CAS_COMPONENT_URLS={"bootstrap4_css": "", "bootstrap4_js": "", "jquery": ""},
    )
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    User.objects.create_user(name, f"{name}@jut.example", password)
    from cas_server.models import ReplaceAttributName, ServicePattern

    pattern = ServicePattern.objects.create(name="union", pattern=r"^http://127\.0\.0\.1:", pos=1)
    ReplaceAttributName.objects.create(name="*", service_pattern=pattern)
    from werkzeug.serving import run_simple

    run_simple("127.0.0.1", port, get_wsgi_application(), threaded=True)


if __name__ == "__main__":
    given_name, _, given_password = sys.argv[3].partition("=")
    main(int(sys.argv[1]), Path(sys.argv[2]), given_name, given_password)
