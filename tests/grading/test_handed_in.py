"""What students hand in, as it really arrives: whose it is, and nothing that stops a class."""

import io
import json
import os
import stat
import subprocess
import unicodedata
import zipfile
from datetime import datetime

import classroom
import pytest
from classroom import EXAMPLE, NAME, RIGHT, Handed

from bonelab.course.grade import main
from bonelab.grading import matching, reports, safe_walk, students
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, TEXT, read_exercise
from bonelab.grading.handed_in import find_submissions
from bonelab.grading.notebook_file import read_notebook
from bonelab.grading.submission_plan import plan_file

SOURCE = classroom.ROOT / "solutions"
SETS = ["00_example", "set_01_forward_signalling", "set_02_opg_decoy"]
needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))


def notebook(number=0):
    return json.dumps({"cells": [{"source": f'marks.check("{number}.1", points=2)'}]})


def lay(folder, *paths):
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        number = int("set_01" in str(path)) + 2 * int("set_02" in str(path))
        file.write_text(notebook(number), encoding="utf-8")
    return folder


def owners(folder, **more):
    found = find_submissions(folder, exercises=SETS, **more)
    return sorted({one.student for one in found})


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


LAYOUTS = {
    "Moodle in folders": (
        [
            "Jürgen Groß_1204_assignsubmission_file_/a.ipynb",
            "李 小龙_1205_assignsubmission_file_/b.ipynb",
        ],
        ["Jürgen Groß", "李 小龙"],
    ),
    "Moodle, flat": (
        [
            "Ada Lovelace_12_assignsubmission_file_set_01_forward_signalling.ipynb",
            "Ben Okri_13_assignsubmission_file_set_01_forward_signalling.ipynb",
            "Ben Okri_13_assignsubmission_file_set_02_opg_decoy.ipynb",
        ],
        ["Ada Lovelace", "Ben Okri"],
    ),
    "Moodle, two of one name": (
        ["A B_1_assignsubmission_file_/x.ipynb", "A B_2_assignsubmission_file_/x.ipynb"],
        ["A B 1", "A B 2"],
    ),
    "Moodle, groups before the names": (
        [
            "Gruppe 1-Exit First_1204_assignsubmission_file_/a.ipynb",
            "Gruppe 1-Anna-Lena Groß_1205_assignsubmission_file_/a.ipynb",
            "Team Rot-Anna-Maria Koch_1206_assignsubmission_file_/a.ipynb",
            "Lab-A 2-Ada Lovelace_1207_assignsubmission_file_/b.ipynb",
            "Default group-Zoë Å_1208_assignsubmission_file_/b.ipynb",
            "Gruppe-A-Mia-Lu Roi_1209_assignsubmission_file_/b.ipynb",
        ],
        ["Ada Lovelace", "Anna-Lena Groß", "Anna-Maria Koch", "Exit First", "Mia-Lu Roi", "Zoë Å"],
    ),
    "Moodle, groups with names of their own": (
        [
            "Die Knochen-Ada Lovelace_1_assignsubmission_file_a.ipynb",
            "Die Knochen-Ben Okri_2_assignsubmission_file_a.ipynb",
            "Opus-Jean-Luc Roi_3_assignsubmission_file_a.ipynb",
        ],
        ["Ada Lovelace", "Ben Okri", "Jean-Luc Roi"],
    ),
    "Moodle, groups in the place of names": (
        [
            "Gruppe 1_1204_assignsubmission_file_/a.ipynb",
            "Gruppe 2_1205_assignsubmission_file_/a.ipynb",
            "Default group_assignsubmission_file_/a.ipynb",
        ],
        ["Default group", "Gruppe 1", "Gruppe 2"],
    ),
    "Moodle, no group but names with a hyphen": (
        [
            "Anna-Lena Groß_1_assignsubmission_file_/a.ipynb",
            "Anna-Maria Koch_2_assignsubmission_file_/a.ipynb",
            "Ben Okri_3_assignsubmission_file_/a.ipynb",
        ],
        ["Anna-Lena Groß", "Anna-Maria Koch", "Ben Okri"],
    ),
    "Moodle, without names": (
        ["Participant_1234_assignsubmission_file_/a.ipynb"],
        ["Participant 1234"],
    ),
    "Moodle, without names, in groups": (
        [
            "Gruppe 1-Teilnehmerin_1234_assignsubmission_file_/a.ipynb",
            "Gruppe 1-Teilnehmerin_1235_assignsubmission_file_/a.ipynb",
        ],
        ["Teilnehmerin 1234", "Teilnehmerin 1235"],
    ),
    "Canvas, numbered and late": (
        [
            "großjürgen_1204_9001_set_01_forward_signalling.ipynb",
            "großjürgen_LATE_1204_9002_set_01_forward_signalling-1.ipynb",
            "o-neilmary_1205_9003_set_01_forward_signalling.ipynb",
            "李小龙_1206_9004_my notebook.ipynb",
        ],
        ["großjürgen", "o-neilmary", "李小龙"],
    ),
    "Blackboard": (
        [
            "Set 1_al2041_attempt_2026-11-30-12-00-05_set_01_forward_signalling.ipynb",
            "Set 1_al2041_attempt_2026-11-30-12-00-05.txt",
            "Set 1_bo77_attempt_2026-11-29-08-00-00_homework.ipynb",
        ],
        ["al2041", "bo77"],
    ),
    "Google Classroom": (
        [
            "Ada Lovelace - set_01_forward_signalling.ipynb",
            "Zoë Åkesson - Copy of set_01_forward_signalling.ipynb",
            "Ben Okri - set_01_forward_signalling (1).ipynb",
        ],
        ["Ada Lovelace", "Ben Okri", "Zoë Åkesson"],
    ),
    "nbgrader": (
        ["ada/set_01/x.ipynb", "ada/set_02/y.ipynb", "ben/set_01/x.ipynb"],
        ["ada", "ben"],
    ),
    "by e-mail": (
        [
            "Müller.ipynb",
            "Müller_set_02_opg_decoy.ipynb",
            "ada_set_01_forward_signalling (2).ipynb",
        ],
        ["Müller", "ada"],
    ),
    "downloaded again": (
        [
            "ada.ipynb",
            "ada (1).ipynb",
            "ada (2).ipynb",
            "ben-Copy1.ipynb",
            "ben.ipynb",
            "cem.ipynb",
        ],
        ["ada", "ben", "cem"],
    ),
    "copies that programs make": (
        [
            "ada - Kopie.ipynb",
            "ada_set_01_forward_signalling-Copy1.ipynb",
            "ben copy 2.ipynb",
            "ben - Copy (2).ipynb",
            "José (1)/x.ipynb",
            "José/x.ipynb",
        ],
        ["José", "ada", "ben"],
    ),
    "numbered by somebody": (
        ["student (1).ipynb", "student (2).ipynb", "group-1.ipynb", "group-2.ipynb"],
        ["group-1", "group-2", "student (1)", "student (2)"],
    ),
    "from the mails of several": (
        [
            "homework.ipynb",
            "homework (1).ipynb",
            "homework-Copy1.ipynb",
            "set_01_forward_signalling.ipynb",
            "set_01_forward_signalling (1).ipynb",
        ],
        [
            "homework",
            "homework (1)",
            "homework-Copy1",
            "set_01_forward_signalling",
            "set_01_forward_signalling (1)",
        ],
    ),
    "one folder around all": (
        ["download/ada/x.ipynb", "download/ben/x.ipynb", "download/cem/x.ipynb"],
        ["ada", "ben", "cem"],
    ),
    "two folders around all": (
        ["a/b/ada/x.ipynb", "a/b/ben/x.ipynb"],
        ["ada", "ben"],
    ),
    "one folder around files": (["all/ada.ipynb", "all/ben.ipynb"], ["ada", "ben"]),
    "a folder per group": (
        ["monday/ada/x.ipynb", "monday/ben/x.ipynb", "cem/x.ipynb"],
        ["ada", "ben", "cem"],
    ),
    "files of several in one folder": (
        ["monday/ada.ipynb", "monday/ben.ipynb", "monday/cem.ipynb", "dora/x.ipynb"],
        ["ada", "ben", "cem", "dora"],
    ),
    "one student alone": (["ada/set_01_a.ipynb", "ada/more/set_02_b.ipynb"], ["ada"]),
    "one student who tried twice": (
        ["ada/try 1/x.ipynb", "ada/try 2/x.ipynb", "ben/x.ipynb"],
        ["ada", "ben"],
    ),
    "one student with two files": (
        ["ada/hw.ipynb", "ada/hw-neu.ipynb", "ben/x.ipynb"],
        ["ada", "ben"],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("packed", [False, True], ids=["unpacked", "as a ZIP"])
def test_one_student_stays_one(tmp_path, name, packed):
    paths, wanted = LAYOUTS[name]
    if packed:
        (tmp_path / "all.zip").write_bytes(zipped({p: notebook(int("set_02" in p)) for p in paths}))
        assert owners(tmp_path / "all.zip") == sorted(wanted)
    else:
        assert owners(lay(tmp_path, *paths)) == sorted(wanted)


def test_a_group_becomes_a_column_and_no_participant(tmp_path):
    lay(
        tmp_path,
        "Gruppe 1-Exit First_1204_assignsubmission_file_/a.ipynb",
        "Gruppe 2_77_assignsubmission_file_/a.ipynb",
    )
    ids = {one.student: one.ids for one in find_submissions(tmp_path, exercises=SETS)}
    assert ids == {
        "Exit First": {"Moodle group": "Gruppe 1", "Moodle participant": "1204"},
        "Gruppe 2": {"Moodle group": "Gruppe 2", "Moodle group number": "77"},
    }, "the number of a group is nobody's in the grading worksheet"


def test_a_folder_that_was_taken_apart_is_told(tmp_path):
    lay(tmp_path, *LAYOUTS["a folder per group"][0])
    told = {one.student: one.remarks for one in find_submissions(tmp_path)}
    assert "monday holds work of several" in told["ada"][0]
    assert told["cem"] == ()


def test_a_name_composed_or_not_is_the_same_name(tmp_path):
    for number, form in enumerate(("NFC", "NFD")):
        lay(tmp_path, unicodedata.normalize(form, f"José Peña/{number}.ipynb"))
    assert owners(tmp_path) == ["José Peña"]


def test_numbers_of_platforms_become_columns(tmp_path):
    lay(tmp_path, "all/A B_12_assignsubmission_file_/x.ipynb", "c_34_56_x.ipynb")
    lay(tmp_path, "all/D E_13_assignsubmission_file_/x.ipynb")
    assert all(one.remarks == () for one in find_submissions(tmp_path))
    ids = {one.student: one.ids for one in find_submissions(tmp_path)}
    assert ids["A B"] == {"Moodle participant": "12"}
    assert ids["c"] == {"Canvas user": "34", "Canvas submission": "56"}


def test_what_canvas_marks_as_late_is_told(tmp_path):
    for name in ("lovelaceada_LATE_12_34_x.ipynb", "okriben_13_35_x.ipynb"):
        (tmp_path / name).write_text(notebook(1))
    (tmp_path / "pat.ipynb").write_text(notebook(1))
    handed = {one.student: (one.remarks, one.late) for one in find_submissions(tmp_path)}
    words = "the platform marks it as late, and not by how much: with --late one day counts"
    assert handed == {"lovelaceada": ((words,), True), "okriben": ((), False), "pat": ((), None)}


def test_when_it_was_handed_in(tmp_path):
    lay(tmp_path, "x_al_attempt_2026-11-30-12-00-05_set_01_a.ipynb", "ada/set_01/x.ipynb")
    (tmp_path / "ada" / "set_01" / "timestamp.txt").write_text("2026-11-29 09:00:00 UTC")
    when = {one.student: one.when for one in find_submissions(tmp_path)}
    assert when == {"al": "2026-11-30 12:00:05", "ada": "2026-11-29 09:00:00"}


def dated(members, day):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, day, 12, 0, 0)), text)
    return content.getvalue()


def test_no_date_that_a_student_packed_is_believed(tmp_path):
    """A ZIP tells of its members whatever its maker wants; when it was handed in itself counts."""
    for name, moved in (("ada", 20), ("ben", 21)):
        (tmp_path / f"{name}.zip").write_bytes(dated({f"{name}.ipynb": notebook()}, 1))
        at = datetime(2026, 11, moved, 8).timestamp()
        os.utime(tmp_path / f"{name}.zip", (at, at))
    when = {one.student: one.when for one in find_submissions(tmp_path)}
    assert when == {"ada": "2026-11-20 08:00:00", "ben": "2026-11-21 08:00:00"}


@pytest.mark.parametrize("laid", ["unpacked", "itself"])
def test_the_dates_in_a_platforms_zip_are_believed(tmp_path, laid):
    inner = dated({"x.ipynb": notebook()}, 1)
    folder = "Ada L_12_assignsubmission_file_/"
    members = {f"{folder}mine.zip": inner, "Ben O_13_assignsubmission_file_/x.ipynb": notebook()}
    (tmp_path / "all.zip").write_bytes(dated(members, 9))
    found = find_submissions(tmp_path / "all.zip" if laid == "itself" else tmp_path)
    assert {one.student: one.when[:10] for one in found} == dict.fromkeys(
        ["Ada L", "Ben O"], "2026-11-09"
    )


def test_a_stamp_that_a_student_added_is_not_the_platforms(tmp_path):
    lay(
        tmp_path,
        "Ada L_12_assignsubmission_file_/x.ipynb",
        "Ben O_13_assignsubmission_file_/x.ipynb",
    )
    (tmp_path / "Ada L_12_assignsubmission_file_" / "timestamp.txt").write_text("2020-01-01 09:00")
    assert not any(one.when.startswith("2020") for one in find_submissions(tmp_path))


def exercises():
    return [Marker(read_exercise(path)) for path in sorted(SOURCE.glob("*.ipynb"))]


@pytest.mark.parametrize("lesson", sorted((classroom.ROOT / "lessons").glob("*.ipynb"), key=str))
def test_a_lesson_is_none_of_the_exercises(lesson):
    """It shares names with many of them: who hands one in has not answered a set with nothing."""
    assert plan_file(lesson, exercises())[2].status == "none of these exercises"


@pytest.mark.parametrize("kept", ["answers", "words", "checks"])
def test_an_exercise_is_known_by_whatever_is_left_of_it(tmp_path, kept):
    solution = SOURCE / "set_05_reverse_signalling.ipynb"
    cells = []
    for cell in read_exercise(solution).cells:
        if kept == {ANSWER: "answers", TEXT: "words", CHECK: "checks"}.get(cell.kind):
            kind = "code" if cell.is_code else "markdown"
            text = cell.visible if kept == "checks" else cell.source
            source = text.replace("SOLUTION", "").replace("blank:", "")
            cells.append({"cell_type": kind, "source": source, "metadata": {}})
    cells.append({"cell_type": "code", "source": "held_single = 0.5", "metadata": {}})
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")
    assert plan_file(path, exercises())[2].exercise == solution.stem


# ---- names and folders that stop, merge, overwrite or colour --------------------------------

NAMES = [
    b"eve\xff\xfe", b"Jos\xe9", b"a\rb", b"a\nb", b"\x1b[31mred", "\u202eevil".encode(), b"=1+1",
    b"ada", b"Ada ", b"ADA\x07", b"con", b"x" * 200, b"ada-1a2b3c4d", b"..x", b"%2e%2e", b"'; --",
    "zero\u200bwidth".encode(), "a\u2028b".encode(),
]  # fmt: skip


def test_no_name_can_merge_overwrite_or_colour_anything(tmp_path):
    for name in NAMES:
        folder = os.path.join(os.fsencode(tmp_path), name)
        os.makedirs(folder)
        with open(os.path.join(folder, b"x.ipynb"), "w") as file:
            file.write(notebook())
    found = find_submissions(tmp_path)
    names = [one.student for one in found]
    assert len(names) == len(NAMES)
    assert len(set(names)) >= len(NAMES) - 1, "but for the two ways to write Ada"
    assert all(name.isprintable() and name == name.strip() for name in names)
    files = [reports.file_name(name) for name in set(names)]
    assert len({file.casefold() for file in files}) == len(set(names))
    assert not any(set(file) & set('/\\:*?"<>|\r\n\x1b') for file in files)
    assert {"eveÿþ", "José"} <= set(names)


def test_odd_folders_stop_nothing(tmp_path):
    deep = tmp_path / "deep"
    deep.mkdir()
    here = os.open(deep, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    lay(tmp_path, "ada/x.ipynb", ".secret/x.ipynb", "ada/.ipynb_checkpoints/x.ipynb")
    lay(tmp_path, "ada/__MACOSX/x.ipynb", "ben/node_modules/y.ipynb", "ben/x.ipynb")
    shut = tmp_path / "shut"
    shut.mkdir()
    found = find_submissions(tmp_path)
    assert {one.student for one in found} == {"ada", "ben", "deep", "shut"}
    assert [one.trouble for one in found if one.student == "deep"] == ["folders nested too deeply"]
    assert sum(one.student == "ada" for one in found) == 1
    subprocess.run(["rm", "-rf", str(deep)], check=True)  # Python's own way is too short for it
    [empty] = [one for one in found if one.student == "shut"]
    assert empty.trouble == "no notebook in this folder"


def test_thousands_of_stray_files_are_told_in_one_word(tmp_path):
    lay(tmp_path, "ada/x.ipynb", *(f"ada/{n}.docx" for n in range(3000)))
    lay(tmp_path, *(f"ben/{n}.ipynb" for n in range(100)))
    found = find_submissions(tmp_path)
    of_ada = [one for one in found if one.student == "ada"]
    assert [one.name for one in of_ada] == ["x.ipynb", "3000 other files"]
    assert len([one for one in found if one.student == "ben" and not one.trouble]) == 40


# ---- ZIP files ------------------------------------------------------------------------------


def link(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, target


def test_zip_files_are_read_and_trusted_in_nothing(tmp_path):
    path = tmp_path / "class" / "eve.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("work/x.ipynb", notebook())
        for name in (
            "../../climbed.ipynb",
            "/etc/absolute.ipynb",
            "C:/drive.ipynb",
            "a\\..\\..\\b.ipynb",
        ):
            archive.writestr(name, notebook())
        archive.writestr(*link("linked.ipynb", "/etc/passwd"))
        archive.writestr("bomb.ipynb", b"0" * 80_000_000)
        archive.writestr("nested.zip", zipped({"y.ipynb": notebook(1), "z.zip": b"PK"}))
        archive.writestr(".hidden/x.ipynb", notebook())
    (tmp_path / "class" / "torn.zip").write_bytes(path.read_bytes()[:500])
    found = find_submissions(tmp_path / "class")
    good = [one for one in found if not one.trouble]
    assert [(one.student, one.name) for one in good] == [("eve", "y.ipynb"), ("eve", "x.ipynb")]
    assert all(one.path.read_text() for one in good)
    assert "other files" in next(one.name for one in found if one.trouble and one.student == "eve")
    troubles = " ".join(entry.trouble for entry in safe_walk.walk(tmp_path / "class"))
    for words in ("climbs out", "a link", "too large", "damaged ZIP"):
        assert words in troubles
    assert list(tmp_path.rglob("climbed*")) == []


def test_a_zip_that_lies_about_its_size_is_read_to_the_bound_only(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_walk, "LARGEST", 1000)
    path = tmp_path / "eve.zip"
    path.write_bytes(zipped({"x.ipynb": b"1" * 5000}))
    lying = zipfile.ZipInfo.__init__
    assert lying
    with zipfile.ZipFile(path) as archive:
        [member] = archive.infolist()
        member.file_size = 10
        with pytest.raises(safe_walk.Damaged):  # at the tenth byte its sum is wrong
            safe_walk._read(archive, member, 1000)


def test_words_beside_the_line_that_says_where_to_write_are_kept(tmp_path):
    """Some write below that line, or behind it, and leave it there; alone it is no answer."""
    exercise = read_exercise(EXAMPLE / "solutions" / NAME)
    notebook = json.loads((EXAMPLE / "exercises" / NAME).read_text(encoding="utf-8"))
    [cell] = [cell for cell in notebook["cells"] if cell["id"] == "essay-0_5"]
    line = "".join(cell["source"])
    before = "*Write your answer here, in your own words.*"
    for text, kept in (
        (line, ""),
        (before, ""),
        (f"{line}\n\nOPG holds RANKL.", "OPG holds RANKL."),
        (f"{before} OPG holds RANKL.", "OPG holds RANKL."),
    ):
        cell["source"] = text
        path = tmp_path / NAME
        path.write_text(json.dumps(notebook), encoding="utf-8")
        plan = matching.match(exercise, read_notebook(path).cells)
        assert list(plan.essays.values()) == [kept], text
        assert plan.untouched == (not kept), text


# ---- the class, end to end ------------------------------------------------------------------


@needs_wall
def test_a_handed_out_solution_is_recognised_not_counted_and_told(tmp_path, capsys):
    folder = tmp_path / "in"
    Handed({**RIGHT, "answer-0_4": "..."}).hand_in(folder / "ada")
    solution = (EXAMPLE / "solutions" / NAME).read_text(encoding="utf-8")
    (folder / "eve").mkdir()
    (folder / "eve" / "my own work.ipynb").write_text(solution, encoding="utf-8")
    stripped = json.loads(solution)  # saved by another program, without its metadata
    for number, cell in enumerate(stripped["cells"]):
        cell["metadata"], cell["id"] = {}, f"c{number}"
    (folder / "ida").mkdir()
    (folder / "ida" / "x.ipynb").write_text(json.dumps(stripped), encoding="utf-8")
    untouched = (EXAMPLE / "exercises" / NAME).read_text(encoding="utf-8")
    mine = (folder / "ada" / NAME).read_text(encoding="utf-8")
    course = {"c/solutions/x.ipynb": solution, "c/exercises/x.ipynb": untouched}
    (folder / "zoe.zip").write_bytes(zipped({**course, "c/bonelab-work/x.ipynb": mine}))
    out = tmp_path / "out"
    solutions = ["--solutions", str(EXAMPLE / "solutions")]
    assert main([str(folder), "--out", str(out), *solutions]) == 1
    told = capsys.readouterr().out
    book = json.loads((out / "results.json").read_text(encoding="utf-8"))["students"]
    for name in ("eve", "ida"):
        assert book[name]["marks"] == {}
        assert f"{name}: please look: this is the solution that a teacher has" in told
    assert sum(filter(None, book["zoe"]["marks"].values())) == 11
    [entry] = book["zoe"]["sets"]
    assert any("this is the solution" in remark for remark in entry["remarks"])
    assert any("untouched, and not counted" in remark for remark in entry["remarks"])


@needs_wall
def test_one_bad_entry_does_not_keep_the_others_from_being_written(tmp_path, monkeypatch, capsys):
    for name in (b"ada", b"\x1b[31mred\xff", b"a\rb"):
        folder = os.path.join(os.fsencode(tmp_path), b"in", name)
        os.makedirs(folder)
        with open(os.path.join(folder, b"\xff\x1b.docx"), "w") as file:
            file.write("x")
        with open(os.path.join(folder, b"x.ipynb"), "wb") as file:
            file.write((EXAMPLE / "exercises" / NAME).read_bytes())
    real = reports.html_report

    def failing(name, *rest):
        if name == "ada":
            raise RuntimeError("a report that cannot be written")
        return real(name, *rest)

    monkeypatch.setattr(reports, "html_report", failing)
    out, solutions = tmp_path / "out", ["--solutions", str(EXAMPLE / "solutions")]
    assert main([str(tmp_path / "in"), "--out", str(out), *solutions]) == 1
    captured = capsys.readouterr()
    assert "the report of ada could not be written" in captured.out
    assert "\x1b" not in captured.out + captured.err
    assert "\r" not in captured.out
    assert len(list((out / "reports").glob("*.html"))) == 2
    assert len(list((out / "reports").glob("*.txt"))) == 3
    assert main(["merge", str(out)]) == 1


def test_names_in_files_are_not_taken_for_students():
    for name in ("homework final.ipynb", "set_01_forward_signalling (1).ipynb", "12.ipynb"):
        assert students.name_in(name, SETS) == ""
    assert students.name_in("Müller_set_01_forward_signalling-2.ipynb", SETS) == "müller"
