"""Door 4, 我的领取页: a member on the roster signs in once a year and collects the booklet of tickets.

The registry's world alone: no page of this door reads or writes the ballot box, and answering needs none of it.
"""

from survey_app.account import booklet, sign_in, tickets
from survey_app.account.door import blueprint

__all__ = ["blueprint"]

_PAGES = (booklet, sign_in, tickets)  # importing them registers their routes
