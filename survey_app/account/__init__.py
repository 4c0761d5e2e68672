"""Door 4, 我的领取页: a member on the roster signs in once a year and collects the booklet of tickets.

The registry's world alone: no page of this door reads or writes the ballot box, and answering needs none of it.
"""

from survey_app.account import booklet, sign_in, tickets
from survey_app.account.door import blueprint
from survey_app.web.assets import ASSETS, joined_script

__all__ = ["blueprint"]

_PAGES = (booklet, sign_in, tickets)  # importing them registers their routes

# In order of use: each imports only from those before it. What the doors share is shared by address, not by import.
MODULES = (
    *(f"staff/{name}.js" for name in ("hashes", "ticket", "letters", "manifest", "booklet")),
    *(f"account/{name}.js" for name in ("recovery", "filling", "asking", "qr", "poster", "collecting")),
)
ASSETS["account/collect.js"] = joined_script(MODULES)
ARRIVING = ("account/poster.js", "account/code.js")
ASSETS["account/arrive.js"] = joined_script(ARRIVING)
