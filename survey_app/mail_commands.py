"""`flask --app wsgi mail ...`, and the thread that sends what waits while the service is served."""

import logging
import os
import threading
import time

import click
from flask import Flask
from flask.cli import AppGroup

from survey_app.services import inviting
from survey_app.services.errors import Busy, StoreFull
from survey_app.services.mailing import MailServerUnreachable
from survey_app.services.sending import Sender, send_waiting
from survey_app.sign_in_settings import mail_server
from survey_app.web.instance import settings, stores, today

log = logging.getLogger("survey_app")
#: Set by `flask serve`: other commands load the app too and must not begin to send mail.
SERVING = "SURVEY_IS_SERVING"
LOOK_SECONDS, WAIT_SECONDS = 3.0, 30.0

mails = AppGroup("mail", help="Invitations and reminders.")


@mails.command("send")
@click.option(
    "--pause", default=WAIT_SECONDS, show_default=True, help="Seconds before what was put off is tried again."
)
def send_command(pause: float) -> None:
    """Send what waits, until nothing does. The running service does the same by itself."""
    if not settings().sign_in.can_mail:
        raise click.ClickException("SURVEY_SMTP and SURVEY_MAIL_FROM are not set.")
    try:
        while left := send_waiting(sender()):
            click.echo(f"{left} wait")
            time.sleep(pause)
    except MailServerUnreachable as fault:
        raise click.ClickException(f"The mail server cannot be used now ({fault}); nothing is lost.") from fault
    click.echo("nothing waits")


def sender() -> Sender:
    """Made of this installation's settings; inside an application context."""
    chosen = settings()
    return Sender(
        stores=stores(),
        folder=chosen.instance,
        server=mail_server(chosen.sign_in),
        organisation_zh=chosen.organisation_zh,
        organisation_en=chosen.organisation_en,
        page=f"{chosen.public_address}/account/",
        languages=chosen.languages,
        today=today,
    )


def begin_sending(app: Flask) -> None:
    """Where the service is served: a thread that looks every few seconds whether something waits."""
    with app.app_context():
        wanted = os.environ.get(SERVING) == "1" and settings().sign_in.can_mail
    if wanted:
        threading.Thread(target=_send_for_ever, args=(app,), name="mail", daemon=True).start()


def _send_for_ever(app: Flask) -> None:
    while True:
        time.sleep(_one_look(app))


def _one_look(app: Flask) -> float:
    """Seconds until the next look."""
    with app.app_context():
        try:
            if not inviting.is_mailing(stores()) or send_waiting(sender()) == 0:
                return LOOK_SECONDS
        except (MailServerUnreachable, Busy, StoreFull) as fault:
            log.error("mailing: put off, %s", type(fault).__name__)  # noqa: TRY400 - we intentionally log no address
        except Exception as fault:  # noqa: BLE001 - a thread that dies would leave mails unsent without a word
            log.error("mailing: fault %s", type(fault).__name__)  # noqa: TRY400
    return WAIT_SECONDS
