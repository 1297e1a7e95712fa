"""``bonelab contest``: the files of a class, read with care, on one map."""

import json

from bonelab.course import contest_command


def hand_in(folder, name, labs):
    path = folder / name / "answers.json"
    path.parent.mkdir(parents=True)
    data = {"schema": 1, "labs": labs}
    path.write_text(labs if isinstance(labs, str) else json.dumps(data), encoding="utf-8")


def lab(**settings):
    return {"antibody_designer": {"settings": settings, "when": "2026-01-01"}}


def test_a_class_sees_its_antibodies_and_no_names(tmp_path, capsys):
    hand_in(tmp_path, "ada", lab(valence=3, dose=30))
    hand_in(tmp_path, "ben", lab(valence=3, dose=30))  # the same antibody
    hand_in(tmp_path, "cleo", lab(valence=2))
    hand_in(tmp_path, "dan", {"clinic": {"settings": {"dose": 30}}})
    written = tmp_path / "map.png"
    assert contest_command.main([str(tmp_path), "--write", str(written)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("4 files, 2 antibodies, of which 1 counts: ")
    assert "\nA  3 arms, " in said
    assert "twice 30 mg" in said
    assert "\nB  " not in said
    assert "ada" not in said
    assert written.read_bytes().startswith(b"\x89PNG")


def test_what_is_no_file_of_answers_is_passed_over(tmp_path, capsys):
    hand_in(tmp_path, "one", "no json")
    hand_in(tmp_path, "two", [])
    hand_in(tmp_path, "three", {"antibody_designer": 3})
    hand_in(tmp_path, "four", {"antibody_designer": {"settings": [1]}})
    hand_in(tmp_path, "five", lab(valence={"a": 1}))
    assert contest_command.main([str(tmp_path)]) == 2
    assert "holds an antibody of lesson 9" in capsys.readouterr().err
