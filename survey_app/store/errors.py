"""What a database can do to a caller, in two plain nouns. Nothing was stored when one of these is raised."""


class Busy(Exception):  # noqa: N818
    """Somebody else held the database for too long, or it could not be reached: try again in a moment."""


class StoreFull(Exception):  # noqa: N818
    """The disk, or the room given to the database, is full."""
