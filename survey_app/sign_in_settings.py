"""How staff sign in to collect their booklet: what each way needs, and what is refused. Without a way the door is shut."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: In the order of the sign-in page: the campus sign-in first, for it asks least.
WAYS = ("oidc", "cas", "email", "code")


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """Empty where an installation has not chosen it. `README.md` lists the variables."""

    ways: tuple[str, ...] = ()
    smtp: str = ""
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_claim: str = "preferred_username"
    cas: str = ""
    cas_attribute: str = ""
    name_zh: str = "统一身份认证"
    name_en: str = "campus account"

    def offers(self, way: str) -> bool:
        return way in self.ways

    @property
    def can_mail(self) -> bool:
        return bool(self.smtp and self.mail_from)

    def refusals(self) -> Iterator[str]:
        """A sentence for each value that cannot be used or would be unsafe."""
        if not set(self.ways) <= set(WAYS):
            yield f"SURVEY_SIGN_IN must name some of {', '.join(WAYS)}, separated by commas."
        for way, needed, names in (
            ("email", (self.smtp, self.mail_from), "SURVEY_SMTP and SURVEY_MAIL_FROM"),
            (
                "oidc",
                (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret),
                "SURVEY_OIDC_ISSUER, SURVEY_OIDC_CLIENT_ID and SURVEY_OIDC_CLIENT_SECRET",
            ),
            ("cas", (self.cas,), "SURVEY_CAS"),
        ):
            if way in self.ways and not all(needed):
                yield f"SURVEY_SIGN_IN names {way}, which needs {names}."
        yield from self._unsafe_addresses()

    def _unsafe_addresses(self) -> Iterator[str]:
        for name, address in (("SURVEY_OIDC_ISSUER", self.oidc_issuer), ("SURVEY_CAS", self.cas)):
            if address and not _is_safe(address):
                yield f"{name} must be an https address: whoever sits on the way could sign in as anybody."
        if self.smtp and not self._smtp_is_usable():
            yield "SURVEY_SMTP must be smtp://user:password@host:587 (with STARTTLS) or smtps://user:password@host:465."
        if self.mail_from and (self.mail_from.count("@") != 1 or set(self.mail_from) & set("<>\r\n, ")):
            yield "SURVEY_MAIL_FROM must be a plain address such as union@example.edu.cn."

    def _smtp_is_usable(self) -> bool:
        try:
            parts = urlsplit(self.smtp)
            return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. Plain text is spoken to this machine alone."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str
    password: str
    sender: str


def mail_server(chosen: SignInSettings) -> MailServer:
    """The parts of SURVEY_SMTP."""
    parts = urlsplit(chosen.smtp)
    host, tls = parts.hostname or "", parts.scheme == "smtps"
    return MailServer(
        host=host,
        port=parts.port or (465 if tls else 587),
        tls=tls,
        starttls=not tls and host not in LOOPBACK,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=chosen.mail_from,
    )


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
