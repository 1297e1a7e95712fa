"""Plots of a Run outside labs: ``run.plot("osteoclasts")``."""

from textwrap import fill

from bonelab.parameters import DAYS_PER_MONTH, one_of, refuse
from bonelab.simulation.study_plans import same_until

from . import style
from .curve_marks import EndNames
from .drawing import Drawing
from .drawing_kinds import published_trials
from .paper import dress, legend, new_figure, stroke
from .time_axis import converted, in_unit, mark_times, unit_for

# What a reader wants to see first of each kind of run; any other run shows its first series.
_FIRST = {
    "forward dish": ("precursors", "osteoclasts"),
    "reverse dish": ("clustered RANKL", "mTORC1", "Runx2"),
    "tissue": ("CTX", "P1NP"),
    "Komarova 2003": ("bone",),
    "dendritic cells": ("dendritic cells",),
    "immunity": ("T cells",),
    "artery": ("arterial calcium",),
    "mammary gland": ("alveoli",),
    "calcium balance": ("milk", "urine", "artery"),
    "fever": ("temperature",),
    "vesicle release": ("vesicles", "RANK vesicles"),
}

# Series of the tissue that are told relative to healthy bone.
_RELATIVE = {"resorption", "formation", "precursors", "osteoclasts", "osteoblasts",
             "pre-osteoblasts", "osteocytes", "bone volume hip", "bone volume spine"}  # fmt: skip
_MARKS = ("o", "s", "^", "D", "v", "P")


def plot_run(run, *names, ax=None):
    """Draw series of ``run`` over time in the course's colours: a Drawing, or the given Axes.

    Parameters
    ----------
    run : Run
    names : series to draw; without any, those that matter most for this kind of run. Series of
        different units stand in panels of their own
    ax : matplotlib Axes; without one, a Drawing of its own is returned

    Raises BonelabError for a series that the run does not have.
    """
    names = _chosen(run, names)
    if ax is not None:
        _lines(ax, run, names)
        below = words_below(unit_for(run), [run], names)
        ax.set(xlabel=below, ylabel=ylabel(run, names), title=_sentence_case(run.subject))
        if len(names) > 1:
            ax.legend(handlelength=3.2)
        return ax
    panels = _by_unit(run, names)
    drawing = Drawing(new_figure(7.5, 1.5 + 2.7 * len(panels)), _told(run, names))
    _panels(drawing.figure, run, panels)
    return drawing


def plot_against_trials(run, trials, *names):
    """Lines of a run, and the published means of ``trials`` as marks: one panel per series.

    Parameters
    ----------
    run : Run of the tissue
    trials : of ``bl.trials``, one or several
    names : series to draw; without any, every one that a trial measured

    A mean that was recalled and not read is called illustrative in the key, and a trial whose
    doses were others than those of the run says from when on.
    Raises BonelabError for a series that the run does not have.
    """
    trials = trials if isinstance(trials, (list, tuple)) else [trials]
    names = _measured(run, trials, names)
    figure = new_figure(7.8, 1.2 + 2.5 * len(names))
    _panels(figure, run, [(name,) for name in names])
    means = _key_with_means(figure, run, names, trials)
    return Drawing(figure, f"{_told(run, names)} {means}".strip())


def plot_bands(bands, *names, trials=(), ax=None):
    """The run of ``bands`` as lines, each in its band, with the means of ``trials`` as marks.

    ``names`` are series, each in a panel of its own; without any, what the trials measured, or
    what matters most. Given Axes are returned, otherwise a Drawing.
    Raises BonelabError for a series that the run does not have.
    """
    run, trials = bands.run, published_trials("trials", trials)
    names = _measured(run, trials, names) if trials else _chosen(run, names)
    if ax is not None:
        plot_run(run, *names, ax=ax)
        _shade(ax, bands, names)
        return ax
    figure = new_figure(7.8, 1.2 + 2.5 * len(names))
    _panels(figure, run, [(name,) for name in names])
    for axes, name in zip(figure.axes, names, strict=True):
        _shade(axes, bands, [name])
    means = _key_with_means(figure, run, names, trials)
    return Drawing(figure, f"{_told(run, names)} Shaded: {bands.summary()} {means}".strip())


def _told(run, names):
    """The sentence of a run, and what to know about these series of it."""
    return " ".join([run.summary(), *run.notes_on(*names)])


def _shade(axes, bands, names):
    """The band of each series behind its line."""
    for name, look in style.apart(names).items():
        band = bands.of(name)
        axes.fill_between(
            in_unit(bands.run, unit_for(bands.run)), band.low, band.high,
            color=look.colour, alpha=0.18, linewidth=0, label=bands.words,
        )  # fmt: skip


def _measured(run, trials, names):
    """The series that are asked for, or every one that a trial measured and the run has."""
    measured = [s.shown_with for trial in trials for s in trial.series.values()]
    names = names or tuple(dict.fromkeys(name for name in measured if name in run))
    names = tuple(one_of("series", name, run.series) for name in names)
    if not names:
        refuse(
            "trials", trials, f"they measured nothing that this run has: {', '.join(run.names)}."
        )
    return names


def _key_with_means(figure, run, names, trials):
    """Add the means of trials as marks, one panel per series, and a key; what they are in words."""
    unit, shown = unit_for(run), []
    for axes in figure.axes:
        axes.get_lines()[0].set_label("model")
    for axes, name in zip(figure.axes, names, strict=True):
        for trial, marker in zip(trials, _MARKS, strict=False):
            for series in trial.series.values():
                if series.shown_with == name:
                    besides = (
                        "" if series.seen else "illustrative",
                        _other_doses(run, trial, series),
                    )
                    besides = "; ".join(filter(None, besides))
                    label = f"{trial.name} ({besides})" if besides else trial.name
                    x = converted(series.months, "month", unit)
                    look = style.points(name, marker=marker, label=label, zorder=4)
                    axes.plot(x, series.percent, **look)
                    shown.append(f"{label}, {name}")
        legend(axes, loc="best")
    return f"Marks: published means of {'; '.join(shown)}." if shown else ""


def _other_doses(run, trial, series):
    """From when on a trial gave other doses than the run had, where a point lies behind that."""
    month = same_until(run, trial.treatments) / DAYS_PER_MONTH
    if month + 0.1 >= max(series.months):
        return ""
    return f"other doses from month {month:.0f} on" if month > 0.5 else "other doses"


def _chosen(run, names):
    known = [name for name in _FIRST.get(run.kind, ()) if name in run.series]
    names = names or known or list(run.series)[:3]
    return tuple(one_of("series", name, run.series) for name in names)


def _by_unit(run, names):
    """Names that share a unit, together: one panel each."""
    panels = {}
    for name in names:
        panels.setdefault(_unit(run, name), []).append(name)
    return list(panels.values())


def _panels(figure, run, panels):
    """One panel below the other, on one axis of time."""
    unit = unit_for(run)
    grid = figure.subplots(len(panels), 1, squeeze=False)[:, 0]
    for place, (axes, names) in enumerate(zip(grid, panels, strict=True)):
        dress(
            axes,
            _sentence_case(run.subject) if place == 0 else "",
            ylabel=fill(ylabel(run, names), 28),
        )
        _lines(axes, run, names)
        mark_times(axes, unit, *reversed(in_unit(run, unit)[[0, -1]]))
        name_ends(axes, style.apart(names) if len(names) > 1 else {})
    grid[-1].set_xlabel(words_below(unit, [run], [name for names in panels for name in names]))


def words_below(unit, runs, names):
    """What stands below the axis of time: its unit, and what to know about these series."""
    notes = dict.fromkeys(note for run in runs for note in run.notes_on(*names))
    return "\n".join([unit, *(fill(note, 66) for note in notes)])


def _sentence_case(words):
    return words[:1].upper() + words[1:]


def _lines(axes, run, names):
    unit = unit_for(run)
    for name, look in style.apart(names).items():
        stroke(
            axes, in_unit(run, unit), run[name],
            color=look.colour, linestyle=look.dash, label=look.label,
        )  # fmt: skip


def name_ends(axes, looks):
    """Write the name of each curve of ``axes``, in the order of ``looks``, where it ends."""
    lines = [line for line in axes.get_lines() if line.get_label()[:1] != "_"]
    ends = {name: line.get_ydata()[-1] for name, line in zip(looks, lines, strict=False)}
    EndNames(axes, looks, {name: look.label for name, look in looks.items()}).place(ends)


def _unit(run, name):
    if run.kind == "tissue" and name in _RELATIVE:
        return "healthy = 1"
    unit = run.units.get(name, "1")
    return "% of start" if unit == "%" and run.kind in ("tissue", "cohort") else unit


def ylabel(run, names):
    """Name and unit of one series; of several their unit, or their names where they have none."""
    units = {name: _unit(run, name) for name in names}
    words = {name: style.LINE[name].label if name in style.LINE else name for name in names}
    words = {name: name if "(" in label else label for name, label in words.items()}
    in_brackets = {name: f" ({unit})" if unit != "1" else "" for name, unit in units.items()}
    if len(names) > 1 and len(set(units.values())) == 1 and in_brackets[names[0]]:
        return units[names[0]]
    return ", ".join(words[name] + in_brackets[name] for name in names)


def plot_cohort(run, *names, ax=None):
    """Draw the median of a cohort and the bands of its middle half and middle nine tenths.

    ``names`` are series that were kept ("CTX" by default); a Drawing is returned, or the given
    Axes. Raises BonelabError for a series that the cohort does not have.
    """
    names = names or run.names[:1]
    names = tuple(one_of("series", name, run.series) for name in names)
    looks, unit = style.apart(names), unit_for(run)
    if ax is not None:
        _bands(ax, run, looks)
        ax.set(xlabel=unit, ylabel=ylabel(run, names))
        return ax
    drawing = Drawing(new_figure(7.5, 4.2), run.summary())
    title = "Median, middle 50% and 90% of the women"
    axes = dress(drawing.figure.add_subplot(), title, unit, ylabel(run, names))
    _bands(axes, run, looks)
    mark_times(axes, unit, *reversed(in_unit(run, unit)[[0, -1]]))
    name_ends(axes, looks if len(names) > 1 else {})
    return drawing


def _bands(axes, run, looks):
    times = in_unit(run, unit_for(run))
    for name, look in looks.items():
        low, lower, middle, upper, high = run.quantiles(name).to_numpy().T
        stroke(axes, times, middle, color=look.colour, linestyle=look.dash, label=look.label)
        for bottom, top in ((low, high), (lower, upper)):
            axes.fill_between(times, bottom, top, color=look.colour, alpha=0.18, linewidth=0)
