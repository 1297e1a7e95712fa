"""Drawings for the text of a lesson: ``bl.draw.forward_pathway(run)`` shows one, with words.

Each function takes a Run (or nothing) and returns a :class:`Drawing`, which a notebook shows as a
picture with a text alternative. Nothing is computed here.
"""

from bonelab.biology.binding import Competition, Crosslinking
from bonelab.parameters import Checked, Choice, Made, Quantity, Text, door, refuse
from bonelab.parameters.argument_types import Amount, Anything, Strings, TimeOfRun
from bonelab.simulation.run import SERIES_NAMES, RunOf

from . import style
from .crosslinkers import KINDS
from .drawing import Drawing
from .drawing_kinds import (
    BLOCKED,
    DISH,
    TAIL,
    TIME,
    WELL,
    bands_table,
    model_runs,
    needs_run,
    published_trials,
    row_of_numbers,
    scales_of_x,
    unit_amounts,
)
from .paper import dress, new_figure, stroke
from .words import three_figures

__all__ = [
    "Drawing",
    "against_trials",
    "clusters",
    "curve",
    "dish",
    "forward_pathway",
    "immune_response",
    "models",
    "remodelling_unit",
    "reverse_pathway",
    "western_blot",
    "who_holds_rankl",
    "who_is_who",
]


def _scene(kind, width, /, *args, **values):
    """One drawn scene alone on a figure."""
    figure = new_figure(width, width / kind.aspect, layout="none")
    scene = kind(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
    scene.update(*args, **values)
    return Drawing(figure, scene.alt(*args, **values))


@door("bl.draw.who_is_who")
def who_is_who() -> Drawing:
    """All cells and molecules of the course, with their names."""
    from . import glyph_key

    figure = new_figure(8.4, 6.0, layout="none")
    glyph_key.draw(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
    return Drawing(figure, glyph_key.alt())


@door(
    "bl.draw.remodelling_unit",
    run=RunOf("tissue", "bl.simulate"),
    time=TIME,
    values=Checked("values that go before the run's", unit_amounts, "by name"),
)
def remodelling_unit(run: Anything = None, time: TimeOfRun = None, **values: Anything) -> Drawing:
    """The remodelling unit of a run of the tissue, at its end by default; healthy without a run.

    ``values`` go before the run's: see ``figures/remodelling_unit.py``.
    """
    from .cycle_picture import routes_at_rest, unit_values
    from .remodelling_unit import RemodellingUnit

    if run is None:
        needs_run(time)
    shown = routes_at_rest() if run is None else unit_values(run, time)
    return _scene(RemodellingUnit, 7.2, **(shown | values))


@door("bl.draw.forward_pathway", run=DISH, time=TIME, blocked=BLOCKED)
def forward_pathway(run: Anything = None, time: TimeOfRun = None, blocked: Strings = ()) -> Drawing:
    """Forward signalling from RANK to NFATc1, filled with the activities of a forward dish."""
    from .pathways import ForwardPathway

    if run is None:
        needs_run(time)
        return _scene(ForwardPathway, 5.6, blocked=tuple(blocked))
    here = run.final if time is None else run.at(time)
    most = {"TRAF6": 1.0, "NF-kB": 0.5, "JNK": 0.5, "Akt": 0.5, "NFATc1": 4.0}
    activity = {name: min(here[name] / most[name], 1.0) for name in most}
    activity["fusion"] = activity["NFATc1"]  # what NFATc1 drives wears its level
    activity["activation"] = min(here["resorption per osteoclast"] / 0.35, 1.0)
    activity["survival"] = min(here["half-life"] / 8.7, 1.0)
    return _scene(
        ForwardPathway, 5.6, activity, occupancy=here["occupancy"], blocked=tuple(blocked)
    )


@door(
    "bl.draw.reverse_pathway",
    run=WELL,
    time=TIME,
    rapamycin=Quantity("rapamycin", "rapamycin in the dish"),
    tail=TAIL,
    blocked=BLOCKED,
)
def reverse_pathway(
    run: Anything = None,
    time: TimeOfRun = None,
    rapamycin: Amount = 0.0,
    tail: Amount = 1.0,
    blocked: Strings = (),
) -> Drawing:
    """Reverse signalling from clustered RANKL to mineral, filled from a reverse dish."""
    from .pathways import ReversePathway

    if run is None:
        needs_run(time)
        values = {"rapamycin": rapamycin, "tail": tail, "blocked": tuple(blocked)}
        return _scene(ReversePathway, 5.6, **values)
    here = run.final if time is None else run.at(time)
    highest = {"Runx2": 2.6, "Col1a1": 4.0, "Sp7": 2.6}
    activity = {
        name: min(here[name] / highest.get(name, 1.0), 1.0)
        for name in ReversePathway.names
        if name in here
    }
    return _scene(
        ReversePathway,
        5.6,
        activity,
        clustered=here["clustered RANKL"],
        rapamycin=rapamycin,
        tail=tail,
        blocked=tuple(blocked),
    )


@door("bl.draw.dish", run=DISH)
def dish(run: Anything) -> Drawing:
    """The culture dish at the end of a forward run."""
    from .dish import Dish
    from .dish_picture import dish_values

    return _scene(Dish, 4.4, **dish_values(run))


@door(
    "bl.draw.who_holds_rankl",
    mixture=Made(Competition, "who holds the RANKL", "bl.binding.competition(...)"),
)
def who_holds_rankl(mixture: Anything) -> Drawing:
    """Every molecule of ``bl.binding.competition(...)``, on one scale that is told."""
    from .binding_picture import BindingPicture
    from .decoy_picture import mixture_values

    return _scene(BindingPicture, 5.6, **mixture_values(mixture))


@door(
    "bl.draw.clusters",
    linked=Made(Crosslinking, "which RANKL stands in clusters", "bl.binding.crosslinking(...)"),
    kind=Choice("what holds the RANKL together", KINDS),
    tail=TAIL,
)
def clusters(linked: Anything, kind: str = "vesicle", tail: Amount = 1.0) -> Drawing:
    """Surface RANKL alone, in pairs and in clusters, from ``bl.binding.crosslinking(...)``."""
    from bonelab.biology.reverse_signalling import tail_signal
    from bonelab.parameters import load

    from .crosslinking_picture import CrosslinkingPicture

    sizes = linked.sizes
    pairs = float(sizes[2]) if len(sizes) > 2 and linked.minimum > 2 else 0.0
    return _scene(
        CrosslinkingPicture,
        5.8,
        clustered=float(linked.clustered),
        pairs=pairs,
        single=float(sizes[1]),
        masked=float(linked.masked),
        kind=kind,
        heads=linked.valence if kind == "vesicle" else 10,
        signal=tail_signal(float(linked.clustered), tail, load("reverse")),
        tail=tail,
    )


@door("bl.draw.western_blot", bands=Checked("the bands, one lane per column", bands_table, "table"))
def western_blot(bands: Anything) -> Drawing:
    """A virtual western blot, from ``bl.reverse.western_blot(...)``: one lane per column."""
    from .western_blot import WesternBlot

    figure = new_figure(8.4, 0.6 + 0.38 * len(bands))
    blot = WesternBlot(figure.add_subplot(), list(bands.index), list(bands.columns))
    blot.update(bands)
    return Drawing(figure, blot.alt(bands))


@door("bl.draw.immune_response", run=RunOf("immunity", "bl.beyond_bone.immunity"), time=TIME)
def immune_response(run: Anything, time: TimeOfRun = None) -> Drawing:
    """Dendritic cells and T cells of ``bl.beyond_bone.immunity(...)``, at the end by default."""
    from .immune_picture import ImmunePicture

    here = run.final if time is None else run.at(time)
    return _scene(
        ImmunePicture,
        4.8,
        dendritic=here["dendritic cells"],
        t_cells=here["T cells"],
        occupancy=here["occupancy"],
        rank=run.arguments["rank"],
    )


@door(
    "bl.draw.curve",
    x=Checked("where the curve is known", row_of_numbers, "numbers"),
    y=Checked("its values there", row_of_numbers, "numbers"),
    xlabel=Text("words below the axis"),
    ylabel=Text("words beside the axis"),
    title=Text("words above"),
    log=Checked(
        "a logarithmic axis of x, or both, side by side", scales_of_x, 'True, False or "both"'
    ),
    name=Choice("the quantity whose colour the curve wears", style.LINE),
)
def curve(
    x: Anything,
    y: Anything,
    *,
    xlabel: str,
    ylabel: str,
    title: str = "",
    log: Anything = False,
    name: str | None = None,
) -> Drawing:
    """One curve: a dose-response, say. ``name`` is the quantity whose colour it wears.

    ``log=True`` makes the axis of x logarithmic; ``log="both"`` draws the curve twice, on a linear
    and on a logarithmic axis side by side. For a dose of 0 a logarithmic axis has no place.
    """
    from .dose_pair import SCALES

    if len(x) != len(y):
        refuse("y", y, f"it should be as long as x, which has {len(x)} numbers.")
    scales = SCALES if log == "both" else (SCALES[1] if log else SCALES[0],)
    figure = new_figure(6.4 if len(scales) == 1 else 8.0, 3.6)
    look = style.line(name, label="_") if name else {}
    for axes, scale in zip(figure.subplots(1, len(scales), squeeze=False)[0], scales, strict=True):
        words = scale.title(title) if len(scales) > 1 else title
        dress(axes, words, xlabel, ylabel, xscale=scale.name)
        stroke(axes, x, y, **look)
    top = max(range(len(y)), key=lambda i: y[i])
    first, last = (value if abs(value) > 1e-4 * abs(y[top]) else 0 for value in (y[0], y[-1]))
    ends = (first, x[0], last, x[-1], y[top], x[top])
    start, where, end, until, most, there = (three_figures(value) for value in ends)
    words = f"Curve of {ylabel} against {xlabel}: from {start} at {where} to {end} at {until}"
    return Drawing(figure, f"{words}; highest {most} at {there}.")


@door(
    "bl.draw.against_trials",
    run=RunOf("tissue", "bl.simulate"),
    trials=Checked("one published trial, or several", published_trials, "from bl.trials"),
    names=SERIES_NAMES,
)
def against_trials(run: Anything, trials: Anything, *names: Anything) -> Drawing:
    """A run of the tissue as lines, the published means of trials as marks beside them."""
    from .plots import plot_against_trials

    return plot_against_trials(run, trials, *names)


@door(
    "bl.draw.models",
    runs=Checked("from bl.peers.same_injection(...)", model_runs, "{name of the model: Run}"),
)
def models(runs: Anything) -> Drawing:
    """Cells and bone of several models under one injection, each in percent of its own start.

    The days of the injection are shaded. bonelab wears its colours, the published models are grey.
    """
    from .model_comparison import model_comparison

    asked = next(iter(runs.values())).arguments
    return model_comparison(runs, injection=(asked["start"], asked["stop"]))
