"""The learner's side: run cells, answer requests. Started behind the wall by ``sandbox.py``.

Nothing in this process is trusted: whatever a learner's code does here, it can only change the
plain data that is sent back.
"""

import contextlib
import gc
import json
import mmap
import os
import resource
import signal
import socket
import sys


class TooLong(BaseException):
    """Raised in a learner's code by the clock; ``except Exception`` does not catch it."""

    def __str__(self):
        return "this took longer than allowed; is there a loop that never ends?"


def main():
    settings = json.loads(sys.argv[1])
    sys.path[:] = settings["path"]
    sys.argv[:] = ["notebook"]
    set_limits(settings["limits"])
    gc.disable()  # what is loaded now stays: no search for garbage among it, now or ever
    from bonelab.grading import subject
    from bonelab.grading.cell_runner import Cells

    sys.stdin = open(os.devnull)  # noqa: SIM115  (for as long as the process lives)
    sys.stdout, sys.stderr = nowhere(), nowhere()
    signal.signal(signal.SIGPROF, ring)
    signal.signal(signal.SIGALRM, ring)
    connection = socket.socket(fileno=settings["connection"])
    snapshots = {fd: socket.socket(fileno=fd) for fd in settings["snapshots"]}
    cells, taught = Cells(), subject.find(settings["subject"])
    gc.freeze()
    gc.enable()
    serve_all(connection, cells, snapshots, taught)


def nowhere():
    """Takes what is printed, and drops it."""
    return open(os.devnull, "w", encoding="utf-8", errors="replace")


def set_limits(limits):
    for name, most in limits.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
        except (OSError, ValueError):
            if sys.platform == "linux":  # elsewhere there is no sandbox, and not every limit
                raise


def serve_all(connection, cells, snapshots, subject):
    """Answer request after request until the grader has gone."""
    from bonelab.grading.channel import receive, send

    while (request := receive(connection)) is not None:
        if "snapshot" in request:
            mine = snapshots[request["snapshot"]]
            try:
                if os.fork() == 0:
                    return serve_all(mine, cells, {}, subject)
                reply = {"taken": True}
            except OSError:
                reply = {"taken": False}
        else:
            reply = answer(cells, request, subject)
        send(connection, {**reply, "number": request["number"]})


def answer(cells, request, subject):
    from bonelab.grading.answer_exchange import describe_error, serve

    if "hello" in request:
        return {}
    try:
        with clock(request["seconds"], request.get("waiting", 3600)):
            if "run" in request:
                error = cells.run(request["run"], request["label"])
                return {"error": error, "notes": cells.notes, "full": is_full()}
            return serve(cells.namespace, request, subject, cells.stopped)
    except BaseException as error:
        return {"error": describe_error(error, cells.namespace), "notes": []}


def is_full():
    """Is so little memory left that the cells that follow would fail for want of it?"""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY:
        return False
    try:
        mmap.mmap(-1, most // 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return True
    return False


@contextlib.contextmanager
def clock(computing, waiting):
    """Ring after so many seconds of this process's own computing, which other programs cannot use
    up, or at the latest after ``waiting`` seconds on the wall, for code that only sleeps."""
    signal.setitimer(signal.ITIMER_PROF, computing, 0.5)  # again and again, for code that eats it
    signal.setitimer(signal.ITIMER_REAL, waiting, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def ring(number, frame):
    raise TooLong


if __name__ == "__main__":
    main()
    os._exit(0)
