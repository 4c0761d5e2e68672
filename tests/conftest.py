"""For all tests: Hypothesis tries the same examples every time, and a slow machine is no fault."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")
