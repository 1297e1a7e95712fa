"""What a reader sees of a lab at one setting, read from the picture and its sentence.

shown = Seen("clinic", drug="denosumab", missed=3)
shown.at(0, "CTX", 18)          # the height of the curve at 18 on the axis of panel 0
shown.numbers                   # every number of the live sentence
"""

import re
from dataclasses import replace

import numpy as np

from bonelab import labs


class Seen:
    """A lab, or the one of this name, moved to one setting and drawn."""

    def __init__(self, name, **values):
        self.lab = getattr(labs, name)() if isinstance(name, str) else name
        self.lab.skip().reset()  # it would begin where an earlier one was left
        self.move(**values)

    def move(self, **values):
        """Move on, and draw again."""
        self.lab.set(**values)
        self.lab.dots()
        self.picture, self.text = self.lab.picture, self.lab.text
        return self

    def line(self, panel, series):
        """x and y of one drawn curve."""
        return self.picture.line_panels[panel].lines[series].get_data()

    def at(self, panel, series, x):
        """The height of a drawn curve at ``x`` on its axis."""
        return float(np.interp(x, *self.line(panel, series)))

    def end(self, panel, series):
        """The last point of a drawn curve."""
        x, y = self.line(panel, series)
        return float(x[-1]), float(y[-1])

    def axis(self, panel):
        """The words along both axes of a panel."""
        axes = self.picture.line_panels[panel].axes
        return axes.get_xlabel(), " ".join(axes.get_ylabel().split())

    def cursor(self, panel):
        """Where the thin lines of a panel meet: the setting, and what the curve has there."""
        standing = getattr(self.picture, "pair", None)
        cursor = standing.cursors[panel] if standing else self.picture.cursor
        x, y = cursor.line.get_data()
        return float(max(x)), float(max(y))

    @property
    def numbers(self):
        """The numbers of the live sentence, in order."""
        return [float(n.replace(",", "")) for n in re.findall(r"-?\d[\d,]*(?:\.\d+)?", self.text)]

    def says(self, value, digits=0):
        """True when the live sentence says this number, to so many decimals."""
        return round(float(value), digits) in self.numbers

    @property
    def drawing(self):
        """The words of the drawing beside the curves."""
        scene = self.picture.scene_values(self.lab.seen)
        return self.picture.drawing.alt(**scene)


def goal(lab, words):
    """The one challenge of a lab whose goal holds these words."""
    (found,) = [c for c in lab.challenges if words in c.goal]
    return found


def reached(lab, words, *steps):
    """Whether a challenge is reached by these steps from the start, and by the last one only."""
    met = []
    lab.skip().reset()
    lab.state = replace(lab.state, reached={})
    for step in steps:
        lab.set(**step)
        met.append(goal(lab, words).goal in lab.state.reached)
    assert not any(met[:-1]), f"reached too early: {met}"
    return met[-1]
