"""Questions of a lesson as forms of a page: they keep their answers in the reader's browser."""

from bonelab.course.asking.checks import LETTERS

from .templates import fill


def check_form(check) -> str:
    """A check: every option opens its own feedback, also without a script."""
    options = [
        {"letter": letter, "right": False, **option}
        for letter, option in zip(LETTERS, check.entry["options"], strict=False)
    ]
    return fill("check.html", id=check.id, question=check.entry["question"], options=options)


def prediction_form(id, asked, truth=None) -> str:
    """A prediction: a number or an option, or a skip. ``asked`` is the question as data."""
    return fill("prediction.html", id=id, asked=asked, truth=truth, sketches=sketches(asked))


def sketches(asked):
    """The points of each option's small curve, for an SVG of 60 by 30."""
    drawn = []
    for heights in asked.sketches or ():
        low, high = min(heights), max(heights)
        span = (high - low) or 1
        step = 56 / (len(heights) - 1)
        drawn.append(
            " ".join(
                f"{2 + i * step:.1f},{28 - 26 * (height - low) / span:.1f}"
                for i, height in enumerate(heights)
            )
        )
    return drawn


def reveal_block(reveal, things) -> str:
    """What a cell found, closed until its prediction is answered; open without a script."""
    return fill(
        "reveal.html",
        id=reveal.id,
        asked=reveal.prediction.asked,
        truth=reveal._truth,
        things=things,
    )
