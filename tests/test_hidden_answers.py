"""What tells an answer too early is found, and nothing else: see hidden_answers.py.

That no lesson does so is held where the lessons are run, in test_lessons.py.
"""

import pytest
from hidden_answers import Asked, leaks, shown, unfolded, walk
from lesson_runs import run_twice
from notebook_rules import plain

import bonelab as bl


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


def walked(cells):
    return walk(run_twice(cells, {}, {}))


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
    (asked,) = walked(cells)
    assert ("drawing", "a picture between question and result") in leaks(asked)
    assert any("77 %" in text and "pyplot" not in text for _, text in asked.seen)
    (asked,) = walked([cells[0], cells[2]])
    assert leaks(asked) == []


def test_folds_pictures_and_closed_results_are_read_as_a_reader_sees_them():
    assert "0.64" not in unfolded("By hand. <details><summary>The steps</summary>0.64</details>")
    drawn = bl.draw.curve([1, 2, 3], [3, 4, 5], xlabel="dose (nM)", ylabel="bound")
    assert "dose (nM)" in shown(drawn)
    lab = bl.labs.antibody_designer()
    assert lab.title in shown(lab)


def test_a_cell_that_answers_otherwise_the_second_time_is_found():
    code = {"first": "n = 1", "twice": "print(n := n + 1)", "last": "n"}
    cells = [{"id": i, "cell_type": "code", "metadata": {}, "source": code[i]} for i in code]
    namespace, changed = {}, {}
    given = [given for _, given in run_twice(cells, namespace, changed)]
    assert [(printed, value) for printed, value, _ in given] == [("", None), ("2\n", None), ("", 3)]
    assert changed == {"twice": ("2\n", "3\n")}
    assert namespace["n"] == 3
