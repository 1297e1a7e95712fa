"""pint, the unit library that the tests hold the project's own list of units against."""

from functools import cache

import pint


@cache
def registry():
    """The one registry of the test run (loading it takes half a second)."""
    return pint.UnitRegistry(cache_folder=None)
