"""A small real OpenID Connect provider on a port of this machine, made with Authlib's provider side: people, consent, codes, keys.

`spoil` changes one ID token before it is signed, or the key it is signed with: what a client must not believe.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

from tests.real_server import free_port

CLIENT, SECRET = "union-survey", "a long client secret"


@dataclass
class Client:
    redirect_uri: str
    client_id: str = CLIENT

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    code: str
    user: dict[str, Any]
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Provider:
    issuer: str
    people: dict[str, dict[str, Any]]
    key: RSAKey
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    spoil: Callable[[dict[str, Any]], None] | None = None
    signing_key: RSAKey | None = None
    told_in_token: bool = True


def _grants(provider: Provider) -> tuple[type[grants.AuthorizationCodeGrant], OpenIDCode]:
    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012 - Authlib's way

        def save_authorization_code(self, code: str, asked: Any) -> None:
            data = asked.payload.data
            provider.codes[code] = Code(
                code,
                asked.user,
                asked.payload.redirect_uri,
                asked.payload.scope,
                data.get("nonce"),
                data.get("code_challenge"),
                data.get("code_challenge_method"),
            )

        def query_authorization_code(self, code: str, _client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            provider.codes.pop(authorization_code.code, None)

        def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
            return authorization_code.user

    class WithIdToken(OpenIDCode):
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False

        def encode_id_token(self, _token: dict[str, Any], asked: Any) -> str:
            now = int(time.time())
            claims = {"iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
            claims |= self.get_authorization_code_claims(asked.authorization_code)
            claims |= asked.user if provider.told_in_token else {"sub": asked.user["sub"]}
            if provider.spoil:
                provider.spoil(claims)
            key = provider.signing_key or provider.key
            return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims, key)

        def generate_user_info(self, user: dict[str, Any], _scope: str) -> UserInfo:
            return UserInfo(user)

    return Grant, WithIdToken(require_nonce=True)


def provider_app(provider: Provider, redirect_uri: str) -> Flask:
    app = Flask("openid_provider")
    app.secret_key = "provider"
    client = Client(redirect_uri)

    def save_token(token: dict[str, Any], asked: Any) -> None:
        provider.tokens[token["access_token"]] = asked.user

    server = AuthorizationServer(
        app, query_client=lambda name: client if name == CLIENT else None, save_token=save_token
    )
    grant, with_id_token = _grants(provider)
    server.register_grant(grant, [with_id_token, CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def found() -> Any:
        return jsonify(
            issuer=provider.issuer,
            authorization_endpoint=f"{provider.issuer}/authorize",
            token_endpoint=f"{provider.issuer}/token",
            jwks_uri=f"{provider.issuer}/keys",
            userinfo_endpoint=f"{provider.issuer}/userinfo",
        )

    @app.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Any:
        if request.method == "GET":
            server.get_consent_grant(end_user=None)
            return '<form method="post"><input name="user" id="user"><button>Sign in</button></form>'
        person = provider.people.get(request.form["user"])
        return server.create_authorization_response(grant_user=person, grant=server.get_consent_grant(end_user=person))

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(KeySet([provider.key]).as_dict(private=False))

    @app.get("/userinfo")
    def userinfo() -> Any:
        return jsonify(provider.tokens[request.headers["Authorization"].removeprefix("Bearer ")])

    return app


@contextmanager
def openid_provider(redirect_uri: str, people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """Runs until the block ends. It calls itself localhost: another site than 127.0.0.1, as in life."""
    port = free_port()
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    provider = Provider(f"http://localhost:{port}", people, key)
    server = make_server("127.0.0.1", port, provider_app(provider, redirect_uri), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
