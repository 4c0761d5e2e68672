"""The demo university: invented people who answer through the real services.

A layer above the services: `commands` calls it, it calls `services` and `questionnaires`, and no door knows of it.
Everything is drawn from fixed seeds, so the same file and the same day make the same sealed boxes.
"""

from survey_app.demo.making import Demo, make_demo, sign_ins
from survey_app.demo.university import DemoRefused, FaultyUniversity

__all__ = ["Demo", "DemoRefused", "FaultyUniversity", "make_demo", "sign_ins"]
