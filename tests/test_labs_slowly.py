"""A picture that is out of date says so where the next one takes long."""

import sys
import threading

from small_lab import lines, make

from bonelab.labs import card as card_module
from bonelab.labs import slowly
from bonelab.labs.slowly import Slowly


def test_what_takes_long_marks_the_old_picture(monkeypatch):
    monkeypatch.setattr(card_module, "Slowly", lambda *two: Slowly(*two, after=0.0))
    seen, told = [], threading.Event()
    here = sys.modules[__name__]
    monkeypatch.setattr(here, "said", lambda: None, raising=False)
    first = "from test_labs_slowly import said\nsaid()\n"
    lab = make(lines=lambda **values: f"{first}{lines(**values)}")

    def hear(change):
        seen.append(change["new"])
        told.set()

    lab.card.sentence.observe(hear, "value")
    # The next simulation takes until something is said of it.
    monkeypatch.setattr(here, "said", lambda: told.wait(600))
    lab.card.inputs["dose"][0].value = 2.0
    assert any("Simulating" in text and "bonelab-stale" in text for text in seen)
    assert "12.6 cells" in seen[-1]
    assert "bonelab-old" not in lab.card.right._dom_classes


def test_quick_work_says_nothing():
    said = []
    with Slowly(lambda: said.append("begin"), lambda: said.append("end"), after=3600):
        pass
    assert said == []


def test_slow_work_says_when_it_begins_to_take_long_and_when_it_ends():
    said, begun = [], threading.Event()

    def begin():
        said.append("begin")
        begun.set()

    with Slowly(begin, lambda: said.append("end"), after=0.01):
        assert begun.wait(60)
        assert said == ["begin"]
    assert said == ["begin", "end"]


def test_a_bell_that_rings_too_late_says_nothing():
    said = []
    slowly = Slowly(lambda: said.append("begin"), lambda: said.append("end"), after=3600)
    with slowly:
        pass
    slowly._ring()
    assert said == []


def test_a_picture_is_old_after_a_third_of_a_second():
    assert slowly.OLD_AFTER == 0.3
