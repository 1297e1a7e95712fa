"""Hostile submissions: nothing forged, nothing leaked, nothing left behind, nothing that hangs."""

import csv
import io
import os
import socket
import threading

import classroom
import pytest
from classroom import grade_class
from hostile import CANARY, FORGE, SECRETS
from hostile_leak import GET_OUT, LEAK
from hostile_spoil import SPOIL
from hostile_use import USE_UP

ATTACKS = FORGE | LEAK | GET_OUT | USE_UP | SPOIL
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


def prepared(attacks, port):
    for handed in attacks.values():
        handed.answers = {
            cell: text.replace("PORT", str(port)).replace("SPY", CANARY)
            for cell, text in handed.answers.items()
        }
    return attacks


def test_every_attack_gets_its_fair_marks_and_nothing_more():
    """One test for the whole class: it is graded once, several side by side."""
    assert len(ATTACKS) >= 40
    listener = Listener()
    graded = grade_class(prepared(ATTACKS, listener.port), environment={"SECRET": CANARY})
    listener.close()
    unfair = {
        name: (graded.marks(student(name)), graded.words(student(name)))
        for name, handed in ATTACKS.items()
        if graded.marks(student(name)) != handed.fair
        or handed.told not in graded.words(student(name))
    }
    assert unfair == {}, "forged, or unfairly graded"
    assert leaks(graded) == [], "leaked"
    assert listener.heard == [], "called out"
    assert graded.left_behind == [], "still running"
    reports_show_words_as_words(graded)
    spreadsheets_find_no_formula(graded)


def student(name):
    return (ATTACKS[name].student or name).encode("utf-8", "replace").decode()


def leaks(graded):
    secrets = [*SECRETS, "exam_seed", "That is the free fraction"]
    reports = {n: text for n, text in graded.files().items() if n.endswith((".txt", ".html"))}
    assert len(reports) == 2 * len(ATTACKS)
    return [(name, s) for name, text in reports.items() for s in secrets if s in text]


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


def test_a_leak_and_a_process_left_behind_would_be_seen():
    """Without the wall the same attacks succeed: the test above can fail."""
    names = ["reading the environment of others", "a process that stays"]
    attacks = prepared({name: ATTACKS[name] for name in names}, 0)
    graded = grade_class(attacks, environment={"SECRET": CANARY}, unconfined=True)
    assert any(CANARY in text for text in graded.files().values())
    assert len(graded.left_behind) == 1


def test_as_root_the_wall_holds_too():
    """Root starts the sandbox differently: the learner's process becomes nobody in particular."""
    if os.getuid() != 0:
        pytest.skip("only root can start it that way")
    chosen = ["becoming root", "a fork bomb", "reading the environment of others"]
    chosen += ["the devices and settings of the system", "the honest neighbour"]
    attacks = prepared({name: ATTACKS[name] for name in chosen}, 0)
    graded = grade_class(attacks, as_root=True, environment={"SECRET": CANARY})
    for name, handed in attacks.items():
        assert graded.marks(name) == handed.fair, graded.words(name)
    for name, text in graded.files().items():
        assert CANARY not in text, name
