from tests.databases import (
    kind,
    make_stores,
    postgresql_server,
    postgresql_templates,
    sqlite_templates,
    stores,
)
from tests.demo_instance import demo_instance, own_demo_instance
from tests.small_university import postgresql_university, small_university, sqlite_university

__all__ = [
    "demo_instance",
    "kind",
    "make_stores",
    "own_demo_instance",
    "postgresql_server",
    "postgresql_templates",
    "postgresql_university",
    "small_university",
    "sqlite_templates",
    "sqlite_university",
    "stores",
]
