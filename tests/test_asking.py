"""Questions and answers without a browser: verdicts, boxes, checks, predictions, reveal."""

import io
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bonelab.course.asking import bank, checks, question_card
from bonelab.course.asking.prediction import Predict
from bonelab.course.asking.reveal import reveal
from bonelab.course.asking.sketches import GUESS_AND_RUN, guess_under_run
from bonelab.course.asking.verdict import compare, is_close, quantity
from bonelab.course.asking.widgets import NumberAnswer, answer_to
from bonelab.labs.controls import Control
from bonelab.labs.inputs import build
from bonelab.parameters import BonelabError, write


# -- a guess beside the truth ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("guess", "truth", "words"),
    [
        (0, 2.22e-14, "You predicted 0%, and the run gives 0%, so you were close."),
        (0.5, 2.22e-14, "You predicted 0.5%, and the run gives 0%, so you were close."),
        (5, -1e-15, "You predicted 5%, and the run gives 0%, so your guess was too high."),
        (80, 80.55, "and the run gives 80.5%, so you were close."),
        (72.6, 80.55, "so you were close."),
        (0.81, 80.55, "If you meant a share, then 0.81 is 81%, and you were close."),
        (0.72, 80.55, "so your guess was too low."),
        (72.4, 80.55, "so your guess was too low."),
        (88.7, 80.55, "so your guess was too high."),
        (2, 0.0123, "and the run gives 0.0123%, so your guess was too high."),
    ],
)
def test_a_guess_beside_the_truth(guess, truth, words):
    assert words in compare(guess, truth, "%", span=100)


def test_close_is_a_hundredth_of_the_range_or_what_the_question_says():
    assert is_close(0.9, 0, span=100)
    assert not is_close(1.1, 0, span=100)
    assert is_close(4, 0, span=100, close=5)
    assert not is_close(5, 80, span=100, close=4)
    assert not is_close(1e-9, 0), "without a range only the truth itself"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "%", "0%"),
        (2.22e-14, "%", "0%"),
        (134.2, "women", "134 women"),
        (12345.6, "women", "12,346 women"),
        (0.000123, "nM", "0.000123 nM"),
        (-3.456, "%", "-3.46%"),
        (99.96, "%", "100%"),
        (2.0, "", "2"),
    ],
)
def test_numbers_in_sentences_have_three_digits_and_no_exponent(value, unit, text):
    assert quantity(value, unit, span=1 if unit == "nM" else 100) == text


# -- boxes for numbers -----------------------------------------------------------------------------
DOSE = Control.slider(
    "rankl", "RANKL", unit="nM", low=0.01, high=100, default=1, scale="log", zero=True
)
YEARS = Control.slider("years", "Years", low=1, high=6, default=3, step=1)
SHARE = Control.slider("w", "Share", low=0, high=1, default=0.5, step=0.05)


class Box:
    """A control's slider, box and words, and what it told of."""

    def __init__(self, control):
        self.told = []
        row, self.show, (self.slider, self.text) = build(control, self.told.append)
        self.note = row.children[2]

    def type(self, text):
        self.text.value = text
        return self.text.value

    @property
    def words(self):
        return self.note.value


@pytest.mark.parametrize(
    ("typed", "shown", "value", "words"),
    [
        ("2", "2", 2.0, ""),
        ("  2.50 ", "2.5", 2.5, ""),
        ("12,25", "12.25", 12.25, ""),
        ("2,5", "2.5", 2.5, ""),
        ("0.05 uM", "50", 50.0, "0.05 uM is 50 nM"),
        ("500", "100", 100.0, "100 nM is the most here"),
        ("-3", "0", 0.0, "0 nM is the least here"),
        ("0.001", "0", 0.0, "no stop"),
    ],
)
def test_a_box_takes_a_number_and_tells_what_it_changed(typed, shown, value, words):
    box = Box(DOSE)
    assert box.type(typed) == shown
    assert box.told == [pytest.approx(value)]
    assert words in box.words
    assert bool(words) == bool(box.words)


def test_a_box_tells_its_end_in_the_plural():
    box = Box(Control.slider("days", "Days", low=1, high=7, default=5, unit="day"))
    box.type("8")
    assert "You typed 8: 7 days is the most here, so it is 7 now." in box.words


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "abc", "2 3", "2..5", "5 apples", "60 %", "nan", "1e999", "1.234", "2 + 3", "inf"],
)
def test_a_box_that_cannot_be_read_keeps_its_value_and_says_so(typed):
    box = Box(DOSE)
    box.type("7")
    assert box.type(typed) == "7"
    assert box.told == [7.0]
    assert "The box keeps 7" in box.words
    assert box.type("8") == "8"
    assert box.words == "", "what was said of the last one goes"


def test_a_box_that_counts_tells_when_it_rounds():
    box = Box(YEARS)
    assert box.type("2.6") == "3"
    assert repr(box.told) == "[3]"
    assert "only whole numbers count here" in box.words
    box.type("2")
    assert box.words == ""
    box.type("4 years" if YEARS.unit else "4")
    assert box.told[-1] == 4


def test_the_words_beside_a_box_go_when_the_slider_moves():
    box = Box(SHARE)
    box.type("7")
    assert box.words
    box.slider.value = 0.25
    assert box.words == ""
    assert box.text.value == "0.25"


@given(st.floats(1e-12, 1e12) | st.floats(-1e6, 1e6) | st.integers(0, 10**9).map(float))
def test_what_a_box_shows_reads_back_as_the_same_number(value):
    wide = Control.slider("x", "x", low=-1e13, high=1e13, default=0, step=0.5)
    assert wide.read(write(value)) == (value, "")


# -- value and click in either order ---------------------------------------------------------------
ASKED = Predict("How many?", low=0, high=100, unit="%")


@pytest.fixture
def asked():
    answers = []
    return NumberAnswer(ASKED, answers.append), answers


def test_the_value_before_the_click(asked):
    box, answers = asked
    box.box.value = "25"
    assert answers == []
    box.button.click()
    assert answers == [25]


def test_the_click_before_the_value(asked):
    box, answers = asked
    box.button.click()
    assert answers == []
    assert "An empty box is no answer" in box.note.value
    box.box.value = "25"
    assert answers == [25]
    assert box.note.value == ""


def test_the_click_before_a_value_that_takes_the_place_of_an_earlier_one(asked):
    box, answers = asked
    box.box.value = "10"
    box.button.click()
    box.box.value = "25"
    assert answers[-1] == 25


def test_a_click_on_what_cannot_be_read_waits_for_what_can(asked):
    box, answers = asked
    box.box.value = "many"
    box.button.click()
    assert answers == []
    assert "many" in box.note.value
    box.box.value = "120"
    assert answers == []
    box.box.value = "35 %"
    assert answers == [35]


def test_enter_submits(asked):
    box, answers = asked
    box.box.value = "25"
    box.box._handle_custom_msg({"event": "submit"}, [])
    assert answers == [25]


def test_a_cleared_box_waits_for_the_next_click(asked):
    box, answers = asked
    box.box.value = "25"
    box.button.click()
    box.clear()
    box.box.value = "30"
    assert answers == [25]


def test_value_and_click_on_two_threads_end_with_the_value():
    for _ in range(20):
        answers = []
        box = NumberAnswer(ASKED, answers.append)
        box.box.value = "10"
        box.button.click()
        threads = [
            threading.Thread(target=box.button.click),
            threading.Thread(target=lambda box=box: setattr(box.box, "value", "25")),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers[-1] == 25


# -- checks and free predictions ---------------------------------------------------------------
TOML = """
[[check]]
id = "99.1"
objective = "99.1"
question = "Which cell carries RANK?"
options = [
  {text = "the precursor", right = true, feedback = "So it answers to RANKL."},
  {text = "the osteoblast", feedback = "That one carries RANKL."},
  {text = "the red cell", feedback = "It has no nucleus to answer with."},
]
[[prediction]]
id = "99.1"
question = "How many days?"
low = 0
high = 14
unit = "days"
[[prediction]]
id = "99.2"
question = "More or fewer?"
options = ["more", "fewer"]
"""


@pytest.fixture
def lesson_99(tmp_path, monkeypatch):
    (tmp_path / "lesson_99.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.setattr(bank, "FOLDER", tmp_path)


@pytest.mark.usefixtures("lesson_99")
def test_a_check_gives_feedback_on_every_answer():
    check = checks.check("99.1")
    assert "B. the osteoblast" in repr(check)
    assert not check.right
    assert check.choose(2) == check.choose("B") == check.choose("the osteoblast")
    assert "carries RANKL" in check.choose(2)
    assert not check.right
    check.box.children[1].children[0].click()
    assert check.right
    assert "So it answers" in check.box.children[2].value
    again = checks.check("99.1")  # Shift + Enter after a click runs the cell once more
    assert again.right
    assert "So it answers" in again.box.children[2].value
    for wrong in (0, 4, "Z", None):
        with pytest.raises(BonelabError, match="answer"):
            check.choose(wrong)


@pytest.mark.usefixtures("lesson_99")
def test_a_free_prediction_is_kept_and_compared():
    assert "not predicted" in checks.predict("99.1").compare(3)
    checks.predict("99.1").guess(4)
    said = checks.predict("99.1").compare(9)
    assert said == "You predicted 4 days, and the run gives 9 days, so your guess was too low."
    more = checks.predict("99.2")
    more.box.children[1].children[0].click()
    assert "Your prediction: more" in more.box.children[2].children[0].value
    assert "that is what the run shows" in more.compare("more")
    with pytest.raises(BonelabError, match=r"^Your guess, 'some', is none of the answers"):
        more.guess("some")


@pytest.mark.usefixtures("lesson_99")
def test_unknown_questions_are_named():
    with pytest.raises(BonelabError, match=r"99\.1"):
        checks.check("99.7")
    with pytest.raises(BonelabError, match="lesson"):
        checks.check("77.1")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("right = true, ", "", "exactly one"),
        (', feedback = "That one carries RANKL."', "", "feedback"),
        ('  {text = "the red cell", feedback = "It has no nucleus to answer with."},\n', "",
         "three options"),
        ('objective = "99.1"\n', "", "objective"),
        ('unit = "days"\n', "", "unit"),
        ('id = "99.2"', 'id = "99.1"', "same id"),
        ('"the red cell"', '"the precursor"', "same text"),
        ("objective = ", "objektive = ", "'objektive' is no key here; did you mean 'objective'"),
        ("feedback = ", "feetback = ", "'feetback' is no key here; did you mean 'feedback'"),
        ("[[prediction]]", "[[predictions]]", "'predictions' is no key here"),
        ('id = "99.1"\n', "", "has no id"),
        ('id = "99.1"', "id = 99.1.1", "cannot be read"),
    ],
)  # fmt: skip
def test_the_validator_finds_faults(tmp_path, old, new, fault):
    path = tmp_path / "lesson_99.toml"
    path.write_text(TOML.replace(old, new), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != TOML
    with pytest.raises(BonelabError, match=fault):
        bank.read(path)


@pytest.mark.parametrize("path", sorted(bank.FOLDER.glob("lesson_*.toml")), ids=str)
def test_every_file_of_questions_is_valid(path):
    data = bank.read(path)
    lesson = path.stem.removeprefix("lesson_")
    for kind in ("check", "prediction"):
        assert all(id.partition(".")[0] == lesson for id in data[kind])


# -- shown once the question is answered -----------------------------------------------------------
@pytest.fixture
def figure():
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot([0, 1], [0, 1])
    return figure


def seen(revealed):
    """Everything a reader of the card sees, as text."""

    def texts(widget):
        value = getattr(widget, "value", "")
        yield value if isinstance(value, str) else str(bytes(value))
        for child in getattr(widget, "children", ()):
            yield from texts(child)

    return "\n".join(texts(revealed.box)) + str(revealed._repr_mimebundle_()["text/plain"])


@pytest.mark.usefixtures("lesson_99")
def test_what_is_revealed_waits_for_the_guess(figure):
    shown = reveal("99.1", 9.25, figure, "Precursors fuse late.")
    for hidden in ("9.25", "fuse late", "<img"):
        assert hidden not in seen(shown)
    assert "Your guess first" in seen(shown)
    assert "9.25" not in shown.still_html
    checks.predict("99.1").guess(4)
    assert "You predicted 4 days, and the run gives 9.25 days" in seen(shown)
    assert "fuse late" in seen(shown)
    assert '<img src="data:image/png;base64' in seen(shown)
    assert "9.25" in shown.still_html


@pytest.mark.usefixtures("lesson_99")
def test_skipping_reveals_too():
    shown = reveal("99.1", 9.25)
    assert "9.25" not in seen(shown)
    checks.predict("99.1").skip()
    assert "You have not predicted. The run gives: 9.25 days." in seen(shown)


@pytest.mark.usefixtures("lesson_99")
def test_without_widgets_it_is_open_at_once(figure):
    told = repr(reveal("99.1", 9.25, figure, "Precursors fuse late."))
    assert told.startswith("You have not predicted. The run gives: 9.25 days.")
    assert told.endswith("Precursors fuse late.")


@pytest.mark.usefixtures("lesson_99")
def test_a_figure_of_pyplot_does_not_show_itself():
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([0, 1])
    reveal("99.1", 9.25, axes)
    assert not plt.fignum_exists(figure.number)


@pytest.mark.usefixtures("lesson_99")
def test_a_figure_without_words_is_named_by_its_axes():
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.set(xlabel="days", ylabel="<cells>")
    shown = reveal("99.1", 9.25, figure)
    checks.predict("99.1").skip()
    assert 'alt="&lt;cells&gt; against days"' in seen(shown)


@pytest.mark.usefixtures("lesson_99")
def test_another_prediction_reveals_nothing():
    shown = reveal("99.1", 9.25)
    checks.predict("99.2").guess("more")
    assert "9.25" not in seen(shown)


# -- options that are drawn ------------------------------------------------------------------------
def test_an_option_has_its_sketch_and_keeps_its_words():
    answers = []
    asked = Predict("Which?", options=("falls", "rises"), sketches=((2, 1, 0), (0, 1, 2)))
    made = answer_to(asked, answers.append)
    for pair, words in zip(made.widgets, asked.options, strict=True):
        image, button = pair.children
        assert image.value.startswith('<img src="data:image/png;base64,')
        assert 'alt=""' in image.value, "the words of the option stand below it"
        assert button.description == words
    falls, rises = (pair.children[0].value for pair in made.widgets)
    assert falls != rises
    made.widgets[1].children[1].click()
    assert answers == ["rises"]


def test_a_chosen_sketch_lies_as_dots_under_that_of_the_run():
    asked = Predict("Which?", options=("falls", "rises"), sketches=((2, 1, 0), (0, 1, 2)))
    picture, words = guess_under_run(asked, "falls", "rises")
    assert words == "Two sketches: dots, “falls”, your guess; a line, “rises”, the run."
    other, same = guess_under_run(asked, "rises", "rises")
    assert same.endswith("They are the same.")
    grey = np.asarray(Image.open(io.BytesIO(picture)).convert("L"))
    dots = (grey > 22) & (grey < 30)  # the ink of the dots; the axes are black, the line is blue
    height, width = dots.shape
    left, right = (np.argwhere(part)[:, 0].mean() for part in np.split(dots, [width // 2], axis=1))
    assert picture != other
    assert left < height / 2 < right, "the dots fall where the line rises"
    assert guess_under_run(asked, None, "rises") is None
    plain = Predict("Which?", options=("falls", "rises"))
    assert guess_under_run(plain, "falls", "rises") is None


def test_a_result_shows_the_chosen_sketch_and_says_what_is_what():
    shown = reveal("8.3", "rises above its start")
    assert GUESS_AND_RUN not in seen(shown)
    checks.predict("8.3").guess("stays low")
    assert GUESS_AND_RUN in seen(shown)
    assert "dots, “stays low”, your guess" in seen(shown)
    checks.predict("8.3").skip()
    assert GUESS_AND_RUN not in seen(shown), "who skipped has no sketch"


@pytest.mark.parametrize("sketches", ["[[1, 2]]", "[]"])
def test_there_is_a_sketch_for_each_option_or_for_none(tmp_path, sketches):
    path = tmp_path / "lesson_99.toml"
    line = f'options = ["more", "fewer"]\nsketches = {sketches}'
    path.write_text(TOML.replace('options = ["more", "fewer"]', line), encoding="utf-8")
    with pytest.raises(BonelabError, match="a sketch for each option"):
        bank.read(path)


def test_a_lab_finds_what_to_notice_in_the_files_of_questions(tmp_path, monkeypatch):
    text = '[[lab]]\nid = "culture_dish"\nnotice = "Cells first, pits later."\n'
    (tmp_path / "lesson_7.toml").write_text(TOML.replace("99.", "7.") + text, encoding="utf-8")
    monkeypatch.setattr(bank, "FOLDER", tmp_path)
    bank.lab_words.cache_clear()
    bank.questions.cache_clear()
    assert bank.lab_words("culture_dish")["notice"] == "Cells first, pits later."
    assert bank.lab_words("clinic") == {}
    bank.lab_words.cache_clear()
    bank.questions.cache_clear()


def test_an_older_generation_of_widgets_is_told_what_to_do(monkeypatch, capsys):
    import ipywidgets

    monkeypatch.delattr(ipywidgets.Widget, "_repr_mimebundle_")
    monkeypatch.setattr(ipywidgets, "__version__", "7.7.1")
    checks.check("1.1")._ipython_display_()
    said = capsys.readouterr().out
    assert "here is 7.7.1" in said
    assert '%pip install "ipywidgets>=8.1"' in said
    assert "restart" in said


def test_colab_is_asked_once_to_show_widgets_of_today(monkeypatch):
    asked = []
    output = SimpleNamespace(enable_custom_widget_manager=lambda: asked.append("yes"))
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace(output=output))
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    question_card.ask_colab.cache_clear()
    monkeypatch.setattr("IPython.display.display", lambda *shown: None)
    checks.check("1.1")._ipython_display_()
    checks.check("1.2")._ipython_display_()
    assert asked == ["yes"]
    monkeypatch.delitem(sys.modules, "google.colab")
    question_card.ask_colab.cache_clear()
    checks.check("1.1")._ipython_display_()
    assert asked == ["yes"], "nowhere else"
