"""Run a command, and tell which processes it left behind: run by classroom.py, in a process of its
own, so that nothing else that is running at the same time can be taken for the command's.

Whatever outlives its parent becomes a child of this process. Arguments: where to write the command
lines of what was left (JSON), how many seconds a process that was ended may take to be gone, and
the command.
"""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import psutil

PR_SET_CHILD_SUBREAPER = 36  # from <linux/prctl.h>


def main(told, patience, *command):
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    code = subprocess.run(command, check=False).returncode
    me, patience = psutil.Process(os.getpid()), float(patience)
    _, alive = psutil.wait_procs(me.children(recursive=True), timeout=patience)
    left = [" ".join(process.cmdline()) or process.name() for process in alive]
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=patience)
    Path(told).write_text(json.dumps(left), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
