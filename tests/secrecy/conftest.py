from tests.browser.conftest import browser
from tests.databases import (
    kind,
    make_stores,
    postgresql_server,
    postgresql_templates,
    sqlite_templates,
    stores,
)

__all__ = ["browser", "kind", "make_stores", "postgresql_server", "postgresql_templates", "sqlite_templates", "stores"]
