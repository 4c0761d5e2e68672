"""What goes to and comes back from the university's own sign-in, apart from the libraries that speak with it: they are
loaded when somebody first signs in that way, for they take longer than the rest of the door.
"""

from dataclasses import asdict, dataclass


class CampusSignInFailed(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """The provider cannot be reached, said no, or answered what must not be believed. The message is for a log."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the browser keeps between leaving and coming back, signed, in a cookie of ten minutes."""

    state: str
    nonce: str = ""
    verifier: str = ""

    def kept(self) -> dict[str, str]:
        return asdict(self)
