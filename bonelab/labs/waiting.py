"""The work of a lab, beside the messages of its widgets: the latest wins, and it can stop.

A kernel that computes hears nothing. So what may take long is done on a thread of its own, which
gives up as soon as something else is asked for. Work that tells how far it is (simulations of many
women do) shows it; other work shows that it goes on, and what came of it is passed over where it
was stopped meanwhile.
"""

import threading
import time

from bonelab.simulation.progress import Stopped, watching

LONG_AFTER = 2.0  # seconds after which progress is told and the work can be stopped
TOLD_EVERY = 0.25  # seconds between two tellings
SILENT_AFTER = LONG_AFTER + TOLD_EVERY  # seconds after which work that tells nothing goes on


class Waiting:
    """``ask()`` starts ``work()``, ``on_progress(share)`` hears of it, ``ended(stopped)`` is last.

    The share is None where the work does not tell it. What was asked for while the work ran is done
    after it, once; ``stop()`` ends the work. What the work raises is raised by ``wait``, or handed
    to ``failed(problem)`` where nobody waits."""

    def __init__(self, work, on_progress, ended, failed=None):
        self._work, self._on_progress, self._ended = work, on_progress, ended
        self._failed = failed
        self._lock, self._done = threading.Lock(), threading.Event()
        self._wanted = 0
        self._running = self._stopped = self._awaited = False
        self._problem = None

    def ask(self, awaited=False):
        """The settings have changed: what is being computed is out of date.

        ``awaited`` : ``wait`` comes next"""
        with self._lock:
            self._wanted += 1
            self._stopped, self._awaited, self._problem = False, awaited, None
            self._done.clear()
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, daemon=True).start()

    def wait(self, seconds):
        """Wait for the work, but no longer than this; raise what it raised meanwhile."""
        self._done.wait(seconds)
        with self._lock:
            self._awaited, problem = False, self._problem
        if problem is not None:
            raise problem

    def stop(self):
        """Give up what is being computed."""
        with self._lock:
            self._stopped = True

    @property
    def busy(self):
        """True while something is computed."""
        return self._running

    def _run(self):
        while True:
            with self._lock:
                doing = self._wanted
            finished, problem = self._tried(doing)
            with self._lock:
                self._running = doing != self._wanted and not self._stopped
                if self._running:
                    continue  # what came of it is out of date, a problem too
                if self._awaited:
                    self._problem, problem = problem, None
                break
        told = problem is None or self._failed is not None
        self._ended(finished is None or not told)
        if problem is not None and told:
            self._failed(problem)
        with self._lock:
            if not self._running:
                self._done.set()
        if not told:
            raise problem

    def _tried(self, doing):
        """Whether the work was finished (None: it was given up), and what it raised."""
        try:
            return self._once(doing) or None, None
        except Exception as problem:
            return False, problem

    def _once(self, doing):
        """Do the work; False when it was given up."""
        begun = last = time.monotonic()

        def over():
            return self._stopped or doing != self._wanted

        def report(share):
            nonlocal last
            if over():
                raise Stopped
            now = time.monotonic()
            if now - begun > LONG_AFTER and now - last > TOLD_EVERY:
                last = now
                self._on_progress(share)

        def long():
            if last == begun and not self._stopped:
                self._on_progress(None)

        bell = threading.Timer(SILENT_AFTER, long)
        bell.daemon = True
        bell.start()
        try:
            with watching(report):
                self._work()
        except Stopped:
            return False
        finally:
            bell.cancel()
        return True
