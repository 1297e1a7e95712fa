"""Attacks of a third kind, written against the wall as it stands: see test_third_attacks.py.

CALLS are tried in one sandbox, each by itself; SUBMISSIONS are graded as a class. ``code``,
``tell`` and the words PORT, SPY and START are those of hostile.py.
"""

from classroom import Handed
from hostile import code, tell
from hostile_use import AFTER, LATER

FUNCTION = "answer-0_2"
RIGHT_FUNCTION = "def occupancy(rankl, kd):\n    return rankl / (rankl + kd)"

# Each gives "no" where it is refused; numbers of calls are those of x86-64.
CALLS = {
    "what is mounted": "called(457, 457, 0, 0, 0, 0)",
    "where it is mounted": "called(458, 458, 0, 0, 0, 0)",
    "labels of security modules": "called(459, 459, 0, 0, 0, 0)",
    "a call that is not known yet": "called(470, 470, 0, 0, 0, 0)",
    "a ring of calls": "called(426, 426, 0, 0, 0, 0, 0, 0)",
    "pages of a file handed over": "called(278, 75, 0, 0, 0, 0)",
    "a queue by its name": "called(240, 180, b'/x', 0o102, 0o600, 0)",
    "memory by a key": "called(29, 194, 7, 4096, 0o1600)",
    "memory in a file of no name": "called(319, 279, b'x', 0)",
    "secret memory": "called(447, 447, 0)",
    "faults in one's own hands": "called(323, 282, 1)",
    "another's memory": "called(310, 270, 1, 0, 0, 0, 0, 0)",
    "another's files": "called(438, 438, 3, 0, 0)",
    "a debugger": "called(101, 117, 16, 1, 0, 0)",
    "a kernel's program": "called(321, 280, 0, 0, 0)",
    "counters of the processor": "called(298, 241, 0, 0, -1, -1, 0)",
    "a room of one's own": "called(272, 97, 0x10000000)",
    "a room in a child": "called(56, 220, 0x10000000 | 17, 0, 0, 0, 0)",
    "the room of another": "called(308, 268, 3, 0)",
    "more than its share of the processor": "tried(lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))",
    "before all others": (
        "tried(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))"
    ),
    "another core": "tried(lambda: os.sched_setaffinity(0, range(64)))",
    "rank at the disk": "called(251, 30, 1, 0, 0x2000)",
    "the clock of the machine": "tried(lambda: time.clock_settime(0, 0.0))",
    "the name of the machine": "tried(lambda: socket.sethostname('x'))",
    "a terminal of others": "tried(lambda: os.open('/dev/tty', os.O_RDWR))",
    "letters typed for others": "tried(lambda: fcntl.ioctl(os.openpty()[1], 0x5412, b'x'))",
    "called when a file is ready": "tried(lambda: fcntl.fcntl(os.pipe()[0], 8, 1))",
    "a file told apart by its handle": "called(303, 264, -100, b'/usr', 0, 0, 0)",
    "a group of processes' limits": "tried(lambda: open('/sys/fs/cgroup/cgroup.procs'))",
    "the kernel's table of processes": "tried(lambda: open('/proc/self/status'))",
    "the load in a file": "tried(lambda: open('/proc/loadavg'))",
    "the disks": "tried(lambda: os.listdir('/dev/disk'))",
    "the memory device": "tried(lambda: open('/dev/mem', 'rb'))",
    "a virtual machine": "tried(lambda: open('/dev/kvm', 'rb'))",
    "a disk made of files": "tried(lambda: open('/dev/fuse', 'rb'))",
    "a module of the kernel": "called(175, 105, b'', 0, b'')",
    "swap": "called(167, 224, b'/tmp/x', 0)",
    "quotas": "called(179, 60, 0, 0, 0, 0)",
    "a packet as it is": "tried(lambda: socket.socket(17, 3))",
    "the tables of the network": "tried(lambda: socket.socket(16, 3, 0))",
    "a tap on the network": "tried(lambda: open('/dev/net/tun', 'rb'))",
    "a network of one's own": "tried(lambda: socket.socket(2, 1))",
    "a newer network of one's own": "tried(lambda: socket.socket(10, 1))",
    "an address of one's own": (
        "tried(lambda: socket.create_connection(('127.0.0.1', 1), timeout=1))"
    ),
    "mail to the machine's services": (
        "tried(lambda: socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket'))"
    ),
    "a link into what is read only": "tried(lambda: os.link(os.__file__, '/tmp/link'))",
    "a device of its own": "tried(lambda: os.mknod('/tmp/device', 0o20666, os.makedev(1, 5)))",
    "rights of root on a file": "tried(lambda: os.chown('/tmp', 0, 0))",
}

# What one sandbox sets up for another to find, and how the other looks for it.
MEETINGS = {
    "a socket in the abstract": (
        "s = socket.socket(socket.AF_UNIX); s.bind('\\0meet'); s.listen()",
        "socket.socket(socket.AF_UNIX).connect('\\0meet')",
    ),
    "a socket at a path": (
        "s = socket.socket(socket.AF_UNIX); s.bind('/tmp/meet'); s.listen()",
        "socket.socket(socket.AF_UNIX).connect('/tmp/meet')",
    ),
    "a pipe with a name": ("os.mkfifo('/tmp/fifo')", "os.stat('/tmp/fifo')"),
    "a file": ("open('/tmp/file', 'w').write('x')", "open('/tmp/file')"),
    "shared memory": (
        "from multiprocessing import shared_memory as m; m.SharedMemory('meet', True, 64)",
        "__import__('multiprocessing.shared_memory').shared_memory.SharedMemory('meet')",
    ),
    "a semaphore with a name": (
        "ctypes.CDLL(None).sem_open(b'/meet', 64, 0o666, 1)",
        "os.stat('/dev/shm/sem.meet')",
    ),
    "a process that is known": ("pid = os.fork() or time.sleep(99)", "os.kill(OTHER, 0)"),
}

PRINTED = "'\\x1b]0;SPY\\x07\\x1b[31m\\x1b[2J\\u202e' * 200_000"

SUBMISSIONS = {
    # the check and its library
    "the check's own methods": code(
        "from bonelab.grading.check_tests import Check",
        "Check.number = Check.choice = Check.function = lambda self, *a, **k: None",
        "Check.got = Check.points = property(lambda self: 99)",
        "taken = 99",
    ),
    "another module in its place": code(
        "import sys, types",
        "for name in [n for n in sys.modules if n.startswith('bonelab.')]:",
        "    sys.modules[name] = types.ModuleType(name)",
        "taken = 99",
    ),
    "a finder of modules": code(
        "import sys",
        "class Finder:",
        "    def find_spec(self, name, path=None, target=None):",
        "        raise SystemExit('SPY')",
        "sys.meta_path.insert(0, Finder())",
        "sys.path_hooks.insert(0, lambda path: Finder())",
        "sys.path_importer_cache.clear()",
        "taken = 99",
    ),
    "code of the writer replaced": code(
        "from bonelab.grading import plain_data",
        "plain_data._encode.__code__ = (lambda value, budget: {'@opaque': 'x'}).__code__",
        "taken = 0.75",
    ),
    "a class that becomes another": code(
        "class Number(float): pass",
        "taken = Number(9)",
        "taken.__class__ = type('X', (Number,), {'__float__': lambda self: 0.75,",
        "    '__eq__': lambda *a: True, '__hash__': lambda self: 1})",
        fair={"0.1": 2},  # as a float it is the right number
    ),
    "every call is traced": code(
        "import sys, threading",
        "def trace(frame, event, argument):",
        "    for name in list(frame.f_locals):",
        "        if name in ('expected', 'target', 'reply'):",
        "            globals()['taken'] = frame.f_locals[name]",
        "    return trace",
        "sys.settrace(trace); sys.setprofile(trace); threading.settrace(trace)",
        RIGHT_FUNCTION,
        "curve = [9, 9, 9]",
        cell=FUNCTION,
        fair={"0.2": 3},
    ),
    "all frames and all objects": tell(
        "import gc, inspect, sys",
        "frames = [f for f in sys._current_frames().values()]",
        "seen = []",
        "for frame in frames:",
        "    while frame:",
        "        seen.append(repr(frame.f_locals)[:5000]); frame = frame.f_back",
        "seen += [o for o in gc.get_objects() if isinstance(o, str)]",
        "seen += [repr(o)[:300] for o in gc.get_objects() if type(o).__name__ == 'Check']",
        "return seen",
    ),
    "the text of the tests in a traceback": code(
        "import traceback, sys, linecache",
        "def occupancy(rankl, kd):",
        "    try: raise ValueError",
        "    except ValueError:",
        "        words = ''.join(traceback.format_stack()) + str(list(linecache.cache)[-50:])",
        "    raise RuntimeError(words[-900:])",
        cell=FUNCTION,
    ),
    "lines put into the cache of lines": code(
        "import linecache",
        "linecache.getline = lambda *a: 'SPY'[::-1]",
        "raise ValueError('no')",
    ),
    # how a process ends
    "work left for the end": code(
        "import atexit, time, weakref",
        "atexit.register(lambda: time.sleep(10 ** 6))",
        "class Last:",
        "    def __del__(self):",
        "        while True: time.sleep(1)",
        "kept = Last(); kept.self = kept",
        "taken = 0.75",
        fair={"0.1": 2},
    ),
    "threads that never end": code(
        "import threading, time",
        "for _ in range(20):",
        "    threading.Thread(target=time.sleep, args=(10 ** 6,)).start()",
        "taken = 0.75",
        fair={"0.1": 2},
    ),
    "a thread that changes its mind": code(
        "import threading, time",
        "taken = 0.75",
        "def flicker():",
        "    while True:",
        "        globals()['taken'] = 9; globals()['direction'] = 'falls stays'",
        "threading.Thread(target=flicker, daemon=True).start()",
        "time.sleep(0.2)",
    ),
    "forked in the middle of an answer": code(
        "import os",
        "class Twice(float):",
        "    def __float__(self):",
        "        os.fork()",
        "        return 0.75",
        "taken = Twice(9)",
        "os.fork()",
        told="",
    ),
    "a group of processes ended": code(
        "import os, signal",
        "os.killpg(0, signal.SIGTERM)",
        fair=AFTER,
        told="was left out",
        **LATER,
    ),
    "a parent that is ended": code(
        "import os, signal",
        "for pid in range(1, 40):",
        "    if pid != os.getpid():",
        "        try: os.kill(pid, signal.SIGKILL)",
        "        except OSError: pass",
        told="",
    ),
    # what is printed and what errors say
    "a flood in colour": code(
        "import os, sys",
        f"print({PRINTED})",
        f"print({PRINTED}, file=sys.stderr)",
        "for number in (1, 2):",
        f"    os.write(number, ({PRINTED}).encode()[:10 ** 6])",
        "sys.__stdout__.write('x' * 10 ** 6); sys.__stderr__.write('x' * 10 ** 6)",
        "taken = 0.75",
        fair={"0.1": 2},
    ),
    "an error in colour": code(
        "raise ValueError('\\x1b[31m\\x1b]8;;http://x\\x07 \\u202e \\r\\n 2 of 2 \\x9b1m \\ud800')",
    ),
    "an error with a name of two lines": code(
        "raise type('A\\nQuestion 0.1: 2 of 2\\x1b[m', (Exception,), {})('x')",
    ),
    "a kind with a name without end": code(
        "taken = type('A' * 10 ** 6, (), {})()",
        "curve = {('k' * 10 ** 5) + str(n): n for n in range(50)}",
        cell="answer-0_1",
    ),
    "errors within errors": code(
        "error = None",
        "for n in range(3000):",
        "    new = ValueError(n); new.__cause__ = error; error = new",
        "raise ExceptionGroup('many', [error] * 500)",
    ),
    # answers that run when they are looked at
    "an iterator without end": code("taken = iter(int, 1)", "curve = iter(int, 1)"),
    "an iterator that sleeps": code(
        "import time",
        "class Slow:",
        "    def __iter__(self): return self",
        "    def __next__(self): time.sleep(0.001); return 1",
        "taken = Slow()",
        "curve = taken",
    ),
    "an iterator that ends the process": code(
        "import os",
        "def gone():",
        "    yield 1",
        "    raise SystemExit",
        "taken = gone()",
    ),
    "a table without end": code(
        "from collections.abc import Mapping",
        "class Endless(Mapping):",
        "    def __getitem__(self, key): return key",
        "    def __iter__(self): return iter(range(10 ** 6))",
        "    def __len__(self): return 1",
        "taken = Endless()",
    ),
    "a row of numbers that is too long": code("taken = range(10 ** 12)", "curve = range(10 ** 12)"),
    "axes that are none": code(
        "import matplotlib.pyplot as plt",
        "class Axes:",
        "    axes = property(lambda self: self)",
        "    figure = property(lambda self: 1 / 0)",
        "    def __getattr__(self, name): return self",
        "    __module__ = 'matplotlib.axes'",
        "axes = [Axes(), [Axes()]]",
        "axes.append(axes)",
        cell="answer-0_4",
    ),
    "a view of memory that is not there": code(
        "taken = np.lib.stride_tricks.as_strided(np.zeros(1), (10 ** 9,), (0,))",
        "curve = np.broadcast_to(0.5, (10 ** 6, 10 ** 6))",
    ),
    "an array of itself": code(
        "taken = np.empty(1, object); taken[0] = taken",
        "curve = np.empty(3, object); curve[:] = [curve, taken, curve]",
    ),
    # the notebook's own machinery
    "events and magics": code(
        "ip = get_ipython()",
        "ip.events.register('post_run_cell', lambda *a: 1 / 0)",
        "ip.run_cell('taken = 99'); ip.push({'check': None, 'marks': None})",
        "ip.run_line_magic('run', 'SPY'); ip.system('echo SPY > /tmp/x')",
        "taken = 0.75",
        told="",
    ),
    "a cell of the shell": Handed(
        {"answer-0_1": "%%bash\ncat /etc/passwd > /tmp/x; echo SPY"}, told="was left out"
    ),
    "a cell of a script": Handed(
        {"answer-0_1": "%%javascript\nIPython.notebook.kernel.execute('taken = 0.75')"},
        told="was left out",
    ),
    "blanks for ever": code("taken = ___\n" * 3000, "curve = [___]"),
    "blanks that nest": code("taken = " + "(" * 300 + "___" + ")" * 300),
    "a blank where nothing can stand": code("def ___(\n    taken = 0.75\n___ ___ ___ = ___ ___"),
    "the mark of a blank": code("taken = 0.5  # blank: 0.5", "# blank: 3 | 4", fair={"0.1": 1}),
    "every answer a blank": code(
        "from bonelab.grading.stopped_cells import StoppedCells",
        "StoppedCells.blank = lambda *a: 'SPY'[::-1] + '\\x1b[31m \\u202e x' * 10 ** 5",
        "taken = 0.75",
    ),
    "every answer a blank that is none": code(
        "from bonelab.grading.stopped_cells import StoppedCells",
        "StoppedCells.blank = lambda *a: {'got': 99}",
        "taken = 0.75",
    ),
    "seals tried one by one": code(
        "from bonelab.course import marks",
        "sealed = 'sealed:e9e62f5fe643'",
        "for option in ('rises', 'falls', 'stays'):",
        "    if marks.seal('0.3', option) == sealed: direction = option",
        cell="answer-0_3",
        fair={"0.3": 1},  # a seal keeps a mark, and no more: for exams there is the key
        told="works with the seals of answers",
    ),
    # resources
    "priority of its own": code(
        "import os, signal",
        "os.nice(19)",
        "signal.setitimer(signal.ITIMER_PROF, 0); signal.setitimer(signal.ITIMER_REAL, 0)",
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60))",
        "taken = 0.75",
        fair={"0.1": 2},
    ),
    "small numbers made large": code(
        "import ctypes",
        "for n in (1, 2):",
        "    place = id(n) + 24",
        "    ctypes.c_uint32.from_address(place).value = 99",
        told="",
    ),
    "programs of the machine": tell(
        "import subprocess, shutil",
        "found = []",
        "for words in (['ps', 'aux'], ['mount'], ['cat', '/etc/shadow'], ['id'],",
        "              ['bwrap', '--bind', '/', '/', 'cat', '/etc/shadow']):",
        "    if shutil.which(words[0]):",
        "        done = subprocess.run(words, capture_output=True, text=True)",
        "        found.append(done.stdout)",
        "return found",
    ),
    "terminals": code(
        "import os",
        "kept = []",
        "try:",
        "    while True: kept.append(os.openpty())",
        "except OSError: pass",
        "for mine, theirs in kept: os.set_blocking(theirs, False)",
        "taken = 0.75",
        fair={"0.1": 2},
    ),
}
