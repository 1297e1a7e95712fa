"""Every exercise set: generated, solvable, markable, and proven with right and wrong answers."""

import json
import os
import re
from functools import cache
from pathlib import Path

import other_answers
import proofs
import pytest
import trials

import bonelab as bl
from bonelab.grading import exercise_generation as exercises
from bonelab.grading.exercise_source import ANSWER, CHECK, ESSAY, TEXT, rubric
from bonelab.grading.names_in_code import names_bound

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
EXAMPLE = Path(__file__).parent / "example"
SOLUTIONS += sorted((EXAMPLE / "solutions").glob("*.ipynb"))
BARE = re.compile(r":(?: you have [^;]*, more than \S+ off\.)? Not yet\.")
JUNK = ["text", [1, "a"], lambda *a, **k: a[0]]
CONSTANTS = [0, 1, 0.5, 10, 100, float("inf")]
pytestmark = [
    # of the module's scope, so that the tests of one set, which is proven once, stay together
    pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem, scope="module"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the proofs fork, which Windows cannot"),
]


@cache
def load_what_all_need():
    """Once, before the forks: libraries, and the history of the woman of 65."""
    run = bl.simulate(treatments=bl.denosumab("60 mg"), years="6 months")
    run.plot()
    run.table()
    bl.labs.clinic()


@cache
def prove(path):
    load_what_all_need()
    exercise, wrong, right = proofs.load(path)
    more = {
        "units": lambda: trials.not_taken(path),
        "home": lambda: trials.told_otherwise(path),
        "clothing": lambda: other_answers.faults(path),
        "options": lambda: other_answers.options_that_are_right(path),
    }
    found = proofs.solution_marks(exercise, wrong + right, JUNK, CONSTANTS, more)
    return exercise, wrong, right, found


@cache
def untouched(path):
    return proofs.untouched_marks(prove(path)[0])


def test_exercise_is_what_the_solution_generates(path):
    pytest.importorskip("nbgrader", reason="nbgrader generates the exercises")
    exercise = path.parents[1] / "exercises" / path.name
    assert exercise.read_text(encoding="utf-8") == exercises.generate(path), "run bonelab exercises"


def test_solution_runs_and_gets_full_marks(path):
    exercise, _, _, found = prove(path)
    assert found["raised"] == []
    for cell in exercise.of_kind(CHECK):
        check = found["checks"][cell.item]
        assert check["named"] == cell.item, "marks.check and the cell's name differ"
        assert check["got"] == cell.points, check["texts"]
        assert check["points"] == cell.points, "marks.check and the cell's points differ"
        assert check["undecided"] == 0, "the tests decide fewer marks than the question has"


def test_hidden_tests_come_last(path):
    """The messages of a check are those before its hidden tests: see proofs.py."""
    exercise, *_ = prove(path)
    for cell in exercise.of_kind(CHECK):
        rest = cell.source.partition("### END HIDDEN TESTS")[2] or "check.score()"
        assert rest.strip() == "check.score()", cell.id


def test_untouched_exercise_runs_and_gets_nothing(path):
    found = untouched(path)
    assert found["raised"] == []
    for question, check in found["checks"].items():
        assert check["got"] == 0, (question, check["texts"])
        assert set(check["outcomes"]) == {"not attempted"}, (question, check["texts"])


def test_every_question_is_proven(path):
    exercise, wrong, right, _ = prove(path)
    for cell in exercise.of_kind(CHECK):
        known = [sum(p.question == cell.item for p in some) for some in (wrong, right)]
        told = f"proofs/{path.stem}.toml: {cell.item} needs two wrong answers and another right one"
        assert known[0] >= 2, f"{told}; it has {known[0]} wrong ones"
        assert known[1] >= 1, f"{told}; it has none that is right"
    assert {p.question for p in wrong + right} <= {cell.item for cell in exercise.items}


def test_known_answers_get_known_marks(path):
    _, wrong, right, found = prove(path)
    for proof, check in zip(wrong + right, found["proofs"], strict=True):
        assert check is not None, f"no answer cell for the proof {proof.why!r} of {proof.question}"
        lost = check["points"] - check["got"]
        told = (proof.question, proof.why, check["texts"], check["raised"])
        assert lost == pytest.approx(proof.loses), told
        assert proof.loses > 0 or proof in right, "a wrong answer must lose something"
        assert proof.told in check["seen"], told


@pytest.mark.parametrize("kind", ["junk", "constants"])
def test_odd_answers_neither_break_a_check_nor_earn_marks(path, kind):
    exercise, _, _, found = prove(path)
    tried = {"junk": JUNK, "constants": CONSTANTS}[kind]
    for cell in exercise.of_kind(CHECK):
        # the example pays for properties too, so that the grader's tests meet every kind of mark
        most = 0 if path.is_relative_to(ROOT / "solutions") else cell.points - 0.5
        for value, check in zip(tried, found[kind][cell.item], strict=True):
            assert check["got"] <= most, (cell.item, value, check["texts"])


def test_a_number_is_taken_with_the_unit_that_its_cell_names(path):
    """ "3 nM" is 3 where the answer cell asks for nM."""
    asked, faults = prove(path)[3]["units"]
    assert faults == []
    assert asked or path.stem.startswith(("set_03", "00_"))  # where answers are factors, or plain


def test_self_check_and_grader_agree_by_construction(path):
    """Every check of every set, on right answers and on odd ones: word for word the same."""
    assert prove(path)[3]["home"] == []


def test_an_answer_that_stops_does_not_hold_up_the_cells_below(path):
    """JupyterLab goes on below a cell with this tag, so that "run all above" reaches the question
    at hand, whatever stands half-done further up. A given cell or a check has to work."""
    exercise = json.loads((path.parents[1] / "exercises" / path.name).read_text(encoding="utf-8"))
    for cell in exercise["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        answer = cell["cell_type"] == "code" and told.get("solution", False)
        assert ("raises-exception" in cell["metadata"].get("tags", ())) == answer, cell["id"]


def test_right_in_other_clothing_never_fails_and_wrong_never_passes(path):
    tried, faults = prove(path)[3]["clothing"]
    assert faults == []
    assert tried > (0 if EXAMPLE in path.parents else 30)


def test_of_all_options_one_alone_is_right(path):
    right = prove(path)[3]["options"]
    assert {name: options for name, options in right.items() if len(options) != 1} == {}
    assert len(right) >= (1 if EXAMPLE in path.parents else 3)


def test_words_to_choose_from_are_not_cut_off(path):
    """A code cell does not break its lines: at 1024 pixels it shows some 78 columns."""
    exercise, *_ = prove(path)
    for cell in exercise.of_kind(ANSWER):
        for line in cell.visible.splitlines():
            assert not (line.startswith("# ") and '"' in line and len(line) > 75), line


def test_messages_do_not_give_the_answer_away(path):
    """What a learner with a wrong answer reads does not hold the number that would be right."""
    _, wrong, _, found = prove(path)
    for proof, check in zip(wrong, found["proofs"], strict=False):
        for number in found["numbers"].get(proof.question, ()):
            assert number not in check["seen"], (proof.question, proof.why, check["seen"])


def test_no_reply_is_a_bare_not_yet(path):
    """Whatever is wrong in the known answers, and in odd ones, is answered with more than that."""
    if not path.is_relative_to(ROOT / "solutions"):
        return  # the example is there for the grader's own tests
    *_, found = prove(path)
    told = [check["seen"] for check in found["proofs"]]
    for kind in ("junk", "constants"):
        told += [check["seen"] for checks in found[kind].values() for check in checks]
    bare = [text for seen in told for text in seen.split("\n") if BARE.search(text)]
    assert sorted(set(bare)) == []


def test_question_has_words_hints_and_objectives(path):
    exercise, *_ = prove(path)
    for cell in exercise.items:
        assert exercise.titles.get(cell.question), f"no heading '## {cell.question} ...'"
        assert cell.objectives, f"{cell.id} names no objective"
    covered = {objective for cell in exercise.items for objective in cell.objectives}
    assert covered == set(exercise.objectives), "objectives assessed, and those of the set, differ"
    texts = [cell.source for cell in exercise.of_kind(TEXT)]
    for cell in exercise.of_kind(CHECK):
        [words] = [text for text in texts if f"## {cell.question} " in text]
        assert words.count("<details>") >= 2, f"question {cell.question} needs two hints in steps"


def test_essays_have_a_rubric(path):
    exercise, *_ = prove(path)
    essays = exercise.of_kind(ESSAY)
    assert essays, "one question asks for words"
    for cell in essays:
        assert sum(marks for marks, _ in rubric(cell)) == cell.points, cell.id


def test_answers_have_names_of_their_own(path):
    """No two answers ask for the same name, so that one cannot overwrite another."""
    exercise, *_ = prove(path)
    owner = {}
    for cell in exercise.of_kind(ANSWER):
        for name in names_bound(cell.visible):
            assert owner.setdefault(name, cell.item) == cell.item, name
