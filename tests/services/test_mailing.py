"""One mail at a real mail server: encryption and sign-in are insisted on, and what became of the mail is told exactly."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from survey_app.services.mailing import MailServerUnreachable, Postbox, letter
from survey_app.sign_in_settings import MailServer, SignInSettings, mail_server
from tests.members_house import MailServer as Mailbox
from tests.real_server import free_port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


@contextmanager
def serving(mailbox: Mailbox, **options: Any) -> Iterator[MailServer]:
    mailbox.port = free_port()

    class Made(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, **options)

    controller = Made(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield MailServer("localhost", mailbox.port, False, False, "", "", "union@jut.example")
    controller.stop()


def sent(server: MailServer, to: str = "m1@jut.example") -> str:
    with Postbox(server) as postbox:
        return postbox.send(letter(server, to, "工会", "主题：领取", "您好，李老师。\n.\n再见", "one"))


def with_tls(certificate: tuple[Path, Path]) -> dict[str, Any]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, certificate))
    return {"tls_context": context, "require_starttls": True}


def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"union", b"pass word"), handled=False)


def test_chinese_texts_arrive_as_they_were_written() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server:
        assert sent(server) == "sent"
    ((address, mail),) = mailbox.taken
    assert (address, mail["Subject"], mail["From"]) == ("m1@jut.example", "主题：领取", "工会 <union@jut.example>")
    assert mail.get_content().splitlines() == ["您好，李老师。", ".", "再见"]


def test_mail_goes_encrypted_and_signed_in(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    mailbox = Mailbox()
    with serving(mailbox, **with_tls(certificate), authenticator=login, auth_required=True) as server:
        assert sent(replace(server, starttls=True, user="union", password="pass word")) == "sent"
        with pytest.raises(MailServerUnreachable):
            sent(replace(server, starttls=True, user="union", password="wrong"))
    assert len(mailbox.taken) == 1


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(certificate: tuple[Path, Path]) -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox, **with_tls(certificate)) as server,
        pytest.raises(MailServerUnreachable, match="SSLCertVerificationError"),
    ):
        sent(replace(server, starttls=True))
    assert mailbox.taken == []


def test_a_server_without_encryption_gets_no_mail_where_encryption_is_wanted() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server, pytest.raises(MailServerUnreachable):
        sent(replace(server, starttls=True, user="union", password="secret"))
    assert mailbox.taken == []


def test_refused_put_off_and_sent_are_told_apart_on_one_connection() -> None:
    mailbox = Mailbox(refused={"gone@jut.example"}, busy={"full@jut.example"})
    with serving(mailbox) as server, Postbox(server) as postbox:
        fates = [
            postbox.send(letter(server, to, "工会", "主题", "文", to))
            for to in ("gone@jut.example", "full@jut.example", "m1@jut.example")
        ]
    assert fates == ["refused", "later", "sent"]


def test_a_connection_that_breaks_after_the_text_leaves_the_mail_in_doubt() -> None:
    class Breaking(Mailbox):
        async def handle_DATA(self, server: Any, _session: Any, _envelope: Any) -> str:
            server.transport.abort()
            return "250 taken"

    with serving(Breaking()) as server:
        assert sent(server) == "doubtful"


def test_the_address_of_the_mail_server_is_read_whole() -> None:
    def read(smtp: str) -> MailServer:
        return mail_server(SignInSettings(smtp=smtp, mail_from="union@jut.example"))

    far = read("smtp://union%40jut:p%40ss%2Fword@mail.jut.example:587")
    assert (far.host, far.port, far.tls, far.starttls) == ("mail.jut.example", 587, False, True)
    assert (far.user, far.password) == ("union@jut", "p@ss/word")
    assert (read("smtps://mail.jut.example").port, read("smtps://mail.jut.example").tls) == (465, True)
    assert not read("smtp://127.0.0.1:25").starttls
