"""A class server: one container for each student, from the image beside this file.

    pip install jupyterhub dockerspawner jupyterhub-idle-culler
    jupyterhub --config deploy/jupyterhub_config.py

Who may log in, and how, is for the place that runs it: set ``c.JupyterHub.authenticator_class``.
Nothing of the course holds state outside the students' own folders.
"""

import sys

c = get_config()  # noqa: F821 (given by JupyterHub)

c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = "bonelab"
c.DockerSpawner.cmd = ["jupyterhub-singleuser"]
c.DockerSpawner.remove = True  # the container goes; the volume below stays
c.DockerSpawner.volumes = {"bonelab-{username}": "/home/student/bonelab-work"}
# A lesson with its lab takes some 230 MB: three notebooks left open fit into 1 GB.
c.DockerSpawner.mem_limit = "1G"
c.DockerSpawner.cpu_limit = 1
c.Spawner.start_timeout = 120
c.Spawner.default_url = "/lab/tree/bonelab-work/lessons/00_start_here.ipynb"

# A server that nobody has used for two hours is stopped.
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=7200"],
    }
]
