"""Move every control of a lab and see that all that comes out is right: for tests and lessons."""

import math
import re

import numpy as np

from bonelab.parameters import BonelabError

MOST_DIGITS = 5  # of a number in words; more would look surer than a run is
_NEVER = re.compile(r"\d[eE][-+]?\d|\n|  |\d %")  # in words: exponents, breaks, "5 %"


def sweep(lab, rng=None, n=3):
    """Move each control to both ends, the middle and ``n`` random values, then all at random.

    Checks each time that the result is finite, the sentence and the text alternative read well,
    the picture has pixels, and every curve stays within its axes.
    Returns the number of settings tried. Raises BonelabError naming lab, settings and fault.
    """
    rng = rng or np.random.default_rng(0)
    settings = [
        {name: value} for name, control in lab.controls.items() for value in control.samples(rng, n)
    ]
    for _ in range(n):
        every = {name: c.samples(rng, n) for name, c in lab.controls.items()}
        settings.append({name: some[rng.integers(len(some))] for name, some in every.items()})
    for setting in settings:
        lab.reset()
        lab.set(**setting)
        if fault := _fault(lab):
            raise BonelabError(f"{lab.title} at {setting}: {fault}")
    lab.reset()
    return len(settings)


def _fault(lab):
    """What is wrong with the lab as it stands, or None."""
    if not finite(lab.run):
        return "the result holds a value that is not finite."
    if len(lab.text.split()) < 3 or "nan" in lab.text.lower().split():
        return f"the sentence is {lab.text!r}."
    dots = lab.dots()
    alt = lab.picture.words(lab.seen)  # lab.alt, without a drawing that is packed and kept
    if len(alt) < 20:
        return f"the text alternative is {alt!r}."
    for words in (lab.text, alt):
        if odd := _odd(words):
            return f"its words hold {odd!r}: {words}"
    if cut := _cut_off(lab.picture):
        return f"the curve of {cut} leaves its axes."
    if np.ptp(dots) == 0:
        return "the picture is blank."
    return None


def _odd(words):
    """What no sentence should hold, or None: too many digits, exponents, line feeds."""
    if match := _NEVER.search(words):
        return match[0]
    numbers = re.findall(r"\d+\.\d+", words)
    return next((n for n in numbers if len(n.replace(".", "").lstrip("0")) > MOST_DIGITS), None)


def _cut_off(picture):
    """The name of a curve that is cut off at the edge of its axes, or None."""
    for panel in getattr(picture, "line_panels", ()):
        low, high = panel.axes.get_ylim()
        low = low if panel.axes.get_yscale() == "linear" else 0.0  # nothing has no logarithm
        for name, line in panel.lines.items():
            y = np.asarray(line.get_ydata(), float)
            y = y[~np.isnan(y)]  # where nothing is drawn
            if y.size and not low <= y.min() <= y.max() <= high:
                return name
    return None


def _parts(result):
    """The numbers of a result as ``{name: array or number}``: of a Run, or of what holds Runs."""
    if isinstance(result, dict):
        return result
    if hasattr(result, "series"):
        return {"time": result.time, **result.series}
    if isinstance(result, (list, tuple)):
        return dict(enumerate(result))
    if hasattr(result, "__dataclass_fields__"):
        return {name: getattr(result, name) for name in result.__dataclass_fields__}
    return None


def finite(result):
    """True when every number in a result is finite."""
    if (parts := _parts(result)) is not None:
        return all(finite(part) for part in parts.values())
    if isinstance(result, np.ndarray) and result.dtype.kind in "fc":
        return bool(np.isfinite(result).all())
    return math.isfinite(result) if isinstance(result, float) else True
