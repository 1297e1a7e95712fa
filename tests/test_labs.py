"""Every lab of the course: each control to both ends, the middle and random values."""

import numpy as np
import pytest
from matplotlib.text import Text

from bonelab import labs
from bonelab.labs.sweeping import sweep

LABS = pytest.mark.parametrize("lab", labs.LABS, indirect=True, scope="module")


@pytest.fixture(scope="module")
def lab(request):
    """A lab, which its tests share: its picture takes long to draw. Each begins at the start."""
    return getattr(labs, request.param)()


@LABS
def test_the_lab_reads_well(lab):
    assert lab.values == lab.defaults
    assert lab.question.endswith("?")
    assert lab.text.endswith((".", "!", "?"))
    for control in lab.controls.values():
        assert control.tooltip, f"{control.name} has no tooltip (meaning and source)"


@LABS
def test_the_prediction_of_the_lab_has_a_truth(lab):
    if lab.prediction is None:
        pytest.skip("it asks for no prediction")
    guess = lab.prediction.low if lab.prediction.number else lab.prediction.options[0]
    said = lab.guess(guess)
    assert "You predicted" in said
    truth = lab.prediction.truth(lab.run)
    assert lab.prediction.check(truth) == truth, "the truth itself can be guessed"
    lab.predict_again()
    assert lab.values == lab.defaults


@LABS
def test_every_control_of_the_lab_can_be_moved(lab):
    assert sweep(lab, np.random.default_rng(20180906)) > 2
    assert lab.values == lab.defaults


def drawn_texts(figure):
    """All texts that are seen: ticks beyond the limits of their axis are made but not drawn."""
    unseen = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not (axes.axison and low <= tick.get_loc() <= high):
                    unseen |= {tick.label1, tick.label2}
        if not axes.axison:
            unseen |= {axes.xaxis.label, axes.yaxis.label}
    texts = set(figure.findobj(Text)) - unseen
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


@LABS
def test_no_text_in_the_picture_is_small_or_clipped(lab):
    figure = lab.figure()
    renderer = figure.canvas.get_renderer()
    for text in drawn_texts(figure):
        box = text.get_window_extent(renderer)
        assert text.get_fontsize() >= 11, f"small: {text.get_text()!r}"
        assert box.x0 >= -2, f"clipped at the left: {text.get_text()!r}"
        assert box.x1 <= figure.bbox.x1 + 2, f"clipped at the right: {text.get_text()!r}"
        assert box.y0 >= -2, f"clipped at the foot: {text.get_text()!r}"
        assert box.y1 <= figure.bbox.y1 + 2, f"clipped at the top: {text.get_text()!r}"
