"""A JupyterLab on the loopback with a port, token and configuration of its own."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

NEWS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"


class LabServer:
    """``with LabServer(folder) as server: server.address("a.ipynb")``."""

    def __init__(self, folder):
        self.folder, self.token = folder, secrets.token_hex(16)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """Begin to serve, from a folder of settings of its own."""
        self.own = tempfile.TemporaryDirectory()
        settings = Path(self.own.name, "settings", NEWS)
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
        places = {
            f"JUPYTER_{kind}_DIR": str(Path(self.own.name, kind.lower()))
            for kind in ("CONFIG", "DATA", "RUNTIME")
        }
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--expose-app-in-browser", f"--ServerApp.root_dir={self.folder}",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={self.port}",
            f"--IdentityProvider.token={self.token}",
            f"--LabApp.user_settings_dir={Path(self.own.name, 'settings')}",
            f"--LabApp.workspaces_dir={Path(self.own.name, 'workspaces')}",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, env=os.environ | places, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(3000):  # a machine that is busy with other things
            try:
                self.ask("api/status")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("JupyterLab did not start")

    def __exit__(self, *problem):
        self.stop()

    def stop(self):
        """End the server, and its kernels with it."""
        self.stop_kernels()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:  # a machine that is busy with other things
            self.process.kill()
            self.process.wait()
        self.own.cleanup()

    def address(self, notebook):
        """Where a browser finds a notebook, alone in a fresh workspace."""
        return f"http://127.0.0.1:{self.port}/doc/tree/{notebook}?reset&token={self.token}"

    def ask(self, path, method="GET"):
        """The server's answer to an API request."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            headers={"Authorization": f"token {self.token}"}, method=method,
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def stop_kernels(self):
        """Stop every kernel of this server."""
        for kernel in self.ask("api/kernels"):
            self.ask(f"api/kernels/{kernel['id']}", "DELETE")

    def kernel_memory(self):
        """Resident megabytes of the kernels."""
        import psutil

        kernels = psutil.Process(self.process.pid).children(recursive=True)
        return sum(kernel.memory_info().rss for kernel in kernels) / 1e6
