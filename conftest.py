"""For every test and every notebook of the run: no network, and nobody's own settings.

Notebooks are run by nbval in kernels of their own; the start-up file in ``tests/kernel`` closes
the network there. This file stands at the root because pytest then loads it for notebooks too.
"""

import os
import shutil
import tempfile
from pathlib import Path

KERNEL_STARTUP = Path(__file__).parent / "tests" / "kernel" / "no_network.py"


def pytest_configure(config):
    folder = Path(tempfile.mkdtemp(prefix="bonelab-ipython-"))
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(KERNEL_STARTUP, startup / "00-no-network.py")
    os.environ["IPYTHONDIR"] = str(folder)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
