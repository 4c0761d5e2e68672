"""One mail handed over to the university's mail server, by the standard library. What became of it is told exactly."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from types import TracebackType
from typing import Literal, Self

from survey_app.sign_in_settings import MailServer

PATIENCE = 20.0
#: `later`: certainly not sent, worth another try. `refused`: certainly not sent, and never will be.
#: `doubtful`: the connection broke after the text went out; it may have been taken.
Fate = Literal["sent", "later", "refused", "doubtful"]


class MailServerUnreachable(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """No connection, no encryption, or no sign-in at the mail server."""


class Postbox:
    """A connection to the mail server, for many mails: `with Postbox(server) as postbox: postbox.send(...)`."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def __enter__(self) -> Self:
        """Raises MailServerUnreachable."""
        server = self._server
        try:
            if server.tls:
                context = ssl.create_default_context()
                self._line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
            else:
                self._line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerUnreachable(type(error).__name__) from error
        try:
            self._greet()
        except (OSError, smtplib.SMTPException) as error:
            self._line.close()
            raise MailServerUnreachable(type(error).__name__) from error
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        try:
            self._line.quit()
        except (OSError, smtplib.SMTPException):
            self._line.close()

    def _greet(self) -> None:
        self._line.ehlo_or_helo_if_needed()
        if self._server.starttls:
            self._line.starttls(context=ssl.create_default_context())
            self._line.ehlo()
        if self._server.user:
            self._line.login(self._server.user, self._server.password)

    def send(self, letter: EmailMessage) -> Fate:
        """Hand one letter over. Never raises for what the other side does."""
        try:
            code, _said = self._line.mail(self._server.sender)
            if code == 250:
                code, _said = self._line.rcpt(str(letter["To"]))
        except (OSError, smtplib.SMTPException):
            return "later"  # nothing of the text was sent
        if code not in (250, 251):
            self._reset()
            return "later" if code < 500 else "refused"
        try:
            code, _said = self._line.data(letter.as_bytes(policy=SMTP_POLICY))
        except smtplib.SMTPDataError:
            self._reset()
            return "later"  # refused before the text
        except (OSError, smtplib.SMTPException):
            return "doubtful"
        if code == 250:
            return "sent"
        return "later" if code < 500 else "refused"

    def _reset(self) -> None:
        try:
            self._line.rset()
        except (OSError, smtplib.SMTPException):
            self._line.close()


def letter(server: MailServer, to: str, sender_name: str, subject: str, text: str, message_id: str) -> EmailMessage:
    """A plain letter. `message_id`: the same for the same mail, so that a mailbox can tell a repeat; nothing asks for a reply."""
    made = EmailMessage()
    made["From"] = Address(sender_name, addr_spec=server.sender)
    made["To"] = to
    made["Subject"] = subject
    made["Message-ID"] = f"<{message_id}@{server.sender.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text)
    return made
