"""Python's collector of garbage, kept from stopping a moving slider for a tenth of a second.

Several hundred thousand objects stand when a lab is first shown: numpy, matplotlib, the widgets.
They stay, and to look through them all takes as long as several pictures. What is made later is
looked through when nothing moves, so that it need not happen while something does.
"""

import gc
from functools import cache


@cache
def spare_what_stays():
    """Let the collector pass over all that has been made so far; once in a process is enough."""
    gc.freeze()


SOON = 4  # collections of young objects, of the ten after which Python looks through all


def collect_at_rest():
    """Nothing moves: look through all objects now, if Python would do it before long."""
    if gc.get_count()[2] >= SOON:
        gc.collect()
