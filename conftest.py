"""For every test and every notebook of the run: no network, and nobody's own settings.

Notebooks are run by nbval in kernels of their own; the start-up file in ``tests/kernel`` closes
the network there. This file stands at the root because pytest then loads it for notebooks too.
"""

import gc
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

# jsonschema would load a grammar of web addresses for a second; no test needs it. So this file and
# not pytest (see "no:nbval" in pyproject.toml) is the first to load nbval, which brings nbformat.
sys.modules.setdefault("rfc3987_syntax", None)
# Several processes share the cores already: threads of one more would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Looking for garbage every seven hundred objects would take an eighth of the run.
gc.set_threshold(50_000, 20, 20)
import nbval.kernel  # noqa: E402

if "nbval.plugin" not in sys.modules:  # with settings other than ours pytest has loaded it
    pytest_plugins = ["nbval.plugin"]
KERNELS = Path(__file__).parent / "tests" / "kernel"


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Temporary folders of this run alone: runs at the same time would clear away each other's."""
    if config.option.basetemp is None and not hasattr(config, "workerinput"):
        config.option.basetemp = tempfile.mkdtemp(prefix="bonelab-tests-")
        config.add_cleanup(lambda: remove(config.option.basetemp))


def remove(folder):
    """Delete a folder, however deep an attack of the grader's tests has made it."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        subprocess.run(["rm", "-rf", "--", folder], check=False)


def pytest_configure(config):
    # Some hundred Pythons are started: each would compile the library anew where this is set.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # In the background of a script neither this run nor what it starts would hear Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="bonelab-ipython-"))
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(KERNELS / "no_network.py", startup / "00-no-network.py")
    os.environ["IPYTHONDIR"] = str(folder)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    nbval.kernel.start_new_kernel = _twice_if_need_be(nbval.kernel.start_new_kernel)
    _load(KERNELS / "forked_kernels.py").use(config)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish():
    """Libraries and tests stay until the end: the collector of garbage need not look at them again
    and again, and forks do not copy them for its sake."""
    gc.collect()
    gc.freeze()


def _load(path):
    """The module in a file that stands on no path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _twice_if_need_be(start):
    """Kernels that start at one moment may choose the same port; one of them then ends at once."""

    def started(*arguments, **options):
        try:
            return start(*arguments, **options)
        except RuntimeError:
            return start(*arguments, **options)

    return started
