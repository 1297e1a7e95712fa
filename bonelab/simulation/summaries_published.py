"""The sentences of the published models' runs."""


def _furthest(run, name):
    """Largest departure of a series from its start: (share of the start, day)."""
    values = run[name]
    index = int(abs(values / values[0] - 1.0).argmax())
    return values[index] / values[0], run.time[index]


def added(run):
    """Cells at their furthest from the start, for the models that take injections."""
    share, day = _furthest(run, "osteoclasts")
    if abs(share - 1.0) < 1e-6:
        return f"{run.subject}, {run.treatment}: the cells stay where they are."
    built, later = _furthest(run, "osteoblasts")
    bone = f"; bone ends at {run['bone'][-1]:.4g}%" if "bone" in run else ""
    return (
        f"{run.subject}, {run.treatment}: osteoclasts go furthest on day {day:.0f}, to {share:.2g} "
        f"times their start, and osteoblasts on day {later:.0f}, to {built:.2g} times{bone}."
    )


def event(run):
    """One remodelling cycle of Komarova's model."""
    bone = run["bone"]
    if bone.min() > 99.9999 and bone.max() < 100.0001:
        return f"{run.subject} with {run.treatment}: nothing happens."
    return (
        f"{run.subject} with {run.treatment}: bone falls to {bone.min():.3g}% on day "
        f"{run.time[bone.argmin()]:.0f} and ends at {bone[-1]:.4g}%, while osteoblasts peak at "
        f"{run['osteoblasts'].max():.0f} on day {run.time[run['osteoblasts'].argmax()]:.0f}."
    )


SENTENCES = {"Lemaire 2004": added, "Pivonka 2008": added, "Komarova 2003": event}
