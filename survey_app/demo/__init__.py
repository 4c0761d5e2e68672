"""The demo university: invented people who answer through the real services.

A layer above the services: `commands` calls it, it calls `services` and `questionnaires`, and no door knows of it.
Everything is drawn from fixed seeds, so the same file and the same day make the same sealed boxes.
"""
