"""Settings: read once from environment variables beginning with SURVEY_, frozen, and refused when unsafe."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from survey_app.sign_in_settings import LOOPBACK, SignInSettings

KNOWN_LANGUAGES = ("zh", "en")
SHORTEST_SECRET = 32


class UnsafeSettings(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """A setting is missing, malformed or unsafe; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. `README.md` lists every one with its meaning."""

    instance: Path
    registry_url: str
    ballot_box_url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8000
    public_address: str = "http://127.0.0.1:8000"
    languages: tuple[str, ...] = KNOWN_LANGUAGES
    timezone: str = "Asia/Shanghai"
    organisation_zh: str = "校工会"
    organisation_en: str = "University Trade Union"
    contact_zh: str = ""
    contact_en: str = ""
    sign_in: SignInSettings = field(default_factory=SignInSettings)

    @property
    def https(self) -> bool:
        return urlsplit(self.public_address).scheme == "https"

    @property
    def is_public(self) -> bool:
        """True when people on other machines are meant to reach this service."""
        return urlsplit(self.public_address).hostname not in LOOPBACK

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read SURVEY_* variables; raise UnsafeSettings with a sentence for a value that cannot be used."""
        given = os.environ if environment is None else environment

        def value(name: str, default: str) -> str:
            return given.get(f"SURVEY_{name}", "").strip() or default

        instance = Path(value("INSTANCE", "instance")).resolve()
        port = _port(value("PORT", "8000"))
        settings = cls(
            instance=instance,
            registry_url=value("REGISTRY", f"sqlite:///{instance / 'registry.db'}"),
            ballot_box_url=value("BALLOT_BOX", f"sqlite:///{instance / 'ballot_box.db'}"),
            secret=value("SECRET", "") or _kept_secret(instance),
            host=value("HOST", "127.0.0.1"),
            port=port,
            public_address=value("PUBLIC_ADDRESS", f"http://127.0.0.1:{port}").rstrip("/"),
            languages=tuple(part.strip() for part in value("LANGUAGES", "zh,en").split(",") if part.strip()),
            timezone=value("TIMEZONE", "Asia/Shanghai"),
            organisation_zh=value("ORGANISATION_ZH", "校工会"),
            organisation_en=value("ORGANISATION_EN", "University Trade Union"),
            contact_zh=value("CONTACT_ZH", ""),
            contact_en=value("CONTACT_EN", ""),
            sign_in=SignInSettings(
                ways=tuple(part.strip() for part in value("SIGN_IN", "").split(",") if part.strip()),
                smtp=value("SMTP", ""),
                mail_from=value("MAIL_FROM", ""),
                oidc_issuer=value("OIDC_ISSUER", "").rstrip("/"),
                oidc_client_id=value("OIDC_CLIENT_ID", ""),
                oidc_client_secret=value("OIDC_CLIENT_SECRET", ""),
                oidc_claim=value("OIDC_CLAIM", "preferred_username"),
                cas=value("CAS", ""),
                cas_attribute=value("CAS_ATTRIBUTE", ""),
                name_zh=value("SIGN_IN_NAME_ZH", "统一身份认证"),
                name_en=value("SIGN_IN_NAME_EN", "campus account"),
            ),
        )
        settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """Raise UnsafeSettings when the values would break anonymity, sign-in or counting."""
        for broken, sentence in (
            (
                len(self.secret) < SHORTEST_SECRET,
                (
                    f"SURVEY_SECRET must have at least {SHORTEST_SECRET} characters; leave it out and one is made and kept "
                    "in the instance folder."
                ),
            ),
            (
                self.registry_url == self.ballot_box_url,
                "SURVEY_REGISTRY and SURVEY_BALLOT_BOX name the same database; people and ballots must be kept apart.",
            ),
            (
                not self.registry_url.startswith(("sqlite:///", "postgresql+psycopg://")),
                "SURVEY_REGISTRY must begin with sqlite:/// or postgresql+psycopg://.",
            ),
            (
                not self.ballot_box_url.startswith(("sqlite:///", "postgresql+psycopg://")),
                "SURVEY_BALLOT_BOX must begin with sqlite:/// or postgresql+psycopg://.",
            ),
            (
                urlsplit(self.public_address).scheme not in {"http", "https"}
                or not urlsplit(self.public_address).netloc,
                "SURVEY_PUBLIC_ADDRESS must be an address such as https://survey.example.edu.cn.",
            ),
            (
                self.is_public and not self.https,
                (
                    "SURVEY_PUBLIC_ADDRESS is reachable by others but not https: on the way, anybody could read or change "
                    "the page that promises anonymity."
                ),
            ),
            (
                not self.is_public and self.host not in LOOPBACK,
                (
                    "SURVEY_HOST listens to other machines while SURVEY_PUBLIC_ADDRESS names this one; set the https "
                    "address that people use."
                ),
            ),
            (
                not self.languages or self.languages[0] != "zh" or not set(self.languages) <= set(KNOWN_LANGUAGES),
                "SURVEY_LANGUAGES must be zh or zh,en: Chinese comes first.",
            ),
            (not _known_zone(self.timezone), f"SURVEY_TIMEZONE {self.timezone!r} is not a known time zone."),
        ):
            if broken:
                raise UnsafeSettings(sentence)
        for sentence in self.sign_in.refusals():
            raise UnsafeSettings(sentence)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise UnsafeSettings(f"SURVEY_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _kept_secret(instance: Path) -> str:
    """The secret of this instance: made once, kept in a file that only its owner reads."""
    try:
        return _secret_of(instance / "secret.key")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnsafeSettings(f"SURVEY_INSTANCE: the folder {instance} cannot be used ({fault}).") from fault


def _secret_of(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text("ascii").strip()
