"""What one submission does is neither seen nor felt nor waited for by another or the teacher."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar

import classroom
import psutil
import pytest

from bonelab.grading import class_schedule, pipe_quota, sandbox, usage_watch
from bonelab.grading.answer_exchange import Answers
from bonelab.grading.channel import Lost
from bonelab.grading.checker_process import Job
from bonelab.grading.control_group import ControlGroup
from bonelab.grading.limits import MEGABYTE, Limits
from bonelab.grading.results import ItemResult, SubmissionResult

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))

# Each gives "no" where it is refused, and something else where it is not.
TOOLS = """
import ctypes, fcntl, mmap, os, platform, socket, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
arm = platform.machine() == "aarch64"
shared = open(os.__file__, "rb")  # a file that all sandboxes read

def called(x86, on_arm, *arguments):
    return "no" if libc.syscall(on_arm if arm else x86, *arguments) == -1 else "done"

def tried(action):
    try:
        action()
    except OSError:
        return "no"
    return "done"

whole = struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 0, 0)
"""
REFUSED = {
    "a lock": "tried(lambda: fcntl.flock(shared, fcntl.LOCK_SH))",
    "a lock on a folder": "tried(lambda: fcntl.flock(os.open('/usr', os.O_RDONLY), fcntl.LOCK_EX))",
    "a lock of a process": "tried(lambda: fcntl.lockf(shared, fcntl.LOCK_SH))",
    "a lock of an open file": "tried(lambda: fcntl.fcntl(shared, 37, whole))",
    "the locks of others": "tried(lambda: fcntl.fcntl(shared, 5, whole))",
    "a lease": "tried(lambda: fcntl.fcntl(shared, 1024, fcntl.F_RDLCK))",
    "the lease of another": "tried(lambda: fcntl.fcntl(shared, 1025))",
    "a watch on a folder": "tried(lambda: fcntl.fcntl(os.open('/usr', os.O_RDONLY), 1026, 1))",
    "a hint on a file": "tried(lambda: fcntl.fcntl(shared, 1036, struct.pack('Q', 2)))",
    "the hint on a file": "tried(lambda: fcntl.fcntl(shared, 1035, bytes(8)))",
    "a larger pipe": "tried(lambda: fcntl.fcntl(os.pipe()[0], 1031, 1 << 20))",
    "inotify": "called(294, 26, 0)",
    "fanotify": "called(300, 262, 0, 0)",
    "which pages are in memory": "called(27, 232, libc_page, 4096, ctypes.create_string_buffer(8))",
    "pages thrown out": "called(221, 223, shared.fileno(), 0, 0, 4)",
    "all written back": "called(306, 267, shared.fileno())",
    "a file mapped by two": (
        "tried(lambda: mmap.mmap(shared.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ))"
    ),
    "memory of nobody": "tried(lambda: mmap.mmap(-1, 4096))",
    "memory of nobody, through a device": (
        "tried(lambda: mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096))"
    ),
    "memory merged with that of others": "called(28, 233, libc_page, 4096, 12)",
    "a queue of messages": "called(68, 186, 7, 0o1600)",
    "a semaphore of the system": "called(64, 190, 7, 1, 0o1600)",
    "a key": "called(248, 217, b'user', b'x', b'y', 1, -3)",
    "sockets within sockets": (
        "tried(lambda: socket.send_fds(socket.socketpair()[0], [b'x'], [shared.fileno()]))"
    ),
    "a larger socket": "tried(lambda: socket.socketpair()[0].setsockopt(1, 7, 1 << 20))",
    "the socket of virtual machines": "tried(lambda: socket.socket(40, 1))",
    "the socket of the kernel": "tried(lambda: socket.socket(16, 3))",
    "the kernel's log": "called(103, 116, 3, ctypes.create_string_buffer(100), 100)",
    "the load of the machine": "called(99, 179, ctypes.create_string_buffer(200))",
    "the room on the disk": "tried(lambda: os.statvfs('/usr'))",
    "processes of the machine": "tried(lambda: os.listdir('/proc'))",
    "the kernel's settings": "tried(lambda: os.listdir('/sys'))",
    "a file's times changed": "tried(lambda: os.utime(os.__file__))",
    "a file's rights changed": "tried(lambda: os.chmod(os.__file__, 0o777))",
    "a file's attributes changed": "tried(lambda: os.setxattr(os.__file__, 'user.x', b'1'))",
}


@pytest.fixture(scope="module")
def learner():
    learner = sandbox.start(Limits())
    yield learner
    learner.stop()


def run(learner, code, seconds=50):
    request = {"run": code, "label": "", "seconds": seconds}
    return learner.channel.ask(request, 4 * seconds)


def value(learner, name):
    return Answers(lambda r: learner.channel.ask({**r, "seconds": 50}, 200)).get(name)


def test_what_the_kernel_keeps_for_two_or_for_nobody_is_refused(learner):
    lines = [
        TOOLS,
        "libc_page = ctypes.c_void_p(ctypes.cast(libc.getpid, ctypes.c_void_p).value & ~4095)",
        "found = {}",
    ]
    lines += [f"found[{name!r}] = {code}" for name, code in REFUSED.items()]
    assert run(learner, "\n".join(lines))["error"] is None
    assert {name for name, told in value(learner, "found").items() if told != "no"} == set()


def test_the_same_calls_work_without_the_wall():
    """The test above can fail: what it tries is possible on this machine."""
    learner = sandbox.start(Limits(), unconfined=True)
    try:
        names = ["a lock", "a lock of a process", "memory of nobody", "a file mapped by two"]
        names += ["inotify", "processes of the machine", "the load of the machine"]
        lines = [TOOLS, "found = {}", *(f"found[{n!r}] = {REFUSED[n]}" for n in names)]
        assert run(learner, "\n".join(lines))["error"] is None
        assert set(value(learner, "found").values()) == {"done"}
    finally:
        learner.stop()


HONEST = """
import asyncio, mmap, os, subprocess, sys, tempfile, threading, multiprocessing
import numpy as np
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
with ThreadPoolExecutor(3) as pool:
    assert sum(pool.map(abs, [-1, -2])) == 3
with ProcessPoolExecutor(2) as pool:
    assert list(pool.map(abs, [-1])) == [1]
lock = multiprocessing.Lock()
with lock, ThreadPoolExecutor(1) as pool:
    waiting = pool.submit(lock.acquire, timeout=0.05)
    assert not waiting.result()
with tempfile.TemporaryFile() as file:
    file.write(b"x" * 5000); file.flush()
    assert mmap.mmap(file.fileno(), 5000)[0] == ord("x")
with tempfile.TemporaryDirectory() as folder:
    np.save(f"{folder}/a.npy", np.arange(5)); assert np.load(f"{folder}/a.npy").sum() == 10
assert subprocess.run([sys.executable, "-c", "print(3)"], capture_output=True).stdout == b"3\\n"
asyncio.run(asyncio.sleep(0))
import pandas, scipy.optimize, matplotlib.pyplot as plt
plt.plot([1, 2]); plt.savefig("/tmp/x.png")
pandas.DataFrame({"a": [1, 2]}).describe().to_csv("/tmp/x.csv")
"""


def test_honest_code_misses_none_of_it(learner):
    assert run(learner, HONEST)["error"] is None


# ---- what no process holds ------------------------------------------------------------------

HOARDS = {
    "more files": "import os\nfor n in range(10**7): os.mkdir(f'/tmp/{n}')",
    "more memory": """
import os, socket, time
def fill(left, right):
    for end in (left, right):
        end.setblocking(False)
        try:
            while True: end.send(b"x" * 4096)
        except OSError: pass
for _ in range(30):
    if os.fork() == 0: break
kept = []
try:
    while True:
        kept.append(socket.socketpair()); fill(*kept[-1])
except OSError: pass
time.sleep(600)
""",
}


@pytest.mark.parametrize("told", HOARDS)
def test_what_no_process_holds_is_bounded_as_well(told):
    """Empty files, and sockets that are full: each process by itself looks harmless."""
    learner = sandbox.start(Limits(memory_mb=500, files=2000, pipes=10**6))
    try:
        with pytest.raises(Lost, match=f"{told} than allowed"):
            run(learner, HOARDS[told], seconds=300)
    finally:
        learner.stop()


PIPES = """
import os, time
for _ in range({others}):
    if os.fork() == 0:
        break
kept = [os.pipe() for _ in range(40)]
time.sleep({waiting})
"""


def test_the_pages_of_pipes_are_left_to_the_neighbours():
    """Once a user's are used up, all new pipes hold an eighth: a neighbour's, the teacher's own."""
    learner = sandbox.start(Limits())
    try:
        with pytest.raises(Lost, match="more pipes than allowed"):
            run(learner, PIPES.format(others=20, waiting=600), seconds=300)
    finally:
        learner.stop()


def test_pipes_that_forks_share_are_counted_once():
    learner = sandbox.start(Limits(), snapshots=4)
    try:
        assert run(learner, PIPES.format(others=0, waiting=0))["error"] is None
        for number in learner.snapshots:
            assert learner.channel.ask({"snapshot": number}, 60)["taken"]
        learner.watch.look()
        learner.watch()
    finally:
        learner.stop()


def test_buffers_and_files_are_counted_beside_memory(monkeypatch):
    assert usage_watch.BUFFER_MB * Limits().open_files * Limits().processes < 1000
    process = psutil.Process()
    before = usage_watch._buffers(process)
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(200)]
    try:
        assert usage_watch._buffers(process) - before > 30 * MEGABYTE
    finally:
        for number in kept:
            os.close(number)


def test_a_glance_finds_whatever_came_of_a_process(monkeypatch):
    nested = "sleep 600 & sh -c 'sleep 600 & wait' & wait"
    with subprocess.Popen(["sh", "-c", nested], start_new_session=True) as process:
        while len(usage_watch.tree(process.pid)) < 4:
            time.sleep(0.01)
        whole = set(usage_watch.tree(process.pid))
        assert set(usage_watch.glance(process.pid)) == whole
        monkeypatch.setattr(usage_watch, "_lists_children", lambda: False)
        assert set(usage_watch.glance(process.pid)) == whole
        os.killpg(process.pid, signal.SIGKILL)
    assert usage_watch.glance(process.pid) == []


@pytest.mark.skipif(not usage_watch._lists_children(), reason="this kernel lists no children")
def test_a_learner_starts_and_goes_on_without_a_look_at_every_process(monkeypatch):
    """A whole class may be standing still on the machine."""
    monkeypatch.setattr(usage_watch, "tree", None)
    monkeypatch.setattr(ControlGroup, "make", lambda *limits: None)
    learner = sandbox.start(Limits())
    try:
        assert learner.freeze()
        monkeypatch.setattr(sandbox, "tree", None)
        learner.thaw()
        assert run(learner, "x = 1")["error"] is None
    finally:
        learner.stop()


def test_the_kernel_takes_a_learners_processes_first(learner):
    """All of them, the wall's own too: what is left of a wall without its learner helps nobody."""
    processes = usage_watch.tree(learner.process.pid)
    assert len(processes) >= 2
    for process in processes:
        assert Path(f"/proc/{process.pid}/oom_score_adj").read_text() == "1000\n"


def test_garbage_is_collected_as_everywhere_but_not_sought_among_what_was_loaded_before(learner):
    code = "import gc\nfound = [gc.isenabled(), gc.get_freeze_count()]"
    assert run(learner, code)["error"] is None
    enabled, frozen = value(learner, "found")
    assert enabled is True
    assert frozen > 5000


# ---- standing still -------------------------------------------------------------------------

RESTLESS = """
import os, threading
def spin():
    while True: pass
threading.Thread(target=spin, daemon=True).start()
os.register_at_fork(after_in_child=lambda: threading.Thread(target=spin, daemon=True).start())
if os.fork() == 0: spin()
"""


@pytest.mark.parametrize("grouped", [True, False], ids=["with a group", "without"])
def test_a_learner_that_stands_still_computes_nothing(monkeypatch, grouped):
    if not grouped:
        monkeypatch.setattr(ControlGroup, "make", lambda *limits: None)
    learner = sandbox.start(Limits(), snapshots=1)
    try:
        run(learner, RESTLESS)
        [number] = learner.snapshots
        assert learner.channel.ask({"snapshot": number}, 60)["taken"]
        before = computed(learner)
        while computed(learner) == before:  # it does run
            time.sleep(0.05)
        assert learner.freeze()
        before = computed(learner)
        time.sleep(0.5)
        assert computed(learner) == before
        learner.thaw()
        assert learner.snapshots[number].ask({"get": "x", "seconds": 60}, 200) == {"missing": True}
        while computed(learner) == before:
            time.sleep(0.05)
    finally:
        learner.stop()


def computed(learner):
    return sum(usage_watch._computed(one) for one in usage_watch.tree(learner.process.pid))


class FakeProcess:
    """A checker process that reports at once, and writes down when it was told what."""

    log = ()
    results = ()
    held: ClassVar = {}  # number -> names of its pipes

    def __init__(self, number, job, markers, core, others):
        self.number, self.core = number, core
        self.pipe, self._end = os.pipe()
        self.result = self.results[number]
        self.waiting, self.done, self.late = False, False, False
        self.log.append(("starts", number))
        os.write(self._end, b"x")

    def fileno(self):
        return self.pipe

    def receive(self):
        os.read(self.pipe, 1)
        self.log.append(("has run", self.number))
        self.waiting, self.done = not self.done, self.done

    def pipes(self):
        return set(self.held.get(self.number, ()))

    def go(self):
        self.log.append(("is tested", self.number))
        self.waiting, self.done = False, True
        self.result = SubmissionResult("set", "graded", items={"1.1": ItemResult(2, 2, 1, 1)})
        os.write(self._end, b"x")

    def finish(self):
        return self.result

    def stop(self):
        os.close(self.pipe)
        os.close(self._end)


def scheduled(monkeypatch, results, full=(), held=None):
    log, answers = [], iter(full)
    monkeypatch.setattr(FakeProcess, "held", held or {})
    monkeypatch.setattr(FakeProcess, "log", log)
    monkeypatch.setattr(FakeProcess, "results", results)
    monkeypatch.setattr(class_schedule, "CheckerProcess", FakeProcess)
    monkeypatch.setattr(class_schedule, "_is_full", lambda: next(answers, False))
    jobs = [Job(str(number), None) for number in range(len(results))]
    found = class_schedule.grade_all(jobs, [], side_by_side=2)
    return log, found


def seen(**more):
    items = {"1.1": ItemResult(2, 1, 1, 1)}
    return SubmissionResult("set", **{"status": "graded", "items": items, **more})


def test_no_code_but_hidden_tests_runs_after_the_first_hidden_test(monkeypatch):
    log, results = scheduled(monkeypatch, [seen() for _ in range(5)])
    first = next(n for n, (what, _) in enumerate(log) if what == "is tested")
    assert "starts" not in [what for what, _ in log[first:]]
    after = [entry for entry in log[first:]]
    assert after == [(w, n) for n in range(5) for w in ("is tested", "has run")], "one by one"
    assert [result.items["1.1"].got for result in results] == [2] * 5


def test_whatever_failed_beside_a_neighbour_that_misbehaved_is_graded_again_alone(monkeypatch):
    bad = seen(remarks=["x: the code used more memory than allowed, and was left out"])
    hurt = seen(suspects=["did not answer in time"])
    log, _ = scheduled(monkeypatch, [bad, hurt, seen(), hurt, seen()])
    starts = [number for what, number in log if what == "starts"]
    assert starts == [0, 1, 2, 3, 4, 1], "number 3 had no such neighbour"
    assert log.index(("starts", 1), 3) < log.index(("is tested", 0))


def test_where_memory_is_short_a_submission_is_run_again_for_its_hidden_tests(monkeypatch):
    log, results = scheduled(monkeypatch, [seen() for _ in range(4)], full=[False, True])
    assert [number for what, number in log if what == "is tested"] == [0, 2, 3, 1]
    assert log[-4:-2] == [("starts", 1), ("has run", 1)]
    assert [result.items["1.1"].got for result in results] == [2] * 4


def own_pipes(*numbers):
    return {who: [f"{who}, {n}" for n in range(many)] for who, many in enumerate(numbers)}


def test_pipes_that_a_submission_inherits_from_those_before_it_count_once(tmp_path, monkeypatch):
    """Each checker is forked from the grader, which holds an end of every one before it."""
    (tmp_path / "soft").write_text("1600\n")  # pages: 100 pipes, half of them for the standing
    monkeypatch.setattr(pipe_quota, "SOFT", tmp_path / "soft")
    held = {n: range(2 * n + 2) for n in range(24)}  # 48 in all, 600 when added up
    log, _ = scheduled(monkeypatch, [seen() for _ in range(24)], held=held)
    assert [number for what, number in log if what == "starts"] == list(range(24)), "each once"


def test_submissions_that_stand_still_leave_pipes_to_the_others(tmp_path, monkeypatch):
    """Each within its own limit, together beyond what the kernel allows a user: whoever would go
    beyond half of it is run again for its hidden tests, when no other stands still."""
    (tmp_path / "soft").write_text("1600\n")  # pages: 100 pipes
    monkeypatch.setattr(pipe_quota, "SOFT", tmp_path / "soft")
    log, results = scheduled(monkeypatch, [seen() for _ in range(4)], held=own_pipes(30, 21, 20))
    assert [number for what, number in log if what == "is tested"] == [0, 2, 3, 1]
    assert log[-4:-2] == [("starts", 1), ("has run", 1)]
    assert [result.items["1.1"].got for result in results] == [2] * 4


COLLUDES = "import os\nkept = [os.pipe() for _ in range(44)]\ntaken = 0.75"
MEASURES = """import os
reading, writing = os.pipe()
os.set_blocking(writing, False)
held = 0
try:
    while True: held += os.write(writing, bytes(4096))
except BlockingIOError: pass
taken = 0.75 if held == 65536 else held"""


def test_many_that_hold_few_pipes_each_make_no_neighbours_pipe_small():
    """Twenty-six hold 44 pipes each, more than a user's 1024; the last one looks at its own."""
    if pipe_quota.most_pipes() > 26 * 44:
        pytest.skip("this machine allows a user more pipes")
    handed = {
        f"colluder {n:02d}": classroom.Handed({"answer-0_1": COLLUDES}, {"0.1": 2})
        for n in range(26)
    }
    handed["zoe"] = classroom.Handed({"answer-0_1": MEASURES}, {"0.1": 2})
    graded = classroom.grade_class(handed, limits=classroom.ROOMY)
    marks = {student: graded.marks(student)["0.1"] for student in handed}
    assert marks == dict.fromkeys(handed, 2)
    assert graded.left_behind == []


@pytest.mark.parametrize("side_by_side", [1, 2, 4, 8, 16, 40])
def test_submissions_side_by_side_share_the_pipes_of_a_user(tmp_path, monkeypatch, side_by_side):
    (tmp_path / "soft").write_text("16384\n")  # as Linux has it: 1024 pipes
    monkeypatch.setattr(pipe_quota, "SOFT", tmp_path / "soft")
    limit = pipe_quota.shared(Limits(), side_by_side).pipes
    assert pipe_quota.FEWEST <= limit <= Limits().pipes
    still = pipe_quota.STANDING * 1024
    assert side_by_side * limit + still <= 1024 or side_by_side > 21, (
        "as many as a large machine has"
    )
    for unlimited in ("0\n", "?"):
        (tmp_path / "soft").write_text(unlimited)
        assert pipe_quota.shared(Limits(), side_by_side).pipes == Limits().pipes
        assert not pipe_quota.is_used_up(10**6)


def test_pipes_of_a_submission_that_stands_still_are_counted():
    learner = sandbox.start(Limits(), snapshots=4)
    try:
        before = usage_watch.pipes_of(learner.watch._pid)
        assert run(learner, "import os\nkept = [os.pipe() for _ in range(33)]")["error"] is None
        assert learner.freeze()
        assert len(usage_watch.pipes_of(learner.watch._pid) - before) == 33
    finally:
        learner.stop()


# ---- control groups -------------------------------------------------------------------------


def test_a_group_bounds_memory_of_every_kind_and_processes(tmp_path, monkeypatch):
    """What is written where: the kernel of this machine may not offer it."""
    names = ("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cgroup.procs")
    (tmp_path / "cgroup.procs").touch()
    make = os.mkdir

    def mkdir(path, mode=0o777):  # as the kernel does: a new group has its files
        make(path, mode)
        for name in (*names, "memory.events", "cgroup.freeze", "cgroup.kill"):
            (tmp_path / os.path.basename(path) / name).touch()

    monkeypatch.setattr(os, "mkdir", mkdir)
    group = ControlGroup.make(Limits(memory_mb=700, processes=9), base=tmp_path)
    assert (tmp_path / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert (group.folder / "memory.max").read_text() == "700000000"
    assert int((group.folder / "pids.max").read_text()) == 69
    assert group.entering(["bwrap", "x"])[-2:] == ["bwrap", "x"]
    assert not group.ran_out_of_memory()
    (group.folder / "memory.events").write_text("low 0\noom 1\noom_kill 1\n")
    assert group.ran_out_of_memory()
    assert group.freeze()
    assert (group.folder / "cgroup.freeze").read_text() == "1"


def test_groups_are_put_away():
    """Also those of a process that was ended before it could."""
    if (group := ControlGroup.make(Limits())) is None:
        pytest.skip("no group can be made here")
    child = subprocess.Popen(group.entering(["/bin/sleep", "600"]))
    left = group.folder.with_name("grading-999999999-0")
    left.mkdir()
    ControlGroup.sweep()
    assert not left.exists()
    assert group.folder.exists(), "its process lives"
    ControlGroup.sweep(os.getpid())
    assert child.wait() != 0
    assert not group.folder.exists()


def test_without_the_right_to_make_a_group_there_is_none(tmp_path):
    assert ControlGroup.make(Limits(), base=tmp_path / "nowhere") is None


def test_all_of_this_holds_for_an_ordinary_user_too():
    """Root starts the sandbox differently: see wall.py."""
    if os.getuid() != 0:
        pytest.skip("it just did")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        command = [*classroom.as_somebody(), sys.executable, "-B", "-m", "pytest", "-q", "-n0"]
        command += ["-p", "no:cacheprovider", f"--basetemp={folder}/tests", __file__]
        done = subprocess.run(
            command,
            env={**os.environ, "HOME": folder, "PYTHONPATH": str(classroom.ROOT)},
            cwd=classroom.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "it just did" in done.stdout, "all others ran"
