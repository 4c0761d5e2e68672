from tests.databases import (
    kind,
    make_stores,
    postgresql_server,
    postgresql_templates,
    sqlite_templates,
    stores,
)

__all__ = ["kind", "make_stores", "postgresql_server", "postgresql_templates", "sqlite_templates", "stores"]
