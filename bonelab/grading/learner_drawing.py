"""The learner's own figure again, as a small picture: only numbers and words of it came across."""

import math

from bonelab.grading.html_templates import template

LEFT, TOP, WIDTH, HEIGHT = 50, 10, 300, 180
DASHES = ("none", "6 3", "2 2", "8 3 2 3", "10 4")
MOST_LINES, MOST_POINTS = 12, 400


def plain_drawing(axes):
    """A described figure as JSON-ready data, shortened; None if there is nothing to draw."""
    try:
        panel = axes[0]
        lines = [
            {"x": _numbers(line.x), "y": _numbers(line.y)} for line in panel.lines[:MOST_LINES]
        ]
        words = {name: str(getattr(panel, name))[:80] for name in ("xlabel", "ylabel")}
        logarithmic = [getattr(panel, name) == "log" for name in ("xscale", "yscale")]
        return {"lines": lines, **words, "log": logarithmic} if any(lines) else None
    except Exception:  # whatever came across is no figure
        return None


def _numbers(values):
    values = [float(value) for value in values]
    step = max(1, math.ceil(len(values) / MOST_POINTS))
    return [float(f"{value:.5g}") if math.isfinite(value) else None for value in values[::step]]


def picture(drawing):
    """SVG of a drawing from ``plain_drawing``; "" for None."""
    from markupsafe import Markup

    if not drawing:
        return ""
    lines = [list(zip(line["x"], line["y"], strict=False)) for line in drawing["lines"]]
    lines = [[_scaled(point, drawing["log"]) for point in line] for line in lines]
    lines = [[point for point in line if point] for line in lines]
    points = [point for line in lines for point in line]
    if not points:
        return ""
    (x0, x1), (y0, y1) = (_range(values) for values in zip(*points, strict=True))
    shown = [
        {
            "points": " ".join(
                f"{LEFT + WIDTH * (x - x0) / (x1 - x0):.1f},"
                f"{TOP + HEIGHT * (y1 - y) / (y1 - y0):.1f}"
                for x, y in line
            ),
            "dash": DASHES[number % len(DASHES)],
        }
        for number, line in enumerate(lines)
    ]
    ends = {"x_low": x0, "x_high": x1, "y_low": y0, "y_high": y1}
    logs = dict(zip("xy", drawing["log"], strict=True))
    text = template("drawing.svg").render(
        lines=shown,
        label=f"your figure: {drawing['ylabel']} against {drawing['xlabel']}",
        x_name=drawing["xlabel"],
        y_name=drawing["ylabel"],
        **{name: f"{10**v if logs[name[0]] else v:.3g}" for name, v in ends.items()},
    )
    return Markup(text)  # autoescaped above


def _scaled(point, logs):
    """A point on its axes; None where it cannot be drawn."""
    if None in point or any(log and value <= 0 for value, log in zip(point, logs, strict=True)):
        return None
    return tuple(math.log10(v) if log else v for v, log in zip(point, logs, strict=True))


def _range(values):
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
