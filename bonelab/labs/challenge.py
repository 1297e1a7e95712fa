"""Goals that a lab judges by itself: no marks, only "reached in 7 moves".

    Challenge(
        "Make P1NP rise while CTX falls.",
        reached=lambda run, values: run.final["P1NP"] > 110 and run.final["CTX"] < 90,
    )

A move is one control brought to rest somewhere else. Moves are counted from the start of the lab,
or from the last Reset.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Challenge:
    """A goal in words, and ``reached(run, values)``, which is True where the lab has reached it."""

    goal: str
    reached: Callable


def in_words(goal, moves):
    """A goal and how it stands: ``moves`` is None while it is open."""
    if moves is None:
        return f"○ {goal}"
    return f"✓ {goal} Reached in {moves} move{'' if moves == 1 else 's'}."
