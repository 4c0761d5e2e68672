"""Guessing is slowed without knowing who guesses: only wrong codes wait, and only so many at a time.

No address is looked at or kept. Right codes never come here, so a flood of wrong ones cannot shut staff out.
"""

import threading
import time
from dataclasses import dataclass, field

from survey_app.services.errors import TooManyWrongCodes, WrongCode


@dataclass
class Brake:
    """Each wrong code holds a place for some seconds; without a free place it is turned away at once.

    `places` must stay below the threads of a server process (`commands.THREADS`), or waiting guesses hold them all.
    """

    seconds: float = 0.5
    places: int = 2
    _free: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._free = threading.BoundedSemaphore(self.places)

    def refuse(self) -> WrongCode:
        """Wait, then give the error to raise; raises TooManyWrongCodes when all places are taken."""
        if not self._free.acquire(blocking=False):
            raise TooManyWrongCodes
        try:
            time.sleep(self.seconds)
        finally:
            self._free.release()
        return WrongCode()


BRAKE = Brake()
