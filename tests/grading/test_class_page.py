"""The page of a class: the example of forty learners, what may appear on it, one sheet of paper."""

import json
from types import SimpleNamespace

import example_class

from bonelab.course import marks
from bonelab.course.asking import answers_file
from bonelab.grading import class_page, class_talk, comparison, kept_answers
from bonelab.grading.comparison import nudge_names


def page(answers=None):
    given = answers if answers is not None else example_class.answers()
    return class_page.page_of("set_05", example_class.book(), given)


def test_first_try_and_end_stand_side_by_side_the_hardest_first():
    text = page()
    assert "40 in the class" in text
    assert "36 handed in" in text
    assert "29 with predictions" in text
    assert ">first try (29)<" in text
    assert ">in the end (36)<" in text
    rows = [
        ("5.5b", "Design an experiment", 31, 58, "two changes at once (13)"),
        ("5.4a", "A western blot", 41, 81, "below stays, above goes (9)"),
        ("5.1b", "By hand: one head", 52, 92, "the odds, not the chance (11)"),
        ("5.3c", "The bell", 66, 86, "used up (8), poison (2)"),
        ("5.6a", "What is left over", 79, 94, "the share instead of the rise (6)"),
    ]
    places = []
    for item, title, first, end, struck in rows:
        cells = f'<td class="n">{first}%</td><td class="n">{end}%</td><td>{struck}</td>'
        assert f"<td>{item}</td><td>{title}</td>{cells}" in text
        places.append(text.index(f"<td>{item}</td>"))
    assert places == sorted(places)
    assert "6 parts above 80% at first try: not shown." in text
    assert "no control" not in text, "one learner alone met it"
    assert "Learner 0" not in text
    assert ", bonus 0.6 of 2" in text


def test_what_to_say_leave_and_watch():
    text = page()
    said = text[text.index("To say next time") :]
    proposed = [line for line in said.splitlines() if line.startswith("<li>")]
    assert [line[4:20] for line in proposed] == [
        "1. Prediction 5.",
        "2. Check 5.4: 14",
        "3. 5.5b: 13 met ",
        "4. 5.1b: 11 met ",
    ]
    assert "15 of 28 guessed “more clusters”; the run says “fewer”" in said
    assert "5.1b: 92% got there alone" in said
    assert "4 learners who handed in an earlier set handed in nothing from this one on" in said


def test_few_files_show_no_first_try():
    kept = example_class.files()[:7]
    parts = kept_answers.first_tries(kept, {}, set())
    collected = kept_answers.collect([data for _, data in kept], example_class.asked)
    text = page(collected | {"parts": parts})
    assert "first try" not in text.partition("<table>")[2].partition("</table>")[0]
    assert "once 8 learners hand in" in text


def test_what_was_collected_comes_back_from_its_file():
    collected = example_class.answers()
    plain = json.loads(json.dumps(kept_answers.to_plain(collected)))
    assert page(kept_answers.from_plain(plain)) == page(collected)


def test_a_file_decides_about_no_word_and_no_number_out_of_range():
    forged = {
        "schema": 1,
        "predictions": {
            "5.2": {"question": "Bob is", "answer": 1e300, "unit": "Bob"},
            "5.3": {"question": "Bob is", "answer": "Bob did it"},
            "<b>": {"question": "Bob is", "answer": "Bob"},
        },
        "checks": {"5.4": {"question": "Bob is", "choices": ["Bob", {"x": 1}], "right": "yes"}},
        "parts": {"5.1a": {"nudges": ["Bob"], "right": 1}, "5.1b": 3, "Bob": {"nudges": 3}},
    }
    kept = [*example_class.files(), *((f"x{n}", forged) for n in range(9))]

    def asked(kind, id):
        return example_class.asked(kind, id) if id != "<b>" else None

    collected = kept_answers.collect([data for _, data in kept], asked)
    parts = kept_answers.first_tries(kept, {}, {"the odds, not the chance"})
    text = page(collected | {"parts": parts})
    assert "Bob" not in text
    assert "<b>" not in text.replace("<b>Leave</b>", "").replace("<b>Watch</b>", "")
    assert parts["5.1a"].right == 25
    assert len(collected["predictions"]["5.2"].numbers) == 29


def test_names_of_nudges_are_known_from_the_check():
    source = (
        'check.number("x", 1, nudge={2: marks.nudge("over", "Turned over."), 3: "One too many."})'
    )
    assert {"over", "One too many."} <= nudge_names(source)
    assert "anything" not in nudge_names(source)


def test_a_notebook_keeps_how_each_part_went_at_first(tmp_path, monkeypatch):
    kept = answers_file.Kept(tmp_path / "answers.json")
    monkeypatch.setattr(answers_file, "_session", kept)

    def tried(value):
        names = {"x": value}
        monkeypatch.setattr(marks, "_notebook", lambda: names)
        monkeypatch.setattr(marks, "_home", lambda: marks.HomeChecks(marks.BONE, names))
        nudge = 'nudge={2: marks.nudge("over", "Turned over.")}'
        marks.run_check(
            f'check = marks.check("77.1", 2)\ncheck.number("x", 1, {nudge})\ncheck.score()'
        )
        return kept.get("parts", "77.1")

    assert tried(...) is None, "an untouched cell is no try"
    first = tried(2)
    assert {k: first[k] for k in ("marks", "of", "right")} == {"marks": 0, "of": 1, "right": False}
    assert first["nudges"] == ["over"]
    assert tried(1) == first, "the first try stays"


def test_a_check_before_its_given_cell_says_which_cells_to_run(monkeypatch, capsys):
    monkeypatch.setattr(marks, "_notebook", lambda: {"x": 1})
    monkeypatch.setattr(marks, "_home", lambda: marks.HomeChecks(marks.BONE, {"x": 1}))
    source = 'check = marks.check("77.1", 2)\ncheck.number("x", doubled)\ncheck.score()'
    assert marks.run_check(source) == 0
    assert "uses doubled, which a cell further up makes" in capsys.readouterr().out


def test_the_page_is_one_sheet_of_paper(chromium):
    """The example, and a page on which everything that may appear does."""
    full = example_class.answers()
    full["predictions"] |= {f"5.{n}": full["predictions"]["5.2"] for n in (1, 4)}
    full["checks"] |= {f"5.{n}": full["checks"]["5.4"] for n in (1, 2, 3, 5)}
    for one in full["parts"].values():
        one.right = 3
    for name, text in {"example": page(), "full": page(full)}.items():
        tab = chromium.new_page()
        tab.set_content(text)
        printed = tab.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1, name
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        tab.close()


def test_only_a_named_misconception_is_called_one():
    """A hint without a name is told as what it is: words that learners met."""
    hints = {1: "That is without the drug.", 2: comparison.named("blood is bone", "Blood?")}
    names = [
        comparison.nudge(hints, value, lambda wrong, v=value: wrong == v).name for value in hints
    ]
    rows = [SimpleNamespace(item="4.2b", struck=[(name, 5)]) for name in names]
    assert class_talk.suggestions(rows, [], []) == [
        "4.2b: 5 were told: “That is without the drug”.",
        "4.2b: 5 met the misconception “blood is bone”.",
    ]
    assert set(names) <= comparison.nudge_names(
        'check.number("x", 1, nudge={1: "That is without'
        ' the drug.", 2: marks.nudge("blood is bone", "")})'
    )
