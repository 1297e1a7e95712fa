"""Goals that a lab judges by itself: no marks, only "reached in 7 moves".

    Challenge(
        "Make P1NP rise while CTX falls.",
        reached=lambda run, values: run.final["P1NP"] > 110 and run.final["CTX"] < 90,
    )
    Challenge(
        "Find two mixtures with the same ratio and twice the occupancy.",
        reached=lambda run, values, other, others: ...,
        pair=True,
    )

A move is one control brought to rest somewhere else. Moves are counted from the start of the lab,
or from the last Reset. A goal of a pair compares where the lab rests now with each place where it
rested before, since the start or the last Reset.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Challenge:
    """A goal in words, and ``reached(run, values)``, which is True where the lab has reached it.

    With ``pair=True`` it is ``reached(run, values, other_run, other_values)``."""

    goal: str
    reached: Callable
    pair: bool = False

    def met(self, here, before):
        """True when it is reached ``here``, a (run, values), after having been at ``before``."""
        if self.pair:
            return any(self.reached(*here, *other) for other in before)
        return self.reached(*here)


def in_words(goal, moves):
    """A goal and how it stands: ``moves`` is None while it is open."""
    if moves is None:
        return f"○ {goal}"
    return f"✓ {goal} Reached in {moves} move{'' if moves == 1 else 's'}."
