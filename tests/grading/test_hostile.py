"""Hostile submissions: nothing forged, nothing leaked, nothing left behind, nothing that hangs."""

import csv
import io
import os
import socket
import tempfile
import threading
from dataclasses import replace

import classroom
import pytest
from classroom import EXAMPLE, NAME, ROOMY, ROOT, SHORT, grade_class, grade_each
from hostile import CANARY, FORGE, SECRETS, TOKEN
from hostile_leak import GET_OUT, LEAK
from hostile_spoil import SPOIL
from hostile_use import ENDLESS, USE_UP
from parts import ATTACKS as PARTS

from bonelab.grading import sandbox
from bonelab.grading.answer_exchange import Answers
from bonelab.grading.exercise_source import CHECK, read_exercise
from bonelab.grading.limits import Limits
from bonelab.grading.students import printable

SECRET = {"environment": {"SECRET": CANARY}, "token": TOKEN}
ATTACKS = FORGE | PARTS | LEAK | GET_OUT | USE_UP | SPOIL
pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))


class Listener:
    """A server on this machine that should never hear from a submission."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.heard = self._socket.getsockname()[1], []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                self.heard.append(self._socket.accept())
            except OSError:
                return

    def close(self):
        self._socket.close()


def prepared(attacks, port=0, start="/"):
    words = {"PORT": str(port), "SPY": CANARY, "START": start}
    return {
        name: replace(handed, answers={c: _filled(t, words) for c, t in handed.answers.items()})
        for name, handed in attacks.items()
    }


def _filled(text, words):
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def test_every_attack_gets_its_fair_marks_and_nothing_more():
    """One class of all that ends by itself, where no clock strikes, several side by side."""
    assert len(ATTACKS) >= 40
    attacks = {name: handed for name, handed in ATTACKS.items() if name not in ENDLESS}
    listener = Listener()
    graded = grade_class(prepared(attacks, listener.port), limits=ROOMY, **SECRET)
    nothing_more({name: graded for name in attacks}, listener)


def test_every_attack_that_would_never_end_gets_its_fair_marks_and_nothing_more():
    """Under short clocks. Each is a class of its own, for all of them wait for their time."""
    listener = Listener()
    attacks = {name: ATTACKS[name] for name in sorted(ENDLESS)}
    nothing_more(grade_each(prepared(attacks, listener.port), limits=SHORT, **SECRET), listener)


def nothing_more(graded, listener):
    listener.close()
    unfair = {
        name: (book.marks(student(name)), book.words(student(name)))
        for name, book in graded.items()
        if book.marks(student(name)) != ATTACKS[name].fair
        or ATTACKS[name].told not in book.words(student(name))
    }
    assert unfair == {}, "forged, or unfairly graded"
    assert listener.heard == [], "called out"
    for book in {id(book): book for book in graded.values()}.values():
        assert leaks(book) == [], "leaked"
        assert book.left_behind == [], "still running"
        reports_show_words_as_words(book)
        spreadsheets_find_no_formula(book)


def student(name):
    return printable(ATTACKS[name].student or name)


def leaks(graded):
    """Where a secret, or a line of the hidden tests, stands in anything that was written."""
    secrets = [*SECRETS, *hidden_lines(EXAMPLE / "solutions" / NAME)]
    assert len(secrets) >= len(SECRETS) + 5
    written = {name: text for name, text in graded.files().items() if name != "before.csv"}
    assert len(written) == classroom.FILES + 2 * len(graded.book["students"])
    return [(name, s) for name, text in written.items() for s in secrets if s in text]


def hidden_lines(solution):
    """The lines of its check cells that students never get."""
    lines = set()
    for cell in read_exercise(solution).of_kind(CHECK):
        lines |= set(cell.source.splitlines()) - set(cell.visible.splitlines())
    return sorted(line.strip() for line in lines if len(line.strip()) > 20)


def reports_show_words_as_words(graded):
    for name, text in graded.files().items():
        if name.endswith(".html"):
            assert "<script" not in text, name
            assert "onerror=" not in text.replace("&lt;img src=x onerror=", ""), name
            assert "default-src 'none'" in text


def spreadsheets_find_no_formula(graded):
    for name in ("grades.csv", "essays.csv"):
        text = graded.files()[name].removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows:
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), row


def test_a_leak_and_a_process_left_behind_would_be_seen(monkeypatch):
    """Without the wall the same attacks succeed: the test above can fail."""
    names = ["reading the environment of others", "reading solutions", "a process that stays"]
    with tempfile.TemporaryDirectory() as folder:  # where no other class is
        os.chmod(folder, 0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        attacks = prepared({name: ATTACKS[name] for name in names}, start=folder)
        graded = grade_class(attacks, limits=ROOMY, **SECRET, unconfined=True, patience=2)
    assert {word for _, word in leaks(graded)} >= {CANARY, TOKEN}
    assert len(graded.left_behind) == 1


WALK = """
import os
import numpy as np
seen = []
for above, _, names in os.walk("/"):
    for name in [] if above.startswith("/proc") else names:
        facts = os.lstat(os.path.join(above, name))
        seen.append([facts.st_dev, facts.st_ino])
seen = np.array(seen)
"""


def test_no_secret_file_is_behind_the_wall():
    """Whatever it may be called there: a file that is shown through the wall keeps its number."""
    secret = [ROOT / "solutions", ROOT / "tests"]
    learner = sandbox.start(Limits(), secret=[str(folder) for folder in secret])
    try:
        ask = Answers(lambda request: learner.channel.ask({**request, "seconds": 60}, 60))
        assert learner.channel.ask({"run": WALK, "label": "", "seconds": 60}, 60)["error"] is None
        seen = {(int(device), int(number)) for device, number in ask.get("seen")}
    finally:
        learner.stop()
    assert numbers_of([ROOT / "bonelab"]) <= seen, "the library is there"
    assert not numbers_of(secret) & seen


def numbers_of(folders):
    """Device and number of all files in ``folders``."""
    found = [path.lstat() for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {(facts.st_dev, facts.st_ino) for facts in found}


def test_as_root_the_wall_holds_too():
    """Root starts the sandbox differently: the learner's process becomes nobody in particular."""
    if os.getuid() != 0:
        pytest.skip("only root can start it that way")
    chosen = ["becoming root", "a fork bomb", "reading the environment of others"]
    chosen += ["the devices and settings of the system", "the honest neighbour"]
    attacks = prepared({name: ATTACKS[name] for name in chosen})
    graded = grade_class(attacks, as_root=True, environment={"SECRET": CANARY})
    for name, handed in attacks.items():
        assert graded.marks(name) == handed.fair, graded.words(name)
    for name, text in graded.files().items():
        assert CANARY not in text, name
