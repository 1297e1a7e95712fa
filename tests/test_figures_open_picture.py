"""The picture of the open questions: the way to an osteocyte, and one place elsewhere."""

import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.open_picture import DEPTHS, PLACES, OpenPicture
from bonelab.labs.open_questions import ELSEWHERE


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.open_questions()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return OpenPicture(seen(lab))


@pytest.fixture
def shown(lab, picture):
    def show(**values):
        result = seen(lab, **values)
        picture.update(result)
        return result

    return show


def test_shares_are_in_percent_at_depths_of_five_micrometres(shown, picture):
    result = shown(half_life=10)
    (panel,) = picture.line_panels
    line = panel.lines["vesicle"]
    assert list(line.get_xdata()) == list(range(0, 101, 5))
    assert line.get_ydata() == pytest.approx([100 * s for s in result["share at depth"]])
    assert panel.axes.get_xlabel() == "depth in bone (µm)"
    assert panel.axes.get_ylabel() == "% of surface"
    assert DEPTHS[1] == 5


def test_the_drawing_shows_the_shares_of_the_run(shown, picture):
    result = shown(half_life=30)
    shares = result["share at depth"]
    for depth in (25, 50, 75, 100):
        assert f"{100 * shares[DEPTHS.index(depth)]:.0f}%" in written(picture.drawing)
    assert "vesicle 90 nm, gap 100 nm: it fits" in written(picture.drawing)
    shown(vesicle=120)
    assert "vesicle 120 nm, gap 100 nm: it does not fit" in written(picture.drawing)
    assert "0" in written(picture.drawing)


@pytest.mark.parametrize(("text", "unit", "days"), [
    ("immune: cells without RANK", "days", 1), ("artery: no OPG", "days", 1),
    ("brain: 1 nM RANKL, no RANK", "hours", 1),
])  # fmt: skip
def test_elsewhere_both_runs_stand_on_axes_of_their_place(shown, picture, text, unit, days):
    result = shown(elsewhere=text)
    _, series, title, ylabel, ylim = PLACES[ELSEWHERE[text][0]]
    assert picture.axes.get_title(loc="left") == title
    assert (picture.axes.get_ylabel(), picture.axes.get_ylim()) == (ylabel, ylim)
    assert picture.axes.get_xlabel() == unit
    for line, run in ((picture.usual, result.usual), (picture.changed, result["elsewhere"])):
        assert line.get_ydata() == pytest.approx(run[series])
        hours = run.time[-1] * {"hour": 1, "day": 24, "minute": 1 / 60}[run.time_unit]
        assert line.get_xdata()[-1] == pytest.approx(hours / {"hours": 1, "days": 24}[unit])
        assert line.get_marker() == ""
    assert picture.axes.get_xlim()[1] == pytest.approx(picture.usual.get_xdata()[-1])


def test_everything_that_changes_is_drawn_anew(picture):
    (panel,) = picture.line_panels
    changing = [picture.usual, picture.changed, *panel.moving, *picture.drawing.moving]
    assert set(changing) <= set(picture.moving)


def test_words_tell_both_parts(shown, picture):
    result = shown(elsewhere="artery: no OPG")
    words = picture.alt(result)
    assert picture.drawing.alt(**result.transport) in words
    assert "Below, Calcium in an artery:" in words
    assert result["elsewhere"].summary() in words


def test_the_guess_is_a_share_in_the_upper_panel(picture):
    picture.guess(20)
    (panel,) = picture.line_panels
    assert "your guess: 20" in {a.get_gid() for a in panel.moving if a.get_visible()}
    picture.guess(None)
