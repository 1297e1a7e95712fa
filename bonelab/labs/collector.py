"""Python's collector of garbage, kept from stopping a moving slider for a tenth of a second.

Several hundred thousand objects stand when a lab is first shown: numpy, matplotlib, the widgets.
They stay, and to look through them all takes as long as several pictures.
"""

import gc
from functools import cache


@cache
def spare_what_stays():
    """Let the collector pass over all that has been made so far; once in a process is enough."""
    gc.freeze()
