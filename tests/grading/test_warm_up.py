"""A solution is worked out once per class, for sets that were handed in, and changes no mark."""

import json
from types import SimpleNamespace

import half_filled
from classroom import EXAMPLE, NAME, RIGHT

from bonelab.course.subject_for_grading import BONE
from bonelab.grading import class_schedule
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import CHECK, GIVEN, read_exercise


def markers(tmp_path):
    paths = [EXAMPLE / "solutions" / NAME, half_filled.write(tmp_path / "solutions")]
    return [Marker(read_exercise(path), BONE) for path in paths]


def test_only_sets_that_several_handed_in_are_worked_out(tmp_path, monkeypatch):
    warmed = []
    monkeypatch.setattr(Marker, "warm_up", lambda self: warmed.append(self.exercise.name))
    example, other = markers(tmp_path)
    jobs = []
    for number in range(4):
        path = tmp_path / f"{number}.ipynb"
        text = (EXAMPLE / "exercises" / NAME).read_text(encoding="utf-8")
        path.write_text(text if number else json.dumps(half_filled.solution()), encoding="utf-8")
        jobs.append(SimpleNamespace(path=path))
    jobs += [SimpleNamespace(path=tmp_path), SimpleNamespace(path=tmp_path / "gone")]
    assert dict(class_schedule._files_of_each(jobs, [example, other])) == {example: 3, other: 1}
    class_schedule._warm_up(jobs, [example, other])
    assert warmed == [example.exercise.name]


def test_a_solution_that_was_worked_out_changes_no_mark(tmp_path):
    cold, warm = markers(tmp_path)[0], markers(tmp_path)[0]
    warm.warm_up()
    names = {}
    for cell in cold.exercise.of_kind(GIVEN):
        exec(cell.source, names)
    exec("\n".join(text for cell, text in RIGHT.items() if cell.startswith("answer")), names)
    for names["taken"] in (0.75, 9):
        for cell in cold.exercise.of_kind(CHECK):
            told = [
                str(one.mark(cell, answers_in(names, BONE), hidden=True)) for one in (cold, warm)
            ]
            assert told[0] == told[1]


def test_a_solution_that_stops_stops_nothing(tmp_path):
    marker = markers(tmp_path)[1]
    broken = marker.exercise.cells[3]
    object.__setattr__(broken, "source", "1 / 0")
    marker.warm_up()
    check = marker.exercise.of_kind(CHECK)[1]
    names = {"half": lambda x: x / 2}
    assert marker.mark(check, answers_in(names, BONE), hidden=True).got == 2
