"""The sentence of a run of the tissue: who, on what, and the numbers that matter."""

from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR

_MOVED = 0.005  # a change of half a percent is worth a number
_SEVERE, _LETHAL, _TOO_LOW = 3.5, 4.5, 1.9  # serum calcium, mmol/L; textbook figures
_TURNOVER = ("resorption", "formation", "bone volume hip", "bone volume spine")
_NOTHING = 5e-4  # times the healthy rate: as good as none
_BY_DAY = 60  # days: later moments are told in months
_NOTABLE = 0.05  # a rise or fall by this share of the start is told


def tissue(run):
    """One sentence for a woman, a mouse, a disease, a drug, or a drug that is stopped."""
    start = f"{_capital(run.subject)}{_on(run)} over {_span(run.time[-1])}"
    if _blood(run) and not run.treatment and not _at_rest(run):
        return " ".join(filter(None, [_without_drug(run), *_told(run)]))
    if _blood(run) and run.treatment and not _at_rest(run):
        return " ".join(filter(None, [_on_a_drug(run), *_told(run)]))
    if _at_rest(run):
        parts = ["turnover and bone stay as they were", _others(run)]
    else:
        parts = [_turnover(run), _lesion(run), _bone(run)]
    words = f"{start}: {'; '.join(filter(None, parts))}{_because(run)}."
    return " ".join([words, *_told(run)])


def _told(run):
    """How far the run can be trusted, a sentence each."""
    return [
        note.text
        for note in run.notes
        if note.kind in ("unlivable", "beyond") and note.about != "serum calcium"  # see _lesion
    ]


def _without_drug(run):
    """A woman on no drug: both rates against healthy bone, then her BMD."""
    resorbed, formed = (run[name][-1] for name in _TURNOVER[:2])
    hip, spine = (run[f"BMD {site}"][-1] for site in ("hip", "spine"))
    gained = min(hip, spine) > 100.1 and formed <= resorbed < 1.0
    but = "but only" if formed < 0.97 * resorbed else "but" if formed > 1.03 * resorbed else "and"
    but, why = ("and", ", because resorption fell before formation") if gained else (but, "")
    sentences = [
        f"After {_span(run.time[-1])} without a drug, {run.subject} has {_rate(run, 'resorption')} "
        f"{but} {_rate(run, 'formation')}.",
        f"Her BMD is {hip:.1f}% of its starting value at the hip and {spine:.1f}% at the spine"
        f"{why}.",
    ]
    lesion = _lesion(run)
    return " ".join([*sentences, f"Meanwhile, {lesion}." if lesion else ""]).strip()


def _on_a_drug(run):
    """A woman on a drug: how far her markers went and when, then her BMD."""
    lesion, who = _lesion(run), f"{_capital(run.subject)} on {run.treatment}"
    sentences = [
        f"{who} is followed for {_span(run.time[-1])}. {_markers(run)}.",
        f"Her {_density(run)}.",
        f"Meanwhile, {lesion}." if lesion else "",
    ]
    return " ".join(filter(None, sentences))


def _rate(run, name):
    """A rate at the end, and where it was before if that was far away."""
    values = run[name]
    last = values[-1]
    before = [
        f"{_times(values[index])} {_moment(_reached(run, name, index))}"
        for _, index in _extremes(values)
        if abs(values[index] - last) > 0.1 * max(values[0], last)
    ]
    earlier = f" (after {' and '.join(before)})" if before else ""
    if last < _NOTHING:
        return f"no {name}{earlier}"
    return f"{_times(last)} times the healthy rate of {name}{earlier}"


def _moment(day):
    """When something was: on a day, or in a month."""
    return f"{'on' if day < _BY_DAY else 'in'} {when(day)}"


def when(day):
    """A moment in words: days in the first two months, then months."""
    if day < _BY_DAY:
        return f"day {day:.0f}"
    return f"month {day / DAYS_PER_MONTH:.0f}"


def _capital(words):
    return words[:1].upper() + words[1:]


def _on(run):
    return f" on {run.treatment}" if run.treatment else ", untreated,"


def _span(days):
    if days < 130:
        return f"{days:.0f} {'day' if round(days) == 1 else 'days'}"
    if days < 1.95 * DAYS_PER_YEAR:
        return f"{days / DAYS_PER_MONTH:.3g} months"
    return f"{days / DAYS_PER_YEAR:.3g} years"


def _blood(run):
    """Whether blood markers and BMD are what one would read: a woman, and no local site."""
    return run.species != "mouse" and not run.local


def _at_rest(run):
    return all(_range(run[name]) < _MOVED * max(run[name].max(), 1e-12) for name in _TURNOVER)


def _others(run):
    """What moves although turnover and bone do not, apart from the drug itself."""
    named = (*_TURNOVER, "serum drug", "BMD hip", "BMD spine", "tumour burden", "serum calcium")
    moved = [
        f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}"
        for name, values in run.items()
        if name not in named and _range(values) > _NOTABLE * max(abs(values).max(), 1e-12)
    ]
    return "; ".join(filter(None, [_lesion(run), *moved[:2]]))


def _range(values):
    return values.max() - values.min()


def _because(run):
    if run.noted("not bound"):
        return " (this antibody does not bind mouse RANKL)"
    return ""


def _turnover(run):
    """Resorption and formation, where no marker of the blood tells them, against healthy bone."""
    words = []
    for name in ("resorption", "formation"):
        values = run[name]
        first, last = values[0], values[-1]
        turns = [
            f"{verb} to {_times(values[index])} by {when(_reached(run, name, index))}"
            for verb, index in _extremes(values)
            if abs(values[index] - last) > 0.1 * max(first, last)
        ]
        words.append(f"{name} {' and '.join([*turns, f'ends at {_times(last)}'])}")
    return f"relative to healthy bone, {', '.join(words)}"


def _times(value):
    return f"{value:.2f}" if value >= 0.095 else f"{value:.1g}" if value >= 5e-4 else "0"


def _extremes(values):
    """The lowest and the highest of a series as (verb, index), where it moved, in time order."""
    low, high = int(values.argmin()), int(values.argmax())
    first, turns = values[0], []
    if values[high] > first * (1.0 + _NOTABLE):
        before = _near(values, high) < _near(values, low)  # a floor may be touched again and again
        turns.append(("rises" if before or values[low] > 0.95 * first else "rebounds", high))
    if values[low] < first * (1.0 - _NOTABLE):
        turns.append(("falls", low))
    return sorted(turns, key=lambda pair: _near(values, pair[1]))


def _near(values, index):
    """Where a series first comes near its value at ``index`` (1% of its start)."""
    return int((abs(values - values[index]) <= 0.01 * abs(values[0])).argmax())


def _reached(run, name, index):
    """The day on which a series first comes near its extreme."""
    return run.time[_near(run[name], index)]


def _markers(run):
    """How far CTX and P1NP go under a drug and, where they come back further, after it."""
    words = []
    for name in ("CTX", "P1NP"):
        turns, unit = [], "% of its starting value"
        for verb, index in _extremes(run[name]):
            day = run.time[index] if verb == "rebounds" else _reached(run, name, index)
            moment = _moment(day) if verb == "rebounds" else f"by {when(day)}"
            turns.append(f"{verb} to {run[name][index]:.0f}{unit} {moment}")
            unit = "%"
        still = "stays within 5% of its starting value"
        words.append(f"{name} {' and '.join(turns or [still])}")
    return f"Her {words[0]}, and her {words[1]}"


def _lesion(run):
    """What a tumour or calcium does, where the subject has one."""
    if "tumour burden" in run:
        burden = run["tumour burden"]
        return f"the tumour burden goes from {burden[0]:.2g} to {burden[-1]:.2g} (full = 1)"
    if "serum calcium" in run:
        calcium = run["serum calcium"]
        words = f"serum calcium goes from {calcium[0]:.2f} to {calcium[-1]:.2f} mmol/L"
        return words + _danger(calcium)
    return ""


def _danger(calcium):
    """What a body says to the furthest calcium of a run (mmol/L)."""
    most, least = calcium.max(), calcium.min()
    if most >= _LETHAL:
        return f" (at its highest {most:.2f}; few live above {_LETHAL:g})"
    if most >= _SEVERE:
        return f" (above {_SEVERE:g} is severe: heart, kidneys and mind fail)"
    if least <= _TOO_LOW:
        return f" (at its lowest {least:.2f}; below {_TOO_LOW:g} cramps and heart failure threaten)"
    return ""


def _bone(run):
    """Bone volume, for mice and local sites, of which there is no scan."""
    volume = run["bone volume spine"]
    return f"spine bone volume goes from {volume[0]:.3g} to {volume[-1]:.3g} times healthy bone"


def _density(run):
    """BMD of a woman at the end, in percent of her start, and its height where it fell again."""
    words, unit = [], "% of its starting value"
    for site in ("hip", "spine"):
        density = run[f"BMD {site}"]
        best = int(density.argmax())
        peak = ""
        if density[best] > density[-1] + 1.0 and density[best] > 100.5:
            peak = f" (highest {density[best]:.1f}% {_moment(run.time[best])})"
        words.append(f"{density[-1]:.1f}{unit} at the {site}{peak}")
        unit = "%"
    return f"BMD ends at {' and '.join(words)}"


SENTENCES = {"tissue": tissue}
