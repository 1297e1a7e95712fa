"""Nothing that a reader sees before answering a prediction tells its answer.

Each lesson is run as on a first evening, with nothing answered (tests/test_lessons.py). Above and
beside each prediction stand markdown, the code that is not folded away, what cells print or show
(with the titles, labels and text alternatives of their pictures), and labs with their gate closed.
In none of that may stand the right option, its key words in one sentence, or a number within 2 % of
the right one. What lies in a fold (<details>) is closed until somebody opens it, and is left out.
"""

import re
from dataclasses import dataclass, field

from matplotlib.figure import Figure
from matplotlib.text import Text
from notebook_rules import plain, source

from bonelab.course.asking.bank import question
from bonelab.course.asking.checks import Check, Prediction
from bonelab.course.asking.reveal import Reveal
from bonelab.labs.factory import Lab

NEAR = 0.02
SMALL = 12  # whole numbers up to here count with their unit only: they are everywhere
MAY_STAND = {
    "10.2": ("0% of normal OPG",),
    "12.1": ("woman of 40",),
}  # id of a prediction -> sentences that hold its number by chance, or as a premise

UNITS = {
    "%": ("%", "percent", "percentage", "points", "point"),
    "points": ("%", "percent", "percentage", "points", "point"),
    "days": ("day", "days"),
    "women": ("women", "woman"),
    "nm": ("nm", "nanometres"),
}
NUMBER = re.compile(
    r"(?P<before>[A-Za-z]+[  ])?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<dots>\.\d+)?"
    r"[  -]?(?P<after>%|[^\W\d]+)?"
)
REFERS = {
    "lesson",
    "lessons",
    "set",
    "prediction",
    "check",
    "exercise",
    "exercises",
    "part",
    "patient",
}
LITTLE = """
    about after again because before does from have here into less like more most much only over
    same some than that their them then there they this those what when where which will with
    without would year years
"""


@dataclass
class Asked:
    """One prediction of a lesson: what is asked, what is right, and all that is seen by then."""

    name: str
    question: str
    options: tuple
    unit: str
    truth: object = None
    seen: list = field(default_factory=list)  # (id of a cell, text)
    pictures: list = field(default_factory=list)  # cells that draw between question and result


# ---- what tells an answer ------------------------------------------------------------------------


def leaks(asked):
    """Every place that tells the answer, as (id of a cell, words)."""
    found = [(cell, "a picture between question and result") for cell in asked.pictures]
    for cell, text in asked.seen:
        for words in MAY_STAND.get(asked.name, ()):
            text = text.replace(words, " ")
        tell = number_in if not asked.options else option_in
        found += [(cell, words) for words in tell(asked, text)]
    return found


def number_in(asked, text):
    """Numbers of the text that come within 2 % of the right one, with the words around them."""
    for match in NUMBER.finditer(text):
        value, after = float(match["number"].replace(",", "")), match["after"] or ""
        if match["dots"] or (match["before"] or "").strip().lower() in REFERS:
            continue
        unit = after.lower() in UNITS.get(asked.unit, (asked.unit.lower(),))
        other = not unit and after in OTHER_UNITS.split()
        if other or (value <= SMALL and value == int(value) and not unit):
            continue
        if abs(value - asked.truth) <= NEAR * abs(asked.truth):
            yield text[max(0, match.start() - 40) : match.end() + 40]


OTHER_UNITS = """
    mg nM kDa ml litres µm um mmol ng years year months month weeks week days day women minutes
    hours °C pg g mice doses arms nm %
"""


def option_in(asked, text):
    """Sentences that spell the right option, or hold all of its key words."""
    spelt, keys = flat(asked.truth), key_words(asked)
    for sentence in re.split(r"(?<=[.!?:;])\s|\n", text):
        words = flat(sentence)
        long = len(spelt.split()) > 1 or len(spelt) > 8
        if (long and re.search(rf"\b{re.escape(spelt)}\b", words)) or (
            len(keys) > 1 and all(re.search(rf"\b{re.escape(key)}", words) for key in keys)
        ):
            yield sentence.strip()


def key_words(asked):
    """What the right option says and neither the question nor another option does, as stems."""
    others = " ".join(option for option in asked.options if option != asked.truth)
    known = {stem(word) for word in flat(f"{asked.question} {others} {LITTLE}").split()}
    words = [stem(word) for word in flat(asked.truth).split() if len(word) > 3]
    return [word for word in dict.fromkeys(words) if word not in known]


def stem(word):
    return word[: max(4, len(word) - 3)]


def flat(text):
    return " ".join(re.findall(r"[\w%]+", str(text).lower()))


# ---- what a reader sees --------------------------------------------------------------------------


def walk(run):
    """The predictions of a run (see ``lesson_runs.run_twice``), each with what is seen by then.

    A prediction is closed when its result has been computed.
    """
    seen, waiting = [], {}
    for cell, given in run:
        if given is None:
            seen.append((cell["id"], unfolded(source(cell))))
            continue
        if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
            code = re.sub(r"^(import|from) .*$", "", source(cell), flags=re.M)
            seen.append((cell["id"], code))
        printed, value, figures = given
        seen.append((cell["id"], printed))
        seen += [(cell["id"], shown(figure)) for figure in figures]
        for asked in waiting.values() if figures or is_picture(value) else ():
            asked.pictures.append(cell["id"])
        if isinstance(value, Prediction):
            asked = question("prediction", value.id)
            waiting[value.id] = Asked(
                value.id, asked["question"], tuple(asked.get("options", ())), asked.get("unit", "")
            )
        if isinstance(value, Lab) and value.prediction:
            told = value.prediction
            asked = Asked(f"lab {value.name}", told.question, told.options, told.unit, value._truth)
            seen.append((cell["id"], shown(value)))
            yield closed(asked, seen)
        else:
            seen.append((cell["id"], shown(value)))
        if isinstance(value, Reveal) and value.id in waiting:
            asked = waiting.pop(value.id)
            asked.truth = value._truth
            yield closed(asked, seen)
        if isinstance(value, Prediction):
            seen.append((cell["id"], waiting[value.id].question))
    assert not waiting, f"asked and never revealed: {list(waiting)}"


def closed(asked, seen):
    """The question is left out of what is seen beside it: it names every option."""
    asked.seen = [(cell, text) for cell, text in seen if text and text != asked.question]
    return asked


def unfolded(markdown):
    return plain(re.sub(r"<details>.*?</details>", " ", markdown, flags=re.S))


def figure_of(value):
    """The matplotlib figure of what a cell shows, or None."""
    figure = value if isinstance(value, Figure) else getattr(value, "figure", None)
    return figure if isinstance(figure, Figure) else None


def is_picture(value):
    """Is this a picture that a reader sees?"""
    return figure_of(value) is not None or hasattr(value, "_repr_svg_")


def shown(value):
    """All words of what a cell shows, closed as it is on the first evening."""
    if value is None or isinstance(value, Prediction):
        return ""
    if isinstance(value, Reveal):
        assert not value.open
        return value._ask
    if isinstance(value, Check):
        return "\n".join([value.entry["question"], *value.options])
    if isinstance(value, Lab):
        live = "" if value.blank else value.text
        return "\n".join([value.title, value.question, value.alt, value.notice, live])
    figure, words = figure_of(value), [getattr(value, "alt", ""), getattr(value, "caption", "")]
    if figure is not None:
        words += [text.get_text() for text in figure.findobj(Text)]
    else:
        words.append(value.to_string() if hasattr(value, "to_string") else repr(value))
    return "\n".join(word for word in words if isinstance(word, str))
