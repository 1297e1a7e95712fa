"""Judge a learner's drawing: are the axes named, and does a line follow the curve asked for?

A drawing arrives as plain data (see ``plain``): ``drawing.axes[0].lines`` have ``.label .x .y``.
"""

import numpy as np

from bonelab.grading.number_reading import what

POINTS = 9  # places at which a line is compared with the curve asked for
SCALES = {"log": "logarithmic"}
FEWEST = 6  # points that make a curve; fewer could be a guess


def no_figure(name, value):
    """The words for an answer that is no figure with axes; "" for one that is."""
    if isinstance(getattr(value, "axes", None), list) and value.axes:
        return ""
    return f"{name} is {what(value)}; a figure is asked for. Keep the axes that you draw on."


def curves(drawing):
    """All lines of a drawing; clouds of points are among them."""
    return [line for panel in drawing.axes for line in panel.lines]


def unreadable(panel, xscale="", yscale="", xlabel="", ylabel="", legend=0):
    """What keeps a reader from reading the panel, in words; "" if nothing does."""
    axes = (
        ("horizontal", panel.xscale, xscale, panel.xlabel, xlabel),
        ("vertical", panel.yscale, yscale, panel.ylabel, ylabel),
    )
    for axis, scale, wanted_scale, label, wanted_label in axes:
        if wanted_scale and scale != wanted_scale:
            return f"The {axis} axis should be {SCALES.get(wanted_scale, wanted_scale)}."
        if not label.strip():
            return f"The {axis} axis has no name."
        if wanted_label.lower() not in label.lower():
            return f"The name of the {axis} axis should say {wanted_label!r}."
    if len(set(panel.legend)) < legend:
        return f"A legend that tells {legend} lines apart is missing."
    return ""


def follows(line, expected, rel, abs):
    """Does the ``line`` run along ``expected``, a function of x or a list of points (x, y)?"""
    try:
        x, y = np.asarray(line.x, float), np.asarray(line.y, float)
    except (TypeError, ValueError):  # names on the axis instead of numbers
        return False
    if len(x) < FEWEST or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return False
    if callable(expected):
        places = np.unique(np.linspace(0, len(x) - 1, POINTS).round().astype(int))
        wanted = np.array([float(expected(x[place])) for place in places])
        return len(set(x)) >= FEWEST and np.allclose(y[places], wanted, rtol=rel, atol=abs)
    across, wanted = np.array(expected, float).T
    order, slack = np.argsort(x), 1e-3 * np.ptp(across)
    if x.min() > across.min() + slack or x.max() < across.max() - slack:
        return False
    return np.allclose(np.interp(across, x[order], y[order]), wanted, rtol=rel, atol=abs)
