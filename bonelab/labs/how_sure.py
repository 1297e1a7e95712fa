"""How sure a lab is of a run: the band is computed when somebody asks, for that setting alone."""

from dataclasses import replace

from .lines import execute

ID, WORDS = "sure", "How sure?"
KEPT = 4  # settings asked about whose bands stand; a band holds forty runs, some 5 MB


class HowSure:
    """Bands around the run of a lab, by setting. ``lines(**values)`` makes ``bands``.

    ``clicked`` is asked first by the lab's own; ``of(values)`` are the Bands, or None.
    """

    def __init__(self, lines):
        self._lines, self._asked = lines, {}  # lines -> Bands, None until they are needed

    def clicked(self, lab, values, where):
        """Take a click on the button; False where it was something else."""
        if where != ID:
            return False
        key = self._key(values)
        self._asked[key] = self._asked.pop(key, None)
        while len(self._asked) > KEPT:
            del self._asked[next(iter(self._asked))]
        with lab.lock:
            lab.state = replace(lab.state, asked=lab.state.asked + 1)
        return True

    def of(self, values):
        """The bands of a setting that was asked about lately, else None."""
        key = self._key(values)
        if key not in self._asked:
            return None
        if self._asked[key] is None:
            self._asked[key] = execute(key, "how sure")["bands"]
        return self._asked[key]

    def _key(self, values):
        return self._lines(**values)
