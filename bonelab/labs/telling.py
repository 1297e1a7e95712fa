"""What a card says of work: that it goes on, how far it is, that it was stopped, why it failed."""

from contextlib import contextmanager

from bonelab.course.asking.widgets import sentence

STOPPED = "Stopped. The picture shows what was simulated before; move a control to go on."
REFUSED = "This setting could not be computed, and so the lab stays as it was. The reason: "
NOTHING_YET = "Stopped before there was a picture; move a control to go on."


class Telling:
    """For :class:`~bonelab.labs.card.Card`, whose ``lab`` works and whose ``sentence`` tells."""

    @contextmanager
    def _refusing(self):
        """Say why something was refused; the lab has stayed as it was."""
        try:
            yield
        except Exception as problem:
            self._follow(opened=False)  # controls too
            self._say_refused(problem)
            raise

    def _say_refused(self, problem):
        words = sentence(f"{REFUSED}{str(problem).rstrip('.')}.", stale=True)
        self.sentence.value = words + self.sentence.value

    def _told(self, share):
        """Long work: how far it is (None: that it goes on), and a button to stop it."""
        self.right.add_class("bonelab-old")
        self.stop.layout.display = None
        words = f"{self.lab.doing} …" if share is None else f"{self.lab.doing}: {share:.0%} done."
        self.sentence.value = sentence(words, stale=True, done=-1 if share is None else share)

    def _give_up(self):
        self._waiting.stop()
        self._ended(stopped=True)  # work that does not ask goes on to its end, and is passed over

    def _failed(self, problem):
        """Work beside the messages has failed: back to what was shown before, and say why."""
        self.lab.go_back(self._shown)
        self._say_refused(problem)

    def _ended(self, stopped):
        self.stop.layout.display = "none"
        if stopped:
            self.right.add_class("bonelab-old")
            words = STOPPED if self.picture.value else NOTHING_YET
            self.sentence.value = sentence(words, stale=True)
        else:
            self._rest.soon()

    def _grow_old(self):
        """What is seen no longer belongs to the controls."""
        self.right.add_class("bonelab-old")
        if self.stop.layout.display == "none":  # else more has been told already
            self.sentence.value = sentence(f"{self.lab.doing} …", stale=True)

    def _young(self):
        self.right.remove_class("bonelab-old")
