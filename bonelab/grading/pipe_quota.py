"""The pages of pipes that the kernel allows one user, of which all submissions together leave some.

Past that number every new pipe is made small, the neighbours' and the teacher's too. Each
submission alone may hold a few; those that run side by side, and those that stand still until
their hidden tests, might use the number up together.
"""

import math
from dataclasses import replace
from pathlib import Path

PAGES = 16  # of a new pipe
SOFT = Path("/proc/sys/fs/pipe-user-pages-soft")
RUNNING, STANDING = 0.25, 0.5  # of a user's; the rest is for what opens between two looks
FEWEST = 24  # of one submission, whose own channels count as well


def most_pipes():
    """How many pipes of the usual size a user may have open."""
    try:
        pages = int(SOFT.read_text())
    except (OSError, ValueError):
        return math.inf
    return pages // PAGES or math.inf  # 0 is no limit


def shared(limits, side_by_side):
    """The ``limits`` of each of so many submissions that run at the same time."""
    each = RUNNING * most_pipes() / side_by_side
    return replace(limits, pipes=int(min(limits.pipes, max(FEWEST, each))))


def is_used_up(held):
    """Do submissions that stand still hold too many pipes?"""
    return held > STANDING * most_pipes()
