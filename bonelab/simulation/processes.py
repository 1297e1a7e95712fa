"""Work in other processes of this computer, from a notebook as from any script.

Where Python's own pools do not fork, they begin by running the user's script once more, and one
without ``if __name__ == "__main__"`` ends in a screen of tracebacks. A worker here is a fresh
Python that runs this module and nothing of the user's: it reads pickled jobs and answers them.
"""

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue


class Worker:
    """One process that answers one job at a time."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
        )

    def ask(self, function, arguments):
        """``function(*arguments)``, worked out over there; its exceptions are raised here."""
        try:
            pickle.dump((function, arguments), self._process.stdin)
            self._process.stdin.flush()
            fine, result = pickle.load(self._process.stdout)
        except (EOFError, BrokenPipeError):
            raise RuntimeError("a worker process ended before it had answered") from None
        if not fine:
            raise result
        return result

    def close(self):
        """Let the process end (it does so when there is nothing more to read)."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def in_processes(function, jobs, workers):
    """``function(*arguments)`` for every tuple of ``jobs``, in their order, as an iterator."""
    with ExitStack() as stack:
        idle = SimpleQueue()
        for _ in range(min(workers, len(jobs))):
            worker = Worker()
            stack.callback(worker.close)
            idle.put(worker)

        def ask(arguments):
            worker = idle.get()
            try:
                return worker.ask(function, arguments)
            finally:
                idle.put(worker)

        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(ask, jobs)


def _answer():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted parent closes our input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a job prints is no answer
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = True, function(*arguments)
        except Exception as error:
            answer = False, error
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    _answer()
