"""The university's own sign-in, by OpenID Connect or CAS: who comes back from it.

Both begin with an address to send the browser to and something to keep in it (`Step`), and end with the name the
university gave: the staff number, as a rule. What else the provider tells is looked at by nobody and kept nowhere.
"""

from typing import Any, cast
from urllib.parse import urlencode

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from cas import CASClient
from joserfc import jwt
from joserfc.jwk import KeySet
from requests.adapters import HTTPAdapter

from survey_app.services.campus_steps import CampusSignInFailed, Step
from survey_app.sign_in_settings import SignInSettings

PATIENCE = 10.0  # seconds for one answer of the provider
LEEWAY = 60  # seconds that two clocks may differ
#: Signatures by a key that we hold too (HS256) or by none are refused.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]


def oidc_address(chosen: SignInSettings, back: str) -> tuple[str, Step]:
    """Where to send the browser. Raises CampusSignInFailed."""
    step = Step(generate_token(32), generate_token(32), generate_token(64))
    with _oidc_session(chosen, back) as session:
        address, _state = session.create_authorization_url(
            _found(chosen)["authorization_endpoint"],
            state=step.state,
            nonce=step.nonce,
            code_challenge=create_s256_code_challenge(step.verifier),
            code_challenge_method="S256",
        )
    return str(address), step


def oidc_name(chosen: SignInSettings, back: str, step: Step, code: str) -> str:
    """The name of whoever came back with this code. Raises CampusSignInFailed."""
    found = _found(chosen)
    try:
        with _oidc_session(chosen, back) as session:
            token = session.fetch_token(
                found["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=step.verifier
            )
            claims = _believed(chosen, found, str(token["id_token"]), step.nonce)
            if chosen.oidc_claim not in claims and "userinfo_endpoint" in found:
                claims = {**_of_the_same(claims, _json(session.get(found["userinfo_endpoint"]))), **claims}
    except CampusSignInFailed:
        raise
    except Exception as error:  # Authlib, joserfc and requests each have their own; all mean: not recognised
        raise CampusSignInFailed(f"OpenID Connect: {type(error).__name__}") from error
    if chosen.oidc_claim == "email" and claims.get("email_verified") is False:
        raise CampusSignInFailed("the provider has not verified the address")
    return _name(claims.get(chosen.oidc_claim))


def cas_address(chosen: SignInSettings, back: str) -> tuple[str, Step]:
    """Where to send the browser."""
    step = Step(generate_token(32))
    return str(_cas(chosen, back, step).get_login_url()), step


def cas_name(chosen: SignInSettings, back: str, step: Step, ticket: str) -> str:
    """The name of whoever came back with this ticket. Raises CampusSignInFailed."""
    try:
        user, attributes, _proxy = _cas(chosen, back, step).verify_ticket(ticket)
    except Exception as error:  # requests' errors and whatever an answer that is no XML raises
        raise CampusSignInFailed(f"CAS: {type(error).__name__}") from error
    if not user:
        raise CampusSignInFailed("CAS refused the ticket")
    return _name((attributes or {}).get(chosen.cas_attribute) if chosen.cas_attribute else user)


def _of_the_same(claims: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """User information counts only for the person of the ID token (OIDC Core, 5.3.2)."""
    if told.get("sub") != claims["sub"]:
        raise CampusSignInFailed("the user information is of somebody else")
    return told


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CampusSignInFailed("the provider did not tell the attribute that names a member")
    return value


def _believed(chosen: SignInSettings, found: dict[str, Any], id_token: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token whose signature, issuer, audience, times and nonce are right (OIDC Core, 3.1.3.7)."""
    keys = KeySet.import_key_set(cast("Any", _json(_client().get(found["jwks_uri"]))))
    token = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "values": [found["issuer"]]},
            "aud": {"essential": True, "value": chosen.oidc_client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "nonce": {"essential": True, "value": nonce},
        },
        params={"nonce": nonce, "client_id": chosen.oidc_client_id},
    )
    claims.validate(leeway=LEEWAY)
    return dict(claims)


def _found(chosen: SignInSettings) -> dict[str, Any]:
    """The provider's own description; it must name itself as the settings do (OIDC Discovery, 4.3)."""
    try:
        found = _json(_client().get(get_well_known_url(chosen.oidc_issuer, external=True)))
    except requests.RequestException as error:
        raise CampusSignInFailed(f"OpenID Connect: {type(error).__name__}") from error
    needed = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if not needed <= set(found) or str(found["issuer"]).rstrip("/") != chosen.oidc_issuer:
        raise CampusSignInFailed("the issuer describes itself otherwise")
    return found


def _oidc_session(chosen: SignInSettings, back: str) -> OAuth2Session:
    session = OAuth2Session(
        chosen.oidc_client_id, chosen.oidc_client_secret, scope="openid profile email", redirect_uri=back
    )
    return cast("OAuth2Session", _patient(session))


def _cas(chosen: SignInSettings, back: str, step: Step) -> Any:
    return CASClient(
        version=3,
        service_url=f"{back}?{urlencode({'state': step.state})}",
        server_url=chosen.cas.rstrip("/") + "/",
        session=_client(),
    )


class _Patience(HTTPAdapter):
    """Every call ends: a provider that is silent must not hold a thread of ours for ever."""

    def send(self, request: Any, *rest: Any, **options: Any) -> requests.Response:
        options["timeout"] = options.get("timeout") or PATIENCE
        return super().send(request, *rest, **options)


def _client() -> requests.Session:
    return _patient(requests.Session())


def _patient(session: requests.Session) -> requests.Session:
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Patience())
    return session


def _json(answer: requests.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise CampusSignInFailed("no JSON object")
    return found
