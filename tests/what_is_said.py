"""The looks of all quantities, numbers in words, ticks of time and errors of figures, as lines."""

from functools import partial

import numpy as np
from matplotlib.figure import Figure
from pictures import cache, drawn
from test_figures_scenes import VALUES

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import style
from bonelab.figures.binding_picture import some
from bonelab.figures.crosslinking_picture import CrosslinkingPicture
from bonelab.figures.drawing import Drawing
from bonelab.figures.mixing_desk_drawing import times
from bonelab.figures.paper import figures
from bonelab.figures.pathways import ForwardPathway, ReversePathway
from bonelab.figures.share_bar import percent
from bonelab.figures.style import LINE, apart, points
from bonelab.figures.time_axis import DAYS, converted, in_unit, mark_times, unit_for
from bonelab.figures.transport import small_share
from bonelab.figures.words import count, three_figures
from bonelab.simulation import Run

NAN = float("nan")


@cache
def woman(**values):
    """Two years on denosumab; 65 years old."""
    return bl.simulate(bl.woman(65).with_(**values), bl.denosumab("60 mg"), years=2, points=30)


def looks_of_quantities():
    for name, look in LINE.items():
        dash = look.dash if isinstance(look.dash, str) else ",".join(map(str, look.dash[1]))
        yield f"{name} | {look.colour} dash {dash} marker {look.marker}: {look.label}"
    yield f"line of CTX | {style.line('CTX')}"
    yield f"unheard of | {apart(['unheard of'])}"
    for name in ("CTX", "bone"):
        yield f"points of {name} | {points(name)}"
    for names in (
        ("CTX", "resorption", "pits"),
        ("bone", "mineral", "BMD hip", "calcium", "x", "y"),
    ):
        for name, look in apart(names).items():
            yield f"{name} among {', '.join(names)} | {look}"


# at, below and above each limit
SHARES = (0, 1e-16, 1e-15, 2e-15, 4e-4, 5e-4, 6e-4, 9e-4, 1e-3, 1.1e-3, 0.0994, 0.0995, 0.123, 1)
FACTORS = (
    0, 9e-7, 1e-6, 2e-6, 9e-5, 1e-4, 0.4, 0.9995, 1, 1.2345, 9.94, 9.95, 9.96, 150, 9999, 1e4,
    12345, 9.99e5, 1e7, 1.1e7,
)  # fmt: skip
LENGTHS = (0.5, 1, 2.9, 3.1, 7, 30, 60, 199, 201, 365.25, 731, 1826, 1831, 3652.5, 40000)


def numbers_in_words():
    functions = [
        (percent, SHARES), (small_share, SHARES), (some, FACTORS), (times, FACTORS),
        (figures, FACTORS), (three_figures, FACTORS), (count, FACTORS),
    ]  # fmt: skip
    for function, values in functions:
        yield f"{function.__name__} | " + "; ".join(
            f"{value:g} {function(value)}" for value in values
        )


def marked(unit, end, start=0.0):
    """What stands at the ticks of an axis of time."""
    axes = Figure().add_subplot()
    mark_times(axes, unit, end, start)
    return ", ".join(f"{tick:.4g}" for tick in axes.get_xticks())


def axes_of_time():
    for days in LENGTHS:
        run = Run("test", np.array([0.0, days]), "day", {"x": np.zeros(2)}, {})
        unit = unit_for(run)
        end = in_unit(run, unit)[-1]
        yield f"{days:g} days | to {end:.4g} {unit}: {marked(unit, end)}"
    for start, end, unit in ((10, 34, "months"), (1, 9, "weeks"), (3, 4, "days"), (0, 9, "none")):
        yield f"{start} to {end} {unit} | {marked(unit, end, start)}"
    for unit in DAYS:
        yield f"a day in {unit} | {converted([1.0], 'day', unit)[0]:.6g}"


def refusals():
    """What is said to whoever gives something that cannot be drawn."""
    for scene, several in VALUES.items():
        picture, _ = drawn(scene)
        given = {name: value for values in several for name, value in values.items()}
        for name in (name for name, value in given.items() if isinstance(value, (int, float))):
            update = partial(told, picture.update, ())
            ends = ["refused" if update({name: value}) else "drawn" for value in (-2, 2e9)]
            yield f"{scene.__name__}({name}), -2 {ends[0]}, 2e9 {ends[1]}", update({name: NAN})
    for what, *call in calls():
        yield what, told(*call)


def calls():
    """``(what, function, arguments, named arguments)`` that are refused."""
    for scene in (ForwardPathway, ReversePathway):
        update = drawn(scene)[0].update
        yield scene.__name__, update, ({"Akt": NAN},), {}
        yield scene.__name__, update, ({"Akd": 1},), {}
        yield scene.__name__, update, (), {"blocked": ("Akd",)}
    yield "kind", drawn(CrosslinkingPicture)[0].update, (), {"kind": "vesicles"}
    draw, named = bl.draw, {"xlabel": "x", "ylabel": "y"}
    yield "x in two rows", draw.curve, ([[1]], [1]), named
    yield "x of none", draw.curve, ([], [1]), named
    yield "y", draw.curve, ([1, 2], [1]), named
    yield "log", draw.curve, ([1], [1]), named | {"log": "all"}
    yield "name", draw.curve, ([1], [1]), named | {"name": "OPGG"}
    yield "bands", draw.western_blot, ([1],), {}
    yield "trials", draw.against_trials, (woman(), "FREEDOM"), {}
    cells = Run("tissue", np.arange(3.0), "day", {"osteoclasts": np.ones(3)}, {})
    yield "trials of no use", draw.against_trials, (cells, [bl.trials["FREEDOM"]]), {}
    yield "series", draw.against_trials, (woman(), [bl.trials["FREEDOM"]], "CTY"), {}
    yield "no runs", draw.models, ({},), {}
    yield "runs of another kind", draw.models, ({"a": woman()},), {}
    for function in (draw.remodelling_unit, draw.forward_pathway, draw.reverse_pathway):
        yield f"{function.__name__}", function, (), {"time": "1 day"}
    yield "a value of the unit", draw.remodelling_unit, (), {"osteoclast": 2}
    yield "a run of a dish", draw.dish, (woman(),), {}
    yield "file", Drawing(None, "").save, ("picture.gif",), {}
    yield "look", style.line, ("osteoclats",), {}


def told(function, given, named):
    try:
        function(*given, **named)
    except (BonelabError, KeyError) as error:
        return " ".join(str(error).split())
    return ""


TABLES = {
    "looks of quantities": looks_of_quantities,
    "numbers in words": numbers_in_words,
    "axes of time": axes_of_time,
    "refusals": lambda: (" | ".join(row) for row in refusals()),
}
