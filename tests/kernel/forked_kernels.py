"""Start the kernels of notebooks as forks of one process that has the libraries loaded already.

Every notebook still runs in a process of its own, with names of its own, and nbval runs it; only
the second or two in which each kernel would load the same libraries again are saved. Where there is
no safe fork (Windows, macOS) kernels start as usual.

Run as a program this file is that one process: it loads the libraries, then forks once for each
line that it reads (JSON: the arguments, the folder and the environment of a kernel), and the new
process answers with its number.
"""

import ctypes
import gc
import json
import os
import signal
import subprocess
import sys
import time

LAUNCHER = ["-m", "ipykernel_launcher"]
PARENT_DEATH_SIGNAL = 1  # of prctl, from Linux's own header
LOADED = (
    "ipykernel.kernelapp",
    "IPython.core.pylabtools",
    "ipywidgets",
    "matplotlib.pyplot",
    "pandas",
    "pint",
    "scipy.integrate",
    "scipy.optimize",
    "bonelab.labs",
    "bonelab.simulation",
    "bonelab.figures",
    "bonelab.grading.check_cell",
)


# ---- in pytest -------------------------------------------------------------------------------


class Forked:
    """What jupyter_client uses of a Popen, for a process that is not our own child."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        """None while it lives; how it ended is not known to us."""
        if self.returncode is None:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                self.returncode = 0
        return self.returncode

    def wait(self):
        while self.poll() is None:
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class Forker:
    """The process with the libraries, started when the first notebook needs it."""

    def __init__(self, otherwise):
        self.otherwise = otherwise  # how a kernel starts that is not one of ours
        self.process = None

    def launch(self, command, *, cwd=None, env=None, **more):
        """In the place of ``jupyter_client.launcher.launch_kernel``."""
        if command[1:3] != LAUNCHER or os.path.realpath(command[0]) != os.path.realpath(
            sys.executable
        ):
            return self.otherwise(command, cwd=cwd, env=env, **more)
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-P", __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        asked = {
            "arguments": command[3:],
            "cwd": cwd or os.getcwd(),
            "env": dict(env or os.environ),
        }
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        return Forked(int(self.process.stdout.readline()))

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait(10)


def use(config):
    """Let this run's kernels be forks, until it ends."""
    if sys.platform != "linux":
        return
    from jupyter_client.provisioning import local_provisioner

    forker = Forker(local_provisioner.launch_kernel)
    local_provisioner.launch_kernel = forker.launch
    config.add_cleanup(forker.close)


# ---- as a program ----------------------------------------------------------------------------


def serve():
    """Load the libraries, then fork for each line."""
    from importlib import import_module

    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as kernels have it
    for name in LOADED:
        import_module(name)
    gc.collect()
    gc.freeze()  # a kernel would copy what its collector only looks at
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that ended leave nothing behind
    here = os.getpid()
    for line in sys.stdin:
        if os.fork() == 0:
            end_with(here)
            become_a_kernel(json.loads(line))


def end_with(parent):
    """Let Linux end this process when the one that forked it has ended, however that came: a
    notebook's kernel looks for it as well, but not while a cell computes."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended a moment ago
        os._exit(0)


def become_a_kernel(asked):
    """What ``python -m ipykernel_launcher`` does, in this process; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    print(os.getpid(), flush=True)  # now, since it is ended by the group that it leads
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    # A kernel ends with the process that forked it, and that one with the tests.
    ends_with = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = ["ipykernel_launcher", *asked["arguments"], ends_with]
    from ipykernel import kernelapp

    try:
        kernelapp.launch_new_instance()
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve()
