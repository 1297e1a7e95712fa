"""How sure: bands are made for a setting that was asked about, and for no other."""

from small_lab import make

from bonelab.labs.how_sure import ID, KEPT, WORDS, HowSure


def test_bands_are_made_for_the_setting_that_was_asked_about():
    made = []
    sure = HowSure(lambda **values: made.append(values) or f"bands = {values['dose']!r}")
    lab = make()
    assert (ID, WORDS) == ("sure", "How sure?")
    assert sure.of({"dose": 2}) is None
    assert sure.clicked(lab, {"dose": 2}, "osteoclasts") is False
    assert sure.of({"dose": 2}) is None
    assert sure.clicked(lab, {"dose": 2}, "sure") is True
    assert lab.state.asked == 1
    assert sure.of({"dose": 2}) == 2
    assert sure.of({"dose": 3}) is None
    sure.clicked(lab, {"dose": 3}, "sure")
    assert (lab.state.asked, sure.of({"dose": 2}), sure.of({"dose": 3})) == (2, 2, 3)


def test_few_bands_stand_and_each_is_made_once():
    """Forty runs each: sixteen of them were 70 MB of a learner's kernel."""
    sure = HowSure(lambda **values: f"made = object()\nbands = {values['dose']!r}, made")
    lab = make()
    for dose in range(KEPT + 1):
        sure.clicked(lab, {"dose": dose}, ID)
    assert sure.of({"dose": 0}) is None, "asked long ago"
    stands = sure.of({"dose": 1})
    assert stands[0] == 1
    assert sure.of({"dose": 1}) is stands
    sure.clicked(lab, {"dose": 1}, ID)
    sure.clicked(lab, {"dose": 0}, ID)
    assert sure.of({"dose": 1}) is stands, "asked again, and so it stays"
    assert sure.of({"dose": 2}) is None
    assert KEPT == 4
