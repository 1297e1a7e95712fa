"""One thing that the doctor looked at."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Is it fine, what was looked at, and what was found (with what to do, if it is not)?"""

    fine: bool
    what: str
    words: str
