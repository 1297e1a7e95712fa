"""A class server: one container for each student, from the image beside this file.

    pip install jupyterhub dockerspawner jupyterhub-idle-culler
    jupyterhub --config deploy/jupyterhub_config.py

Who may log in, and how, is for the place that runs it: set ``c.JupyterHub.authenticator_class`` and
``c.Authenticator.allowed_users``; without the latter nobody is let in. Nothing of the course holds
state outside the students' own folders. To try it on one computer without containers, with any name
and no password, add on the command line

    --JupyterHub.spawner_class=simple --JupyterHub.authenticator_class=dummy
    --Authenticator.allow_all=True --JupyterHub.hub_ip=127.0.0.1 --JupyterHub.ip=127.0.0.1

and put ``deploy/jupyter_server_config.py`` into a folder that JUPYTER_CONFIG_PATH names (keep that
name for the servers, too: ``--Spawner.env_keep=JUPYTER_CONFIG_PATH``).
"""

import sys

c = get_config()  # noqa: F821 (given by JupyterHub)

# Containers cannot reach the hub at 127.0.0.1; they reach this computer at the address of Docker's
# own bridge, which `ip addr show docker0` tells.
c.JupyterHub.hub_ip = "172.17.0.1"
c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = "bonelab"
c.DockerSpawner.cmd = ["jupyterhub-singleuser"]
c.DockerSpawner.remove = True  # the container goes; the volume below stays
c.DockerSpawner.volumes = {"bonelab-{username}": "/home/student/bonelab-work"}
# A student's server takes some 160 MB, each open lesson with its labs some 200 MB more: four
# notebooks left open fit into 1 GB.
c.DockerSpawner.mem_limit = "1G"
c.DockerSpawner.cpu_limit = 1
# Where a whole class begins at once on a small machine, the last server needs longer than the 30 s
# that are usual.
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
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
