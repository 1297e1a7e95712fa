"""The part of a lab that computes: it runs the lines, and keeps what comes of them for a while."""

from .lines import execute

_RUNS_KEPT = 64  # results of the latest settings, so that going back computes nothing


def _kept(kept, key, make):
    """``kept[key]``, made if it is not there; the oldest are forgotten."""
    kept[key] = kept.pop(key) if key in kept else make(key)  # newest last
    while len(kept) > _RUNS_KEPT:
        del kept[next(iter(kept))]
    return kept[key]


class Computing:
    """Results, sentence and code of some settings, for :class:`~bonelab.labs.factory.Lab`."""

    def result(self, **values):
        """The run for some settings (others at their start) without moving the lab."""
        return self._compute(self.defaults | self._checked(values))[0]

    def run_at(self, values):
        """The run for all values at once, as they were at an earlier rest."""
        return self._compute(dict(values))[0]

    def look_ahead(self, name, before):
        """Compute and draw what a slider shows one stop further on, as it went from ``before``."""
        values = self.values
        value = self.controls[name].further(before, values[name])
        if value is not None:
            self._view(values | {name: value})

    def beforehand(self, values):
        """Compute a long run that nobody asks for yet; who asks for another one need not wait.

        It is for runs that tell how far they are, and are given up when something moves."""
        code = self._code_for(values)
        if code not in self._runs:
            names = self._executed(code)
            with self._computing:
                _kept(self._runs, code, lambda _: names)

    @property
    def at_hand(self):
        """True where picture and run of what is set now are kept, so that showing them takes no
        time: the sentence reads the run, which results asked for meanwhile may have pushed out."""
        values = self.values
        return (
            self._view_key(values) in self._views
            and self._code_for(values) in self._runs
            and repr(values) in self._shown
        )

    def _view(self, values):
        """The picture (PNG bytes) and its words, kept: a slider often goes back where it was."""
        return self._get(self._views, self._view_key(values), lambda _: self._viewed(values))

    def _get(self, kept, key, make):
        """``kept[key]``, made if it is not there. What is there need not wait while somebody, who
        may be looking ahead, computes something else."""
        there = kept.get(key)
        if not self._computing.acquire(blocking=there is None):
            return there
        try:
            return _kept(kept, key, make)
        finally:
            self._computing.release()

    def _view_key(self, values):
        """What a picture shows: the settings, and what the prediction lets be seen of them."""
        return repr((values, self.blank, self.state.guess, self.state.asked))

    def _viewed(self, values):
        seen = self._compute(values)[1]
        picture = self._drawn_of(seen)
        return picture.png(), picture.words(seen)

    @property
    def run(self):
        """The result of what is set now: a Run, or what else the lab's lines call ``run``."""
        return self._compute(self.values)[0]

    @property
    def seen(self):
        """What picture and sentence take: the run, with how the lab is set where they need it."""
        return self._compute(self.values)[1]

    def _compute(self, values):
        """The run and what is seen of it; what only looks at a run computes no other."""
        names = self._get(self._runs, self._code_for(values), self._executed)
        shown = self._get(self._shown, repr(values), lambda _: self._seen(names, values))
        return names["run"], shown

    def _tried(self, values):
        """Run and sentence of some settings; raises what they raise."""
        seen = self._compute(values)[1]
        if self._sentence:
            self._sentence(seen, values)

    def _executed(self, code):
        return execute(code, self.title)

    @property
    def doing(self):
        """What the lab is doing while it computes, in words."""
        return self.slow if isinstance(self.slow, str) else "Simulating"

    @property
    def text(self):
        """The live sentence: what the run shows, in words."""
        return self._sentence(self.seen, self.values) if self._sentence else self.run.summary()

    @property
    def alt(self):
        """The picture in words, as it is seen now."""
        return self._view(self.values)[1]

    @property
    def code(self):
        """The lines of Python that made what is on screen; they call it ``run``."""
        return self._code_for(self.values)

    def _code_for(self, values):
        text = self._lines(**values)
        return text if "import bonelab" in text else f"import bonelab as bl\n\n{text}"
