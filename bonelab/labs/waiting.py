"""The work of a slow lab, beside the messages of its widgets: the latest wins, and it can stop.

A kernel that computes hears nothing. So what takes seconds is done on a thread of its own, which
tells how far it is and gives up as soon as something else is asked for.
"""

import threading
import time

from bonelab.simulation.progress import Stopped, watching

LONG_AFTER = 2.0  # seconds after which progress is told and the work can be stopped
TOLD_EVERY = 0.25  # seconds between two tellings


class Waiting:
    """``ask()`` starts ``work()``, ``on_progress(share)`` hears of it, ``ended(stopped)`` is last.

    What was asked for while the work ran is done after it, once; ``stop()`` ends the work."""

    def __init__(self, work, on_progress, ended):
        self._work, self._on_progress, self._ended = work, on_progress, ended
        self._lock = threading.Lock()
        self._wanted = self._done = 0
        self._running = self._stopped = False

    def ask(self):
        """The settings have changed: what is being computed is out of date."""
        with self._lock:
            self._wanted += 1
            self._stopped = False
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, daemon=True).start()

    def stop(self):
        """Give up what is being computed."""
        with self._lock:
            self._stopped = True

    @property
    def busy(self):
        """True while something is computed."""
        return self._running

    def _run(self):
        finished = False
        try:
            while self._running:
                with self._lock:
                    doing = self._wanted
                finished = self._once(doing)
                with self._lock:
                    self._running = doing != self._wanted
        except BaseException:  # a lab must not look busy from then on
            finished = self._running = False
            raise
        finally:
            self._ended(not finished)

    def _once(self, doing):
        """Do the work; False when it was given up."""
        begun = last = time.monotonic()

        def report(share):
            nonlocal last
            if self._stopped or doing != self._wanted:
                raise Stopped
            now = time.monotonic()
            if now - begun > LONG_AFTER and now - last > TOLD_EVERY:
                last = now
                self._on_progress(share)

        try:
            with watching(report):
                self._work()
        except Stopped:
            return False
        return True
