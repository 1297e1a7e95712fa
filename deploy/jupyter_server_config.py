"""For the image: when a student's server starts, the student's own copy of the course is there.

A file that exists is never written to, so that work of last week stays; what is new is added.
"""

from bonelab.course import course_folders, working_copy

copy = working_copy.prepare(course_folders.material(), course_folders.work())

c = get_config()  # noqa: F821 (given by Jupyter)
c.ServerApp.root_dir = str(copy.folder.parent)
c.ServerApp.default_url = f"/lab/tree/{copy.folder.name}/{copy.first().as_posix()}"
# A kernel that nobody has used for an hour is put to sleep; answers and notebooks are files.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_interval = 300
c.MappingKernelManager.cull_connected = True
