"""What one submission may use."""

import os
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """All that a submission's processes may use together."""

    cell_seconds: float = 20  # of computing
    call_seconds: float = 10
    submission_seconds: float = 120  # on the wall, and again for its hidden tests
    patience: float = 3  # seconds on the wall for each second of computing: others compute too
    grace: float = 1.5  # for an endless loop to notice that its time is up
    memory_mb: int = 3000
    disk_mb: int = 50
    files: int = 10_000
    processes: int = 40  # beside its snapshots
    open_files: int = 100  # of each process: sockets and pipes hold memory of the kernel's
    pipes: int = 100  # and sockets, of all its processes together

    def of_process(self):
        """Those that the kernel holds for each process: RLIMIT_... -> most."""
        return {
            "CPU": 2 * int(self.submission_seconds) + 5,
            "AS": self.memory_mb * MEGABYTE,
            "FSIZE": self.disk_mb * MEGABYTE,
            "NPROC": self.processes,
            "NOFILE": self.open_files,
            "SIGPENDING": 128,
            "MSGQUEUE": 0,
            "MEMLOCK": MEGABYTE,
            "CORE": 0,
        }


def cores():
    """The cores of this machine that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
