"""The best antibodies of a class on one map: formation against milligrams, a letter for each."""

from .drawing import Drawing
from .paper import dress, new_figure, write
from .style import INK

LETTERS = "ABCDEFGHIJ"
DOSES = (1, 300)  # mg, the axis
CLOSE = 4  # points of P1NP; letters that are closer at the same dose share one frame


def contest_map(entries):
    """A drawing with a letter for each entry (``dose`` in mg, ``P1NP`` in % of the start)."""
    figure = new_figure(7.2, 4.2)
    axes = dress(
        figure.subplots(), "Formation after three months, and what it costs", "mg, twice a year",
        "formation, P1NP (% of start)", xscale="log", xlim=DOSES, ylim=(40, 115),
    )  # fmt: skip
    axes.set_xticks([1, 3, 10, 30, 100, 300], ["1", "3", "10", "30", "100", "300"])
    for letters, dose, P1NP in _together(entries):
        write(
            axes, dose, P1NP, letters, ha="center", va="center", weight="bold",
            bbox={"fc": "white", "ec": INK, "boxstyle": "round,pad=0.3", "lw": 1.2},
        )  # fmt: skip
    said = "; ".join(
        f"{letter}, {entry.dose:g} mg, {entry.P1NP:.0f}%"
        for letter, entry in zip(LETTERS, entries, strict=False)
    )
    return Drawing(figure, f"Map of formation against dose. {said or 'No antibody counts yet'}.")


def _together(entries):
    """``(letters, dose, P1NP)`` for each frame: what would lie on one another shares one."""
    frames = []
    for letter, entry in zip(LETTERS, entries, strict=False):
        for n, (letters, dose, P1NP) in enumerate(frames):
            if dose == entry.dose and abs(P1NP - entry.P1NP) < CLOSE:
                frames[n] = (f"{letters} {letter}", dose, P1NP)
                break
        else:
            frames.append((letter, entry.dose, entry.P1NP))
    return frames
