"""Tables and runs are read with brackets; a dot in their place is told so."""

from typing import ClassVar

from .errors import no_name
from .names import closest, same_name


class InBrackets:
    """A table whose entries are read with brackets; ``table.entry`` says so."""

    _called: ClassVar[str]  # how one writes the table: "run", "bl.trials"

    def __getattr__(self, name):
        if name.startswith("_"):  # Python asks for these; a table has no such entry
            raise AttributeError(name)
        words = {each: each for each in self._entries()}
        if near := same_name(name, words) or closest(name, words):
            raise AttributeError(
                f'{self._called}.{name} does not work: write {self._called}["{near[0]}"].'
            )
        raise no_name(self._called, name, [each for each in dir(self) if each[0] != "_"])

    def _entries(self):
        return list(self)
