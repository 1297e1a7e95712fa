"""The sentence that each kind of run says about itself."""

from . import summaries_beyond_bone, summaries_published, summaries_tissue


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


def _days(run):
    words = f"{run.time[-1] / 24:.3g} days"
    return "1 day" if words == "1 days" else words


def _forward_dish(run):
    start = f"After {_days(run)} with {run.treatment}"
    final = run.final
    occupied = f"{final['occupancy']:.0%} of RANK is occupied"
    if final["osteoclasts"] < 1e-4:
        return f"{start} there are no osteoclasts; {occupied}."
    return (
        f"{start}, {_formed(1000 * final['osteoclasts'])}, "
        f"with {final['nuclei per osteoclast']:.1f} nuclei each; {occupied}."
    )


def _formed(cells):
    """How many osteoclasts there are (per 1,000 precursors); the fewest are not called none."""
    if cells < 0.5:
        return "fewer than one osteoclast per 1,000 precursors has formed"
    if cells < 1.5:
        return "1 osteoclast per 1,000 precursors has formed"
    return f"{cells:.0f} osteoclasts per 1,000 precursors have formed"


def _of_a_whole_culture(run):
    """What the series of mineral has at the end, where that is another number: it is compared with
    21 days."""
    whole = run.final.get("mineral", run.facts["mineral fold"])
    if abs(whole - run.facts["mineral fold"]) < 0.005:
        return ""
    return f" (and {whole:.2g} times what they have after 21 days, as the table gives it)"


def _reverse_dish(run):
    start = f"After {_days(run)} with {run.treatment}"
    facts = run.facts
    clustered = facts["clustered"]
    if clustered < 1e-6:
        signal = "no RANKL stands in clusters and nothing is signalled in reverse"
    else:
        signal = f"{_percent(clustered)} of surface RANKL stands in clusters"
        if facts["tail"] < 1:
            signal += f" but its tail passes on {_percent(facts['tail'])} of the signal"
    levels = [f"{name} {facts[f'{name} fold']:.2f}" for name in ("Akt", "mTORC1")]
    levels += [f"{name} {facts[f'{name} fold']:.2f}" for name in ("Runx2", "Col1a1", "Sp7")]
    if "mineral fold" in facts:
        levels.append(f"mineral {facts['mineral fold']:.2f}{_of_a_whole_culture(run)}")
    return f"{start}, {signal}; relative to untreated cells: {', '.join(levels)}."


def _percent(share):
    return "less than 0.1%" if 0 < share < 0.001 else f"{100 * share:.3g}%"


_SENTENCES = {
    "reverse dish": _reverse_dish,
    "forward dish": _forward_dish,
    **summaries_tissue.SENTENCES,
    **summaries_published.SENTENCES,
    **summaries_beyond_bone.SENTENCES,
}
