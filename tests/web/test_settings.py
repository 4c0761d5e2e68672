"""Settings come from SURVEY_* variables; unsafe ones are refused with a sentence."""

from pathlib import Path

import pytest

from survey_app.settings import Settings, UnsafeSettings

SECRET = "s" * 40


def settings(tmp_path: Path, **given: str) -> Settings:
    named = {"INSTANCE": str(tmp_path), "SECRET": SECRET} | given
    return Settings.from_environment({f"SURVEY_{name}": value for name, value in named.items()})


def test_an_empty_environment_serves_this_machine_only(tmp_path: Path) -> None:
    chosen = Settings.from_environment({"SURVEY_INSTANCE": str(tmp_path)})
    assert chosen.host == "127.0.0.1"
    assert chosen.public_address == "http://127.0.0.1:8000"
    assert not chosen.is_public


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = Settings.from_environment({"SURVEY_INSTANCE": str(tmp_path / "new")})
    again = Settings.from_environment({"SURVEY_INSTANCE": str(tmp_path / "new")})
    assert first.secret == again.secret
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"SECRET": "short"}, "SURVEY_SECRET"),
        ({"PUBLIC_ADDRESS": "http://survey.example.edu.cn"}, "https"),
        ({"PUBLIC_ADDRESS": "survey.example.edu.cn"}, "SURVEY_PUBLIC_ADDRESS"),
        ({"HOST": "0.0.0.0"}, "SURVEY_HOST"),
        ({"REGISTRY": "sqlite:////x.db", "BALLOT_BOX": "sqlite:////x.db"}, "same database"),
        ({"REGISTRY": "mysql://x"}, "SURVEY_REGISTRY"),
        ({"BALLOT_BOX": "redis://x"}, "SURVEY_BALLOT_BOX"),
        ({"LANGUAGES": "en"}, "Chinese comes first"),
        ({"LANGUAGES": "zh,fr"}, "SURVEY_LANGUAGES"),
        ({"TIMEZONE": "Mars/Olympus"}, "SURVEY_TIMEZONE"),
        ({"PORT": "eighty"}, "SURVEY_PORT"),
        ({"PORT": "70000"}, "SURVEY_PORT"),
    ],
)
def test_an_unsafe_value_is_refused_with_a_sentence_that_names_it(
    tmp_path: Path, given: dict[str, str], word: str
) -> None:
    with pytest.raises(UnsafeSettings, match=word):
        settings(tmp_path, **given)


def test_a_public_address_with_https_is_accepted(tmp_path: Path) -> None:
    chosen = settings(tmp_path, PUBLIC_ADDRESS="https://survey.example.edu.cn/", HOST="0.0.0.0")
    assert chosen.public_address == "https://survey.example.edu.cn"
    assert chosen.is_public
    assert chosen.https


OIDC = {"OIDC_ISSUER": "https://id.jut.example", "OIDC_CLIENT_ID": "union", "OIDC_CLIENT_SECRET": "s"}
MAIL = {"SMTP": "smtps://mail.jut.example", "MAIL_FROM": "union@jut.example"}


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"SIGN_IN": "sms"}, "SURVEY_SIGN_IN"),
        ({"SIGN_IN": "email"}, "SURVEY_SMTP"),
        ({"SIGN_IN": "email", "SMTP": "smtp://mail.jut.example"}, "SURVEY_MAIL_FROM"),
        ({"SIGN_IN": "oidc", "OIDC_ISSUER": "https://id.jut.example"}, "SURVEY_OIDC_CLIENT_SECRET"),
        ({"SIGN_IN": "cas"}, "SURVEY_CAS"),
        ({"SIGN_IN": "cas", "CAS": "http://cas.jut.example/cas"}, "SURVEY_CAS must be an https"),
        ({"SIGN_IN": "oidc", **OIDC, "OIDC_ISSUER": "http://id.jut.example"}, "SURVEY_OIDC_ISSUER must be an https"),
        ({"SIGN_IN": "email", **MAIL, "SMTP": "mail.jut.example"}, "SURVEY_SMTP must be"),
        ({"SIGN_IN": "email", **MAIL, "SMTP": "smtp://mail.jut.example:many"}, "SURVEY_SMTP must be"),
        ({"SIGN_IN": "email", **MAIL, "MAIL_FROM": "Union <u@jut.example>"}, "SURVEY_MAIL_FROM must be"),
    ],
)
def test_a_way_of_signing_in_that_is_incomplete_or_unsafe_is_refused(
    tmp_path: Path, given: dict[str, str], word: str
) -> None:
    with pytest.raises(UnsafeSettings, match=word):
        settings(tmp_path, **given)


def test_members_cannot_sign_in_unless_a_way_is_named(tmp_path: Path) -> None:
    assert settings(tmp_path, **OIDC, **MAIL).sign_in.ways == ()
    chosen = settings(tmp_path, SIGN_IN="oidc, email,code", **OIDC, **MAIL).sign_in
    assert chosen.ways == ("oidc", "email", "code")
    assert chosen.can_mail
