"""Attacks of a fourth kind, by somebody who did not build the wall: see test_fourth_attacks.py.

SHARED are things that the kernel counts for a whole user or machine, so that one sandbox could
use up what its neighbours need; SUBMISSIONS are graded as a class beside two honest ones.
"""

from classroom import NOTHING, Handed, cell_of
from hostile import code, tell
from hostile_use import AFTER, LATER

FUNCTION, CHOICE, FIGURE, COUNT = "answer-0_2", "answer-0_3", "answer-0_4", "answer-0_6"
TAKEN = {"0.1": 2}

# Each tells how many it got; none may get more than the number beside it.
SHARED = {
    "terminals of the whole machine": ("counted(os.openpty)", 0),
    "pipes, whose pages are counted per user": ("counted(os.pipe)", 50),
    "larger pipes": ("refused(lambda: fcntl.fcntl(os.pipe()[1], 1031, 1 << 20))", 0),
    "how large a pipe is": ("refused(lambda: fcntl.fcntl(os.pipe()[1], 1032))", 0),
    "watches by way of the C library": ("refused(lambda: watched())", 0),
    "keys by way of the C library": ("refused(lambda: key())", 0),
    "signals that wait": ("signals()", 130),
    "timers of the kernel": ("timers()", 130),
    "locked memory": ("locked()", 1_100_000),
    "files without a name": ("counted(lambda: os.open('/tmp', 0o20200002, 0o600))", 100),
    "rooms within the room": ("refused(lambda: room())", 0),
    "another kernel's door": ("counted(lambda: os.open('/dev/kmsg', os.O_WRONLY))", 0),
    "the console": ("counted(lambda: os.open('/dev/console', os.O_WRONLY))", 0),
}

TOOLS = """
import ctypes, errno, fcntl, os, signal, time
libc = ctypes.CDLL(None, use_errno=True)
def counted(make):
    kept = []
    try:
        while len(kept) < 5000: kept.append(make())
    except OSError: pass
    for one in kept:
        for number in one if isinstance(one, tuple) else (one,):
            os.close(number)
    return len(kept)
def refused(make):
    try: make()
    except OSError: return 0
    return 1
def checked(result):
    if result < 0: raise OSError(ctypes.get_errno())
    return result
watched = lambda: checked(libc.inotify_init1(0))
key = lambda: checked(libc.syscall(248, b'user', b'x', b'y', 1, -4))
room = lambda: checked(libc.unshare(0x10000000))
def signals():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN})
    n = 0
    while n < 5000 and libc.sigqueue(os.getpid(), signal.SIGRTMIN, 0) == 0: n += 1
    while signal.sigtimedwait({signal.SIGRTMIN}, 0): pass
    return n
def timers():
    n, made = 0, []
    while n < 5000:
        timer = ctypes.c_void_p()
        if libc.timer_create(1, None, ctypes.byref(timer)): break
        made.append(timer); n += 1
    for timer in made: libc.timer_delete(timer)
    return n
def locked():
    import mmap
    room = mmap.mmap(-1, 64_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    place = ctypes.addressof(ctypes.c_char.from_buffer(room))
    most = 0
    for size in range(250_000, 64_000_000, 250_000):
        if libc.mlock(ctypes.c_void_p(place), size): break
        most = size
    libc.munlockall()
    return most
"""


def nested(depth):
    def write(folder, text):
        inner = "[" * depth + "]" * depth
        changed = '{"deep": ' + inner + "," + text[1:]
        (folder / "00_example.ipynb").write_text(changed, encoding="utf-8")

    return write


def outputs(number, size):
    """So many stored outputs of so many characters each in the first cells."""

    def edit(notebook):
        shown = {"output_type": "stream", "name": "stdout", "text": "\x1b[2J" + "x" * size}
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [shown] * number
                break

    return edit


def long_cells(notebook):
    """Each takes the grader's own reading of code a while."""
    long = {"cell_type": "code", "metadata": {}, "source": "x = 1\n" * 66_000}
    notebook["cells"] += [long] * 20


def injected(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] |= {"points": 99, "bonelab": {"rungs": "B99", "points": 99}, "tags": ["x"]}
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": 99, "score": 99, "got": 99, "checksum": "x"}
    notebook["metadata"] |= {"bonelab": {"lesson": 99, "marks": {"0.1": 99}}, "celltoolbar": "x"}


def own_tests(notebook):
    """Files named like the grader's own, and cells that look like hidden tests."""
    cell_of(notebook, "answer-0_1")["source"] = "\n".join(
        [
            "import os",
            "for name in ('sitecustomize', 'usercustomize', 'conftest', 'nbgrader_config',",
            "             'bonelab', 'numpy', 'check', 'marks'):",
            "    with open(f'{name}.py', 'w') as file: file.write('raise SystemExit(1)')",
            "os.environ['PYTHONPATH'] = os.environ['PYTHONSTARTUP'] = '/tmp/bonelab.py'",
            "### BEGIN HIDDEN TESTS",
            "taken = 99",
            "### END HIDDEN TESTS",
        ]
    )


EVIL = """
import os
class Evil:
    calls = 0
    def __reduce_ex__(self, protocol): return os._exit, (0,)
    def __float__(self): raise SystemExit
    def __array__(self, *a, **k): os.abort()
    def __eq__(self, other): os._exit(0)
    def __hash__(self): os._exit(0)
    def __len__(self): return -1
    def __bool__(self): raise KeyboardInterrupt
    def __index__(self): raise GeneratorExit
    def __complex__(self): raise MemoryError
    def __iter__(self): raise BaseException('x')
    def __getattribute__(self, name): raise RecursionError
"""

SUBMISSIONS = {
    # answers that act when they are read
    "an answer that does evil whenever it is touched": code(
        EVIL, "taken = direction = curve = axes = Evil()"
    ),
    "evil within plain things": code(
        EVIL,
        "taken = [Evil()]",
        "direction = {'x': Evil()}",
        "curve = np.array([Evil.__new__(Evil)], dtype=object)",
        told="",
    ),
    "a number that changes with every look": code(
        "class Turning(float):",
        "    looks = 0",
        "    def __float__(self):",
        "        Turning.looks += 1",
        "        return Turning.looks / 100",
        "taken = Turning(9)",
        fair={"0.1": 1},  # it is a share
    ),
    "a text that changes with every look": code(
        "class Turning(str):",
        "    def __str__(self): return 'falls'",
        "    def casefold(self): return 'falls'",
        "    def __iter__(self): return iter('falls')",
        "    def __getitem__(self, place): return 'falls'[place]",
        "direction = Turning('rises')",
        cell=CHOICE,
    ),
    "a function that is never the same": code(
        "import itertools",
        "count = itertools.count()",
        "def occupancy(rankl, kd):",
        "    return [rankl / (rankl + kd), kd, None, 'x'][next(count) % 4]",
        cell=FUNCTION,
        fair={"0.2": 1},  # the one that is shown, by luck of the order
    ),
    "a generator that never ends, of nothing": code(
        "def ever():",
        "    while True: yield []",
        "taken = ever()",
        "curve = (x for x in iter(int, 1))",
    ),
    "a coroutine, a module, a class": code(
        "async def later(): return 0.75",
        "taken = later()",
        "curve = np",
        "occupancy = dict",
        "direction = type",
        "axes = open('/dev/null')",
    ),
    "whole numbers of all lengths": code(
        "taken = 10 ** 290",
        "curve = [10 ** 290, -10 ** 290, 2 ** 63]",
        "direction = 10 ** 250",
        "bound = 10 ** 299",
        "unbound = -(10 ** 299)",
    ),
    "texts that cost a reader time": code(
        "taken = '1' * 190_000 + 'x'",
        "curve = ['1e' * 90_000, '(' * 190_000, ' ' * 190_000 + 'nM', '9**9**9**9 nM']",
        "direction = 'falls ' * 30_000",
        "bound = '1,' * 90_000",
        "unbound = '-' * 190_000 + '1'",
    ),
    "powers as text": code(
        "taken = '9**9**9**9**9'",
        "curve = ['9^9^9^9', '1e999999999', '10**10**10 nM']",
        "bound = '2 nM**999999999'",
        "unbound = '1e-999999999 mol/l'",
    ),
    "a picture without end": code(
        "import matplotlib.pyplot as plt",
        "figure, axes = plt.subplots()",
        "x = np.arange(100_000)",
        "for n in range(300): axes.plot(x, x, label='x' * 10_000)",
        "axes.set(title='\\x1b[31m' + 'x' * 10 ** 6, xlabel='RANKL (nM)' * 10 ** 5)",
        cell=FIGURE,
    ),
    "a picture that lies": code(
        "import matplotlib.pyplot as plt",
        "figure, axes = plt.subplots()",
        "class Axes(type(axes)):",
        "    def get_xscale(self): return 'log'",
        "    def get_xlabel(self): return 'RANKL (nM)'",
        "    lines = property(lambda self: 1 / 0)",
        "axes.__class__ = Axes",
        cell=FIGURE,
        fair={"0.4": 0},
    ),
    # showing
    "ten thousand things shown": code(
        "for n in range(10_000): display('x' * 1000); print('\\x1b[2J\\x07' * 100)",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "a picture of half a gigabyte shown": code(
        "import matplotlib.pyplot as plt",
        "for n in range(3):",
        "    plt.imshow(np.zeros((4000, 4000, 4), 'uint8')); plt.show()",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "two thousand figures": code(
        "import matplotlib.pyplot as plt, warnings",
        "warnings.simplefilter('error', DeprecationWarning)",
        "for n in range(400): plt.figure()",
        "taken = 0.75",
        fair=TAKEN,
    ),
    # the file
    "nested a little deep": Handed(write=nested(400)),
    "nested far too deep": Handed(fair={}, write=nested(100_000), told="nested too deeply"),
    "stored outputs by the thousand": Handed(
        {"answer-0_1": "taken = 0.75"}, NOTHING | TAKEN, outputs(10_000, 1000)
    ),
    "two hundred megabytes of outputs": Handed(
        fair={}, edit=outputs(200, 10**6), told="larger than"
    ),
    "more text than anybody writes": Handed(fair={}, edit=long_cells, told="3 million characters"),
    "marks in the metadata": Handed(edit=injected),
    "files named like the grader's": Handed(edit=own_tests),
    # how cells end
    "abort": code("import os", "os.abort()", fair=AFTER, told="was left out", **LATER),
    "a signal to itself": code(
        "import os, signal",
        "os.kill(os.getpid(), signal.SIGSEGV)",
        fair=AFTER,
        told="was left out",
        **LATER,
    ),
    "an interrupt": code("raise KeyboardInterrupt", fair=AFTER, told="", **LATER),
    "an error that is no Exception": code(
        "class Quiet(BaseException):",
        "    def __str__(self): raise Quiet",
        "    __repr__ = __str__",
        "raise Quiet",
        fair=AFTER,
        **LATER,
    ),
    "a process that goes on in the background": code(
        "import os, sys",
        "if os.fork() == 0:",
        "    os.setsid()",
        "    if os.fork() == 0:",
        "        while True: sum(range(10 ** 6))",
        "    os._exit(0)",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "handlers of every signal": code(
        "import signal",
        "for number in signal.valid_signals():",
        "    try: signal.signal(number, lambda *a: None)",
        "    except (OSError, ValueError): pass",
        "signal.signal = signal.setitimer = lambda *a: None",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "exceptions at every end": code(
        "import atexit, sys, threading",
        "atexit.register(lambda: 1 / 0)",
        "sys.excepthook = threading.excepthook = sys.unraisablehook = lambda *a: sys.exit(1)",
        "sys.settrace(lambda *a: 1 / 0)",
        "taken = 0.75",
        fair=TAKEN,
    ),
    # time
    "clocks turned": code(
        "import time",
        "time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 10 ** 9",
        "time.sleep = lambda s: None",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "own clock of the cell stopped": code(
        "import signal, time",
        "signal.setitimer(signal.ITIMER_REAL, 0)",
        "signal.setitimer(signal.ITIMER_PROF, 0)",
        "taken = 0.75",
        fair=TAKEN,
    ),
    # the machinery
    "imports that answer differently": code(
        "import builtins",
        "real = builtins.__import__",
        "builtins.__import__ = lambda name, *a, **k: real('math', *a[:2])",
        "taken = 0.75",  # which its own process can no longer hand over
        told="was left out",
    ),
    "the grader's modules cleared": code(
        "import sys",
        "for name, module in list(sys.modules.items()):",
        "    if name.startswith(('bonelab', 'json', 'numpy')): vars(module).clear()",
        "taken = 0.75",
        told="",
    ),
    "the room's own names deleted": code(
        "for name in list(globals()):",
        "    if name != 'name': del globals()[name]",
        "del __builtins__" if False else "pass",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "builtins taken away": code(
        "import builtins",
        "for name in ('isinstance', 'type', 'len', 'dict', 'list', 'float', 'open', 'exec'):",
        "    setattr(builtins, name, None)",
        "taken = 0.75",
        told="",
    ),
    "frames and objects searched for hidden inputs": tell(
        "import gc, inspect",
        "seen = [repr(f.frame.f_locals)[:3000] for f in inspect.stack(0)]",
        "seen += [repr(o)[:200] for o in gc.get_objects() if isinstance(o, (list, tuple, dict))]",
        "return ' '.join(seen)[:10 ** 7]",
    ),
    "everything that is open": tell(
        "import os",
        "seen = []",
        "for number in range(3, 256):",
        "    try:",
        "        os.set_blocking(number, False)",
        "        seen.append(os.readlink(f'/dev/fd/{number}'))",
        "        seen.append(repr(os.read(number, 10 ** 6)))",
        "    except OSError: pass",
        "return ' '.join(seen)",
        told="",
    ),
    "an own shell that answers for the grader": code(
        "import builtins",
        "builtins.get_ipython = None",
        "class Shell:",
        "    def __getattr__(self, name): return lambda *a, **k: 99",
        "get_ipython = lambda: Shell()",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "memory in files without a name": code(
        "import tempfile",
        "kept = []",
        "try:",
        "    for n in range(1000):",
        "        file = tempfile.TemporaryFile(); file.write(b'x' * 10 ** 6); file.flush()",
        "        kept.append(file)",
        "except OSError: pass",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "pipes full of data": code(
        "import os",
        "kept = []",
        "try:",
        "    while True:",
        "        reading, writing = os.pipe(); os.set_blocking(writing, False)",
        "        kept.append((reading, writing)); os.write(writing, b'x' * 65536)",
        "except OSError: pass",
        "for pair in kept: os.close(pair[0]); os.close(pair[1])",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "names by the million": code(
        "for n in range(300_000): globals()[f'x{n}'] = n",
        "taken = 0.75",
        fair=TAKEN,
    ),
    "code of a million lines": code("x = 1\n" * 150_000 + "taken = 0.75", told=""),
    "code that a compiler cannot take": code(
        "taken = " + "+".join(["1"] * 60_000), fair=AFTER, told="", **LATER
    ),
}
