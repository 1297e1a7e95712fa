"""What takes long is said: a small clock beside the picture of a lab."""

import threading

OLD_AFTER = 0.3  # seconds after which the picture on screen is marked as old


class Slowly:
    """``with Slowly(begin, end): ...`` calls ``begin`` if the work takes long, ``end`` after it."""

    def __init__(self, begin, end, after=OLD_AFTER):
        self._begin, self._end, self._said = begin, end, False
        self._lock, self._done = threading.Lock(), False
        self._timer = threading.Timer(after, self._ring)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *problem):
        self._timer.cancel()
        with self._lock:
            self._done = True
        if self._said:
            self._end()

    def _ring(self):
        with self._lock:
            if not self._done:
                self._said = True
                self._begin()
