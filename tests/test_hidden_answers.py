"""Nothing that a reader sees before answering a prediction tells its answer.

Each lesson is run as on a first evening, with nothing answered. Above and beside each prediction
stand markdown, the code that is not folded away, what cells print or show (with the titles, labels
and text alternatives of their pictures), and labs with their gate closed. In none of that may stand
the right option, its key words in one sentence, or a number within 2 % of the right one. What lies
in a fold (<details>) is closed until somebody opens it, and is left out.
"""

import ast
import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cache

import matplotlib
import pytest
from lesson_runs import NAMES, NUMBERS, lesson, plain
from matplotlib import pyplot
from matplotlib.figure import Figure
from matplotlib.text import Text
from notebook_rules import source

import bonelab as bl
from bonelab.course.asking import answers_file
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


@cache
def predictions(number):
    """The predictions of a lesson, each with all that is seen above and beside it."""
    matplotlib.use("Agg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_file, "_session", answers_file.Kept())
        return tuple(walk(lesson(number).notebook["cells"]))


def walk(cells):
    """Run cell after cell; a prediction is closed when its result has been computed."""
    namespace, seen, waiting = {"__name__": "lesson"}, [], {}
    for cell in cells:
        if cell["cell_type"] == "markdown":
            seen.append((cell["id"], unfolded(source(cell))))
            continue
        if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
            code = re.sub(r"^(import|from) .*$", "", source(cell), flags=re.M)
            seen.append((cell["id"], code))
        printed, value, figures = ran(source(cell), namespace)
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


def ran(code, namespace):
    """What a cell prints, its last expression, and the figures that are shown below it."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), namespace)
        value = last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")  # as a notebook does when it has shown them
    return printed.getvalue(), value, figures


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


# ---- the tests -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: NAMES[number])
def test_no_answer_is_seen_before_the_question_is_answered(number):
    found = {asked.name: leaks(asked) for asked in predictions(number)}
    assert {name: words for name, words in found.items() if words} == {}


def told(options=(), unit="%", truth=0, text=""):
    return Asked("0.0", "How much, and why?", options, unit, truth, [("here", text)])


@pytest.mark.parametrize(
    "text",
    [
        "the run gives 37.4%",
        "37 percent of the start",
        "P1NP 37.0, CTX 14",
        "about 36.9 points more",
    ],
)
def test_a_number_that_tells_the_answer_is_found(text):
    assert leaks(told(truth=37.3, text=text))


@pytest.mark.parametrize(
    "text",
    ["39% of the start", "37 mg reach the blood", "lesson 37", "see 37.3.1", "in 1937", "3.7%"],
)
def test_another_number_is_not(text):
    assert not leaks(told(truth=37.3, text=text))


def test_a_small_whole_number_counts_with_its_unit_only():
    assert leaks(told(truth=8, unit="women", text="8 women an arm would do"))
    assert not leaks(told(truth=8, unit="women", text="lessons 6 to 8; step 8"))


OPTIONS = ("like denosumab", "it rises with the dose", "it falls, because nobody listens")


@pytest.mark.parametrize(
    "text",
    [
        "**It falls, because nobody listens.**",
        'bl.reveal("0.0", "it falls, because nobody listens")',
        "Formation is falling. It has fallen since nobody was listening: it falls, nobody listens.",
    ],
)
def test_words_that_tell_the_answer_are_found(text):
    assert leaks(told(options=OPTIONS, truth=OPTIONS[2], text=plain(text)))


@pytest.mark.parametrize("text", ["Does anybody listen?", "it rises with the dose", "It falls."])
def test_other_words_are_not(text):
    assert not leaks(told(options=OPTIONS, truth=OPTIONS[2], text=text))


def test_a_picture_between_question_and_result_is_found():
    kinds = {"question": 'bl.predict("0.1")', "result": 'bl.reveal("0.1", 3)'}
    drawing = "from matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.title('77 %')\nNone"
    order = ["question", "drawing", "result"]
    cells = [
        {
            "id": name,
            "cell_type": "code",
            "metadata": {},
            "source": (kinds | {"drawing": drawing})[name],
        }
        for name in order
    ]
    cells[0]["source"] = "import bonelab as bl\n" + cells[0]["source"]
    (asked,) = walk(cells)
    assert ("drawing", "a picture between question and result") in leaks(asked)
    assert any("77 %" in text and "pyplot" not in text for _, text in asked.seen)
    (asked,) = walk([cells[0], cells[2]])
    assert leaks(asked) == []


def test_folds_pictures_and_closed_results_are_read_as_a_reader_sees_them():
    assert "0.64" not in unfolded("By hand. <details><summary>The steps</summary>0.64</details>")
    drawn = bl.draw.curve([1, 2, 3], [3, 4, 5], xlabel="dose (nM)", ylabel="bound")
    assert "dose (nM)" in shown(drawn)
    lab = bl.labs.antibody_designer()
    assert lab.title in shown(lab)
