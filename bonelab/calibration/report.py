"""The report of a calibration: how far the model is from every series, before and after."""

import numpy as np
import pandas as pd

from bonelab.parameters import DAYS_PER_MONTH

from .between_trials import intervals, sizes
from .coverage import coverage, left_out, summed_up
from .edges import edges, in_words
from .predict import wanted
from .problem import point_sd
from .scan import share_scan

_JOERG = pd.Series(
    {"CTX": "9.7", "BSAP": "6.7", "BMD_TH": "0.50", "BMD_LS": "-", "P1NP": "-"}, name="Jörg 2022"
)


def errors(problem, predictions):
    """One row per point: arm, endpoint, month, published, model, error (percent points)."""
    rows = []
    for name, arm in problem.arms.items():
        rows.append(
            pd.DataFrame(
                {
                    "arm": name,
                    "endpoint": arm.endpoint,
                    "month": arm.day / DAYS_PER_MONTH,
                    "published": arm.percent,
                    "model": predictions[name],
                    "error": predictions[name] - arm.percent,
                    "sd": point_sd(arm.endpoint, arm.percent),
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def summary(table, by):
    """Points, median absolute error, root mean square error, bias and largest error per group."""
    groups = table.groupby(by, sort=True)["error"]
    return pd.DataFrame(
        {
            "n": groups.size(),
            "MedAE": groups.apply(lambda e: np.median(np.abs(e))),
            "RMSE": groups.apply(lambda e: np.sqrt(np.mean(e**2))),
            "bias": groups.mean(),
            "max": groups.apply(lambda e: np.max(np.abs(e))),
        }
    )


def write_report(fit, before, path=None, *, data="the table of trial points", command=""):
    """Markdown report of ``fit``; ``before`` are the logarithms that it is compared with.

    Returns the text, and writes it to ``path`` if one is given.
    """
    problem = fit.problem
    predicted = {
        "before": problem.predictions(before),
        "after": problem.predictions(fit.logs),
    }
    if problem.spread:
        predicted["after, one typical woman"] = problem.with_(spread=0.0).predictions(fit.logs)
    tables = {label: errors(problem, arms) for label, (arms, _) in predicted.items()}
    parts = [
        "# Calibration report",
        "What to make of it: [calibration-notes.md](calibration-notes.md).",
        f"Written by the calibration program from {data}: {len(tables['after'])} published means "
        f"of {len(problem.arms)} arms. Numbers are percent points; error = model - published.",
        f"Run it again: `{command}`" if command else "",
        _how(fit),
        "## Errors by endpoint",
        *(f"{label}\n\n{markdown(summary(t, 'endpoint'))}" for label, t in tables.items()),
        "## Errors by series, after",
        markdown(summary(tables["after"], ["arm", "endpoint"])),
        "## Beyond the trials",
        markdown(_beyond(predicted)) if problem.beyond else "Not used.",
        *_edges(predicted),
        "## How far trials lie apart",
        *_bands(fit),
        "## Parameters",
        markdown(_parameters(fit, before)),
        "## What the trials determine",
        _identifiability(fit),
        "## The share of reverse signalling",
        "Sum of squares of (model - published)/sd over all points, when the share w of coupling "
        "that runs through reverse signalling is set to a value and all else stays as fitted.",
        markdown(share_scan(fit)),
    ]
    text = "\n\n".join(part for part in parts if part) + "\n"
    if path is not None:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return text


def _how(fit):
    spread = (
        f"Denosumab arms are means of women whose antibody clearance varies log-normally "
        f"(standard deviation of the logarithm {fit.problem.spread:g})."
        if fit.problem.spread
        else "Every arm is one typical woman."
    )
    return (
        "Loss: soft L1 of (model - published)/sd; sd of a marker is the root of 4 squared plus "
        "(12 % of the value) squared, of BMD 0.6 (hip) and 0.8 (spine). Parameters are fitted as "
        f"logarithms around weak beliefs. {spread} Cost {fit.start_cost:.1f} at the start, "
        f"{fit.cost:.1f} at the end, after {fit.evaluations} evaluations ({fit.status})"
    )


def _beyond(predictions):
    rows = {"wanted": [want.words() for want in wanted()]}
    for label, (_, others) in predictions.items():
        rows[label] = [others[want.name] for want in wanted()]
    last = next(iter(reversed(predictions)))
    rows["met"] = [
        "yes"
        if want.misfit(predictions[last][1][want.name]) == 0
        else ""
        if want.low == want.high
        else "no"
        for want in wanted()
    ]
    rows |= {"sd": [want.sd for want in wanted()], "source": [want.source for want in wanted()]}
    return pd.DataFrame(rows, index=pd.Index([want.name for want in wanted()], name="number"))


def _edges(predictions):
    """How near each band stands to an edge, after the fit."""
    values = next(iter(reversed(predictions.values())))[1]
    return edges_in_markdown(edges(values)) if values else ()


def edges_in_markdown(table):
    """Heading, sentences and table of ``edges.py``."""
    return (
        "## Room to the edges of bands",
        "Room: distance to the nearest edge that a test asks for, in percent of the width between "
        "both (where there is one edge, of that edge). Fit: the band that the fit is held to. No "
        "value was tuned to widen it.",
        in_words(table),
        markdown(table),
    )


def _bands(fit):
    """Sizes, then whole trials left out: by endpoint, by trial, by arm."""
    points = left_out(fit)
    values, ends = sizes(points), intervals(points)
    rows = [
        {"size": name, "value": value, "68 % interval": "{:.2g} to {:.2g}".format(*ends[name])}
        for name, value in values.items()
    ]
    table = coverage(fit, points)
    return (
        "Estimated from trials that were left out (between_trials.py); what is shipped stands in "
        "new_trial.toml.",
        markdown(pd.DataFrame(rows).set_index("size")),
        "## How many published means lie inside the prediction band",
        "Whole trials are left out, one after the other: every point of a trial leaves the misfit, "
        "all else is fitted again, and the trial is predicted. P2: all seven arms of phase 2 at "
        "once. The 80 % band of `bl.prediction_bands` is laid around that prediction, as wide as "
        "the other trials say; without leaving out, as it is shipped. Width: percent points.",
        markdown(summed_up(table, "endpoint").join(_JOERG)),
        "Jörg 2022: median absolute error of that model on published points which neither it nor "
        "this one was fitted to; they are other points than these.",
        markdown(summed_up(table, ["trial", "endpoint"])),
        markdown(summed_up(table, ["arm", "endpoint"])),
    )


def _parameters(fit, before):
    problem = fit.problem
    low_high = fit.intervals
    rows = [
        {
            "parameter": free.name,
            "symbol": free.record.symbol.replace("_", "\\_"),
            "before": np.exp(start),
            "after": fit.values[free.name],
            "68 % interval": f"{low_high[free.name][0]:.3g} to {low_high[free.name][1]:.3g}",
            "unit": free.record.unit,
            "belief": f"{free.median:g} x/ {np.exp(free.log_sd):.2f}",
            "width left": np.log(fit.factors[free.name]) / free.log_sd,
        }
        for free, start in zip(problem.free, before, strict=True)
    ]
    return pd.DataFrame(rows).set_index("parameter")


def _identifiability(fit):
    names, correlations = fit.problem.names, fit.correlations
    pairs = [
        (abs(correlations[i, j]), names[i], names[j], correlations[i, j])
        for i in range(len(names))
        for j in range(i)
    ]
    strong = [
        f"{a} and {b}: {r:+.2f}" for size, a, b, r in sorted(pairs, reverse=True) if size > 0.5
    ]
    values, vectors = np.linalg.eigh(fit.covariance)
    weakest = vectors[:, -1]
    order = np.argsort(-np.abs(weakest))[:4]
    direction = ", ".join(f"{weakest[k]:+.2f} {names[k]}" for k in order)
    loose = [n for n, f in zip(names, fit.problem.free, strict=True) if _left(fit, f) > 0.7]
    return (
        f"Correlations above 0.5: {'; '.join(strong) or 'none'}.\n\n"
        f"Weakest direction (in logarithms, 68 % half-width {np.sqrt(values[-1]):.2f}): "
        f"{direction}.\n\n"
        "Width left is the half-width after the fit relative to that of the belief before it: near "
        f"1, the trials say nothing. Above 0.7: {', '.join(loose) or 'none'}."
    )


def _left(fit, free):
    return np.log(fit.factors[free.name]) / free.log_sd


def markdown(frame):
    """A pandas table as a Markdown table."""
    frame = frame.reset_index()
    lines = ["| " + " | ".join(map(str, frame.columns)) + " |"]
    lines.append("|" + " --- |" * len(frame.columns))
    for row in frame.itertuples(index=False):
        lines.append("| " + " | ".join(_cell(value) for value in row) + " |")
    return "\n".join(lines)


def _cell(value):
    if isinstance(value, float):
        return f"{value:.2f}" if 0.1 <= abs(value) < 10_000 or value == 0 else f"{value:.3g}"
    return str(value)
