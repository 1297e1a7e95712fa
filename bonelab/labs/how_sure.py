"""How sure a lab is of a run: the band is computed when somebody asks, for that setting alone."""

from dataclasses import replace

from .lines import execute

ID, WORDS = "sure", "How sure?"


class HowSure:
    """Bands around the run of a lab, by setting. ``lines(**values)`` makes ``bands``.

    ``clicked`` is asked first by the lab's own; ``of(values)`` are the Bands, or None.
    """

    def __init__(self, lines):
        self._lines, self._asked = lines, set()

    def clicked(self, lab, values, where):
        """Take a click on the button; False where it was something else."""
        if where != ID:
            return False
        self._asked.add(self._key(values))
        with lab.lock:
            lab.state = replace(lab.state, asked=lab.state.asked + 1)
        return True

    def of(self, values):
        """The bands of a setting that was asked about, else None."""
        if self._key(values) not in self._asked:
            return None
        return execute(self._lines(**values), "how sure")["bands"]

    def _key(self, values):
        return self._lines(**values)
