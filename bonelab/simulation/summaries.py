"""The sentence that each kind of run says about itself."""

from . import summaries_published


def summarise(run):
    """One sentence for a run, by its kind."""
    return _SENTENCES.get(run.kind, _plain)(run)


def _plain(run):
    name = next(iter(run.series))
    unit = run.units.get(name, "1")
    label = "" if unit == "1" else f" {unit}"
    return (
        f"{name} goes from {run[name][0]:.3g} to {run[name][-1]:.3g}{label} "
        f"in {run.time[-1]:g} {run.time_unit}s."
    )


def _forward_dish(run):
    days = run.time[-1] / 24
    start = f"After {days:.3g} days with {run.treatment}"
    final = run.final
    if final["osteoclasts"] < 1e-4:
        return f"{start} there are no osteoclasts: RANK occupancy {final['occupancy']:.0%}."
    return (
        f"{start}, {final['osteoclasts'] * 1000:.0f} osteoclasts per 1,000 precursors have formed, "
        f"with {final['nuclei per osteoclast']:.1f} nuclei each; "
        f"RANK occupancy {final['occupancy']:.0%}."
    )


_SENTENCES = {"forward dish": _forward_dish, **summaries_published.SENTENCES}
