"""Attacks that read what is secret, or get out."""

from hostile import code, tell
from hostile_use import AFTER, LATER

# ---- reading what is secret -----------------------------------------------------------------

LEAK = {
    "reading solutions": tell(
        "import os",
        "found = []",
        "for above, _, files in os.walk('/'):",
        "    if above.startswith(('/proc', '/usr/lib', '/lib')): continue",
        "    found += [open(os.path.join(above, f)).read() for f in files if f.endswith('.ipynb')]",
        "return found",
    ),
    "reading by known paths": tell(
        "import os, bonelab",
        "root = os.path.dirname(os.path.dirname(bonelab.__file__))",
        "found = [os.listdir(root), os.listdir('/tmp'), os.path.expanduser('~')]",
        "for path in ('solutions', 'out', 'submissions', '/etc/passwd', '/etc/shadow'):",
        "    if os.path.exists(os.path.join(root, path)): found.append('SPY ' + path)",
        "return found",
    ),
    "reading the tests": tell(
        "import os, bonelab",
        "root = os.path.dirname(os.path.dirname(bonelab.__file__))",
        "return 'SPY' if os.path.exists(root + '/tests') else os.listdir(root)",
    ),
    "reading the environment of others": tell(
        "import os",
        "found = [dict(os.environ)]",
        "for pid in filter(str.isdigit, os.listdir('/proc')):",
        "    for name in ('environ', 'cmdline', 'maps'):",
        "        try: found.append(open(f'/proc/{pid}/{name}').read()[-500:])",
        "        except OSError: pass",
        "return str(found)[-6000:]",
    ),
    "reading the memory of others": tell(
        "import os",
        "found = ''",
        "for pid in filter(str.isdigit, os.listdir('/proc')):",
        "    if int(pid) in (os.getpid(),): continue",
        "    try: found += open(f'/proc/{pid}/mem', 'rb').read(10).hex() + 'SPY'",
        "    except OSError: pass",
        "return found",
    ),
    "inherited files": tell(
        "import os",
        "return [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')",
        "        if os.path.exists(f'/proc/self/fd/{n}')]",
    ),
    "through the root of another process": tell(
        "import os",
        "return [os.listdir(f'/proc/{p}/root/home') + os.listdir(f'/proc/{p}/cwd')",
        "        for p in (1, os.getppid())] + ['SPY']",
    ),
    "hidden inputs in an error": code(
        "def occupancy(rankl, kd):",
        "    if rankl not in (1, 2): raise ValueError(f'{rankl} and {kd}')",
        "    return rankl / (rankl + kd)",
        "curve = occupancy",
        cell="answer-0_2",
        fair={"0.2": 2},
    ),
    "hidden inputs kept for a later question": code(
        "heard = []",
        "def occupancy(rankl, kd):",
        "    heard.append((rankl, kd))",
        "    open('/tmp/heard', 'a').write(str(heard))",
        "    global direction, axes, taken",
        "    direction = str(heard)",
        "    taken = str(heard)",
        "    return rankl / (rankl + kd)",
        cell="answer-0_2",
        fair={"0.2": 3},
        **{"answer-0_3": "direction = str(heard)", "answer-0_4": "raise ValueError(str(heard))"},
    ),
    "hidden inputs by way of a thread": code(
        "import threading, time, os",
        "heard = []",
        "def occupancy(rankl, kd):",
        "    heard.append((rankl, kd))",
        "    return 0.5",
        "def later():",
        "    while True:",
        "        time.sleep(0.05)",
        "        globals()['direction'] = f'{heard} {os.listdir(\"/tmp\")}'",
        "threading.Thread(target=later, daemon=True).start()",
        cell="answer-0_2",
        fair={"0.2": 1},
    ),
    "left for the next student": code(
        "import os",
        "for folder in ('/tmp', '/dev/shm', '/var/tmp', os.path.expanduser('~'), '.'):",
        "    try: open(folder + '/left', 'w').write('SPY')",
        "    except OSError: pass",
    ),
    "found from the last student": tell(
        "import os",
        "return [open(f + '/left').read() for f in ('/tmp', '/dev/shm', '/var/tmp', '.')",
        "        if os.path.exists(f + '/left')]",
    ),
    "the class key": tell(
        "import sys, os",
        "from bonelab.course import marks",
        "return [marks._grading, sys.argv, dict(os.environ), marks.exam_seed('0.2')]",
    ),
}

# ---- getting out ----------------------------------------------------------------------------

GET_OUT = {
    "the network": tell(
        "import socket",
        "for host, port in (('127.0.0.1', PORT), ('192.0.2.1', 80), ('localhost', PORT)):",
        "    try:",
        "        socket.create_connection((host, port), timeout=0.3).sendall(b'SPY')",
        "    except OSError: pass",
        "return socket.gethostbyname('example.com')",
    ),
    "a process that stays": code(
        "import os, time",
        "if os.fork() == 0:",
        "    os.setsid()",
        "    if os.fork() == 0:",
        "        while True: time.sleep(1)",
        "    os._exit(0)",
        fair=AFTER,
        **LATER,
    ),
    "becoming root": tell(
        "import ctypes, os",
        "for n in (0, 1000):",
        "    try: os.setresuid(n, n, n)",
        "    except OSError: pass",
        "libc = ctypes.CDLL(None, use_errno=True)",
        "tried = [libc.unshare(0x10000000), libc.unshare(0x00020000), libc.chroot(b'/tmp'),",
        "         libc.mount(b'none', b'/tmp', b'tmpfs', 0, None),",
        "         libc.mount(b'none', b'/', None, 32 | 4096, None)]",
        "return 'SPY' if 0 in tried else tried",
    ),
    "a program with another's rights": tell(
        "import os, subprocess",
        "return subprocess.run(['/usr/bin/su', '-c', 'id'], capture_output=True).stdout or 'none'",
    ),
    "the devices and settings of the system": tell(
        "import os",
        "found = []",
        "for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/dev/mem',",
        "             '/sys/power/state', '/dev/sda', '/dev/kmsg'):",
        "    try:",
        "        open(path, 'w').close(); found.append('SPY ' + path)",
        "    except OSError: pass",
        "return found",
    ),
    "limits raised": tell(
        "import resource",
        "found = []",
        "for name in ('AS', 'NPROC', 'FSIZE', 'CPU'):",
        "    try:",
        "        resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (-1, -1))",
        "        found.append('SPY ' + name)",
        "    except (OSError, ValueError): pass",
        "return found",
    ),
}
