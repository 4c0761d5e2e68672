"""Random numbers of the demo: one generator per purpose, so that changing one draw leaves all others as they were."""

import zlib

import numpy as np

SEED_OF_THE_DEMO = 20251109


def generator(*words: str) -> np.random.Generator:
    """A generator fixed by what it is for, e.g. `generator("persons", "B07")`. Never for keys of a real poll."""
    return np.random.default_rng([SEED_OF_THE_DEMO, *(zlib.crc32(word.encode()) for word in words)])
