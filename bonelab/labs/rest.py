"""What comes to rest is noticed: a small clock beside the controls of a lab."""

import atexit
import threading
import time
import weakref

AHEAD_AFTER = 0.1  # seconds without a move after which the next stop of a slider is computed
STILL_AFTER = 0.6  # seconds without a move after which a lab is at rest


class Rest:
    """Calls ``action`` once nothing has moved for a moment; ``soon()`` tells of each move.

    Where Python ends within that moment, ``at_end`` is called instead."""

    def __init__(self, action, after=STILL_AFTER, at_end=None):
        self._action, self._after = action, after
        self._lock, self._due, self._waiting = threading.Lock(), 0.0, False
        if at_end is not None:
            _ENDING.add(self)
            self._at_end = at_end

    def soon(self):
        """Something moved: the rest begins anew."""
        with self._lock:
            self._due = time.monotonic() + self._after
            if not self._waiting:
                self._waiting = True
                threading.Thread(target=self._wait, daemon=True).start()

    def end(self):
        """Python ends: what waits for the rest waits in vain."""
        if self._waiting:
            self._at_end()

    def _wait(self):
        while True:
            with self._lock:
                left = self._due - time.monotonic()
                if left <= 0:
                    self._waiting = False
                    break
            time.sleep(left)
        self._action()


_ENDING: weakref.WeakSet[Rest] = weakref.WeakSet()


@atexit.register
def _end():
    for rest in list(_ENDING):
        rest.end()
