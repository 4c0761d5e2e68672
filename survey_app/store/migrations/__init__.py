"""Version trees of the two databases, run by `upgrade` at every start."""
