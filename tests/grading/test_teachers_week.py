"""A teacher's week: resubmissions, late work, corrections, the platform's files, the class page."""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import datetime

import classroom
import pytest
from classroom import EXAMPLE, NAME, RIGHT, Handed
from markupsafe import escape

from bonelab.course.asking import bank
from bonelab.course.grade import main
from bonelab.grading import class_page, kept_answers, platform_files, reports
from bonelab.grading.check_tests import SIGNS, WRONG
from bonelab.grading.gradebook import (
    BEST,
    LAST,
    Gradebook,
    HandedIn,
    HumanMark,
    Item,
    Question,
    add_to,
)
from bonelab.grading.late_work import LateRule, moment_of
from bonelab.grading.matching import SEALS_USED, WORD_FOR_WORD
from bonelab.grading.results import Finding, ItemResult
from bonelab.grading.submission_plan import SOLUTION

needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
SOLUTIONS = ["--solutions", str(EXAMPLE / "solutions")]
SMALL = {cell: text for cell, text in RIGHT.items() if cell != "answer-0_4"}


def handed(got=1.0, words="", when="2027-03-01 10:00:00", file="a.ipynb", **more):
    items = {
        "1.1": ItemResult(2, got, got, 2),
        "1.2": ItemResult(3, None if words else 0),
    }
    essays = {"1.2": words}
    return HandedIn("set_01", "graded", [], items, essays, file=file, when=when, **more)


def book_of(entries, rule=BEST):
    questions = [
        Question("1.1", "set_01", "By hand", 2, [Item("1.1", 2)]),
        Question("1.2", "set_01", "In words", 3, [Item("1.2", 3, [[3, "all"]])]),
    ]
    book = Gradebook(questions)
    add_to(book, [(name, {}, entry) for name, entry in entries], [], rule)
    return book


# ---- resubmissions and late work ------------------------------------------------------------


def test_the_best_or_the_last_of_several_counts():
    tries = [
        ("ada", handed(2, when="2027-03-01 10:00:00", file="one.ipynb")),
        ("ada", handed(1, when="2027-03-02 10:00:00", file="two.ipynb")),
    ]
    for order in (tries, tries[::-1]):
        for rule, file, got in ((BEST, "one.ipynb", 2), (LAST, "two.ipynb", 1)):
            student = book_of([(n, handed_again(e)) for n, e in order], rule).students["ada"]
            assert [entry.file for entry in student.sets] == [file]
            assert student.mark("1.1") == got
            assert len(student.other) == 1
            assert any("was not counted" in remark for remark in student.sets[0].remarks)


def handed_again(entry):
    return HandedIn.from_plain(json.loads(json.dumps(entry.to_plain())))


def test_an_empty_notebook_never_takes_the_place_of_one_with_answers():
    worked = handed(2, when="2027-03-01 10:00:00", file="one.ipynb")
    empty = handed(0, when="2027-03-02 10:00:00", file="two.ipynb", untouched=True)
    for order in ((worked, empty), (empty, worked)):
        for rule in (BEST, LAST):
            student = book_of([("ada", handed_again(one)) for one in order], rule).students["ada"]
            assert [entry.file for entry in student.sets] == ["one.ipynb"]
            assert any("the one with answers was" in one for one in student.sets[0].remarks)


def test_an_essay_of_a_second_try_is_read():
    first = handed(2, file="one.ipynb")
    second = handed(1, words="RANKL is held.", when="2027-03-02 10:00:00", file="two.ipynb")
    student = book_of([("ada", first), ("ada", second)]).students["ada"]
    assert student.mark("1.1") == 2
    assert student.essays == {"1.2": "RANKL is held."}
    assert student.mark("1.2") is None, "to be read by a human"
    assert any("the words of 1.2 are those of two.ipynb" in r for r in student.sets[0].remarks)


def test_the_same_file_again_is_the_same_submission():
    book = book_of([("ada", handed(1, content="abc"))])
    add_to(book, [("ada", {}, handed(2, content="abc", when="2027-04-01 00:00:00"))], [])
    [entry] = book.students["ada"].sets
    assert (entry.items["1.1"].got, book.students["ada"].other) == (2, [])


@pytest.mark.parametrize(
    ("when", "days", "share"),
    [
        ("2027-03-01 18:00:00", 0, 1),
        ("2027-03-01 18:00:01", 1, 0.9),
        ("2027-03-02 18:00", 1, 0.9),
        ("2027-03-03 19:00", 3, 0.7),
        ("2027-03-09 19:00", 9, 0),
        ("", 0, 1),
        ("yesterday", 0, 1),
    ],
)
def test_late_work_by_the_day_begun(when, days, share):
    rule = LateRule(datetime(2027, 3, 1, 18), percent=10, most_days=7)
    assert rule.days(when) == days
    assert rule.share(days) == share
    assert moment_of("2027-03-01") == datetime(2027, 3, 2), "a day ends at midnight"


@pytest.mark.parametrize("when", ["2027-02-01 12:00", "2027-03-05 12:00", ""])
def test_what_the_platform_marks_comes_before_the_date_of_its_file(when):
    """Canvas packs a ZIP when it is downloaded; its files say LATE or they were on time."""
    rule = LateRule(datetime(2027, 3, 1, 18), percent=10, most_days=7)
    assert (rule.days(when, True), rule.days(when, False)) == (1, 0)


def test_late_work_is_told_and_its_share_counts():
    book = book_of([("ada", handed(2, late_days=3, share=0.5))])
    student = book.students["ada"]
    assert book.total(student) == 1
    assert "3 days late: 50%" in reports.marks_line(student, book)


# ---- reports --------------------------------------------------------------------------------


def test_a_report_never_counts_unread_words_as_lost():
    book = book_of([("ada", handed(2, words="So."))])
    line = reports.marks_line(book.students["ada"], book)
    assert line == "2 of 2 marks so far; 3 more are with your teacher, who reads your words"
    book.students["ada"].human["1.2"] = HumanMark(2)
    assert reports.marks_line(book.students["ada"], book) == "4 of 5 marks"


def test_what_is_wrong_comes_first_with_the_own_answer_and_figure():
    drawing = {"lines": [{"x": [1, 10], "y": [0, 2]}], "xlabel": "dose<b>", "ylabel": "y"}
    drawing["log"] = [True, False]
    entry = handed(1)
    entry.items["1.1"].findings = [
        Finding("one", "right", "Well.", 1, 1),
        Finding("two", "wrong", "Turned over.", 0, 1, "over", "taken = 2.0", drawing),
    ]
    book = book_of([("ada", entry)])
    text = reports.text_report("ada", book.students["ada"], book)
    assert text.index("Turned over.") < text.index("your answer: taken = 2.0") < text.index("Well.")
    assert text.index("-- To look at again --") < text.index("1.1 By hand")
    page = reports.html_report("ada", book.students["ada"], book)
    assert "<polyline points=" in page
    assert "dose&lt;b&gt;" in page
    assert "dose<b>" not in page


def test_a_corrected_mark_counts_and_is_told():
    book = book_of([("ada", handed(1))])
    student = book.students["ada"]
    student.human["1.1"] = HumanMark(2, "Seen.")
    student.sets[0].items["1.1"].findings = [Finding("taken", WRONG, "Divide by the sum.", 0, 1)]
    assert book.total(student) == 2
    text = reports.text_report("ada", student, book)
    assert "Your teacher gave 2 of 2 marks, in the place of the check." in text
    assert "Your teacher: Seen." in text
    assert "-- Right --" in text  # and nothing below says that it is not
    assert SIGNS[WRONG] not in text.split("-- Right --")[1]


def test_a_students_report_leaves_what_a_teacher_has_to_look_into_to_the_teacher():
    entry = handed(1)
    entry.remarks.append(f"also handed in old.ipynb ({SOLUTION})")
    entry.remarks += [WORD_FOR_WORD, f"the cell answer-0_1 {SEALS_USED}"]
    book = book_of([("ada", entry), ("ben", HandedIn(status=SOLUTION, file="b.ipynb"))])
    for name in ("ada", "ben"):
        for report in (reports.text_report, reports.html_report):
            told = report(name, book.students[name], book)
            assert "the solution that a teacher has" not in told
            assert "word for word" not in told
            assert "seals" not in told
            assert "his file was not counted; please speak with your teacher" in told


# ---- end to end -----------------------------------------------------------------------------


@needs_wall
def test_a_week_in_one_gradebook(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    Handed({**SMALL, "answer-0_1": "taken = 0.25"}).hand_in(folder / "ada")
    Handed(SMALL).hand_in(folder / "ben")
    assert main([str(folder), "--out", str(out), *SOLUTIONS]) == 0
    corrections = out / "corrections.csv"
    assert corrections.read_text(encoding="utf-8-sig") == "student,question,marks,comment\n"
    corrections.write_text("student,question,marks,comment\nada,Q0.1,1.5,Nearly.\n")
    assert main(["merge", str(out)]) == 0
    assert column(out, "Q0.1") == {"ada": "1.5", "ben": "2"}
    assert "Q0.1 corrected from 1 to 1.5" in column(out, "remarks")["ada"]

    assert main([str(folder), "--out", str(out), *SOLUTIONS]) == 0  # again: corrections stay
    assert column(out, "Q0.1") == {"ada": "1.5", "ben": "2"}

    late = tmp_path / "late"
    Handed(SMALL).hand_in(late / "cem")
    more = ["--add", "--due", "2020-01-01", "--late", "100"]
    assert main([str(late), "--out", str(out), *more, *SOLUTIONS]) == 0
    assert column(out, "total") == {"ada": "10.5", "ben": "11", "cem": "0"}
    assert column(out, "late")["cem"].endswith("d: 0%")

    again = tmp_path / "again"
    Handed(SMALL).hand_in(again / "ada")
    corrections.write_text("student,question,marks,comment\n")
    assert main([str(again), "--out", str(out), "--add", *SOLUTIONS]) == 0
    assert column(out, "total") == {"ada": "11", "ben": "11", "cem": "0"}
    assert main(["merge", str(tmp_path / "nowhere")]) == 2


def column(out, name):
    text = (out / "grades.csv").read_text(encoding="utf-8-sig")
    return {row["student"]: row[name] for row in csv.DictReader(io.StringIO(text, newline=""))}


@needs_wall
def test_feedback_goes_back_in_the_platforms_own_folders(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    exercise = (EXAMPLE / "exercises" / NAME).read_text(encoding="utf-8")
    places = [
        f"Zoë Å_1204_assignsubmission_file_/{NAME}",
        f"Gruppe 1-Ben Okri_1205_assignsubmission_file_/{NAME}",
        f"großjürgen_77_88_{NAME}",
        f"dora/{NAME}",
    ]
    for place in places:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(exercise, encoding="utf-8")
    assert main([str(folder), "--out", str(out), *SOLUTIONS]) == 0
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        names = sorted(archive.namelist())
        assert all(b"<!doctype html>" in archive.read(name) for name in names)
    assert names == [
        "Gruppe 1-Ben Okri_1205_assignsubmission_file_/report.html",
        "Zoë Å_1204_assignsubmission_file_/report.html",
        "dora/report.html",
        "großjürgen_77_88_00_example.html",
    ]
    # as Moodle reads it: the folder alone since 4.1, before that the whole path in five parts
    for read in (names[1].split("/")[0], f"/{names[1]}"):
        _, number, *plugin, rest = read.split("_", 4)
        assert (number, *plugin) == ("1204", "assignsubmission", "file")
    assert rest == "/report.html"


# ---- files for the platform -----------------------------------------------------------------


@pytest.fixture
def marked():
    book = book_of([("Zoë Åkesson", handed(2)), ("Ben Okri", handed(1)), ("cem", handed(0))])
    book.students["Zoë Åkesson"].ids = {"Moodle participant": "1204"}
    book.students["Ben Okri"].ids = {"Canvas user": "77"}
    book.students["cem"].ids = {}
    return book


def table_of(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_moodles_grading_worksheet_is_filled_in(tmp_path, marked):
    """As Moodle reads it: the number at the end of the identifier, and columns by their names."""
    path = tmp_path / "Grades.csv"
    path.write_text(
        "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,"
        "Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\n"
        'Participant 1204,Zoë Åkesson,z@x,Submitted,,5.00,Yes,"Monday, 1 March",-,\n'
        "Participant 1205,Nobody Here,n@x,No submission,-,5.00,Yes,-,-,\n",
        encoding="utf-8",
    )
    found = platform_files.fill(path, marked)
    assert found.text.startswith("\ufeffIdentifier,")
    rows = table_of(found.text)
    assert rows[1][:5] == ["Participant 1204", "Zoë Åkesson", "z@x", "Submitted", "2"]
    assert rows[1][7:] == ["Monday, 1 March", "-", ""]
    assert rows[2][4] == "-", "what Moodle wrote stays"
    assert (found.filled, found.without_row) == (1, ["Ben Okri", "cem"])


def test_a_worksheet_in_another_language_is_known_by_its_numbers(tmp_path, marked):
    path = tmp_path / "Bewertungen.csv"
    path.write_text(
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert"
        " werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar\n"
        "Teilnehmer/in1204,Zoë Åkesson,z@x,Abgegeben,,5,Ja,-,-,\n",
        encoding="utf-8",
    )
    assert table_of(platform_files.fill(path, marked).text)[1][4:6] == ["2", "5"]


def test_a_set_or_a_column_that_is_not_there_is_refused_in_words(tmp_path, marked):
    path = tmp_path / "Grades.csv"
    path.write_text("Identifier,Full name,Grade\nParticipant 1204,Zoë Åkesson,\n")
    with pytest.raises(platform_files.UnknownTable, match="there is set_01"):
        platform_files.fill(path, marked, exercise="set_77")
    with pytest.raises(platform_files.UnknownTable, match="no column 'Marks'"):
        platform_files.fill(path, marked, column="Marks")


def test_a_worksheet_of_our_own_has_the_columns_that_moodle_asks_for(marked):
    header, row = table_of(platform_files.worksheet(marked, "set_01"))
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(header)
    assert dict(zip(header, row, strict=True))["Identifier"] == "Participant 1204"
    assert dict(zip(header, row, strict=True))["Grade"] == "2"


def test_canvas_gradebook_is_filled_in(tmp_path, marked):
    """As Canvas reads it: Student and ID first, Section before the assignments, points below."""
    path = tmp_path / "gradebook.csv"
    path.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (4711),Final Score\n"
        ",,,,,Manual Posting,\n"
        "    Points Possible,,,,,5,(read only)\n"
        '"Okri, Ben",77,b77,bokri,A,,20\n'
        '"Åkesson, Zoë",78,z78,zak,A,,30\n'
        '"Student, Test",99,,t,A,,\n',
        encoding="utf-8",
    )
    found = platform_files.fill(path, marked, exercise="set_01", column="Set 1")
    rows = table_of(found.text)
    assert rows[0][5] == "Set 1 (4711)"
    assert rows[1][5] == "Manual Posting"
    assert rows[2][5] == "5"
    assert [row[5] for row in rows[3:]] == ["1", "2", ""], "by number, and by name turned round"
    assert [row[6] for row in rows[3:]] == ["20", "30", ""]
    assert found.without_row == ["cem"]


def test_a_canvas_gradebook_of_our_own(marked):
    header, points, row = table_of(platform_files.canvas(marked, "set_01"))
    assert header[0] == "Student"
    assert header[1:5] == ["ID", "SIS User ID", "SIS Login ID", "Section"]
    assert "Points Possible" in points[0]
    assert (points[5], row[1], row[5]) == ("5", "77", "1")


def test_a_list_of_people_gets_a_column_that_moodles_import_can_map(tmp_path, marked):
    path = tmp_path / "people.csv"
    path.write_text(
        "First name;Surname;ID number;Email address\n"
        "Zoë;Åkesson;0012;zoe@x.example\nBen;Okri;0013;ben@x.example\nCem;;0014;cem@x.example\n",
        encoding="utf-8",
    )
    found = platform_files.fill(path, marked)
    rows = list(csv.reader(io.StringIO(found.text), delimiter=";"))
    assert rows[0] == ["First name", "Surname", "ID number", "Email address", "Grade"]
    assert [row[2::2] for row in rows[1:]] == [["0012", "2"], ["0013", "1"], ["0014", "0"]]


def test_an_unknown_table_is_refused_in_words(tmp_path, marked):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(platform_files.UnknownTable, match="Identifier and Grade"):
        platform_files.fill(path, marked)


# ---- the class page -------------------------------------------------------------------------


def a_class(size=20):
    entries = []
    for number in range(size):
        entry = handed(2 if number % 2 else 1)
        nudge = "the odds, not the chance" if number < 7 else f"of one learner {number}"
        if not number % 2:
            entry.items["1.1"].findings = [Finding("x", "wrong", "w", 0, 1, nudge)]
        entries.append((f"Student {number:02d}", entry))
    return book_of(entries)


def answers(count=9):
    files = [
        {
            "schema": 1,
            "predictions": {
                "1.1": {"question": "Which share?", "answer": n * 10, "unit": "%", "run": 80.0},
                "1.3": {"answer": "fewer" if n % 3 else "none", "run": "fewer"},
                "1.4": {"question": "Who?", "answer": f"my name is {n}"},
                "2.1": {"question": "Another lesson", "answer": 1.0},
            },
            "checks": {"1.1": {"question": "Best?", "choices": ["A few", "None"], "right": True}},
        }
        for n in range(count)
    ]  # fmt: skip
    return kept_answers.collect(files)


def test_the_class_page_says_what_to_talk_about_and_names_nobody():
    page = class_page.page_of("set_01", a_class(), answers())
    assert "20 in the class" in page
    assert "Mean 1.5 of 2 automatic marks (middle half 1 to 2)" in page
    assert "50%" in page
    assert "the odds, not the chance (4)" in page
    assert "of one learner" not in page, "what only one learner met stays with that learner"
    assert "Student" not in page
    assert "my name is" not in page
    assert "Another lesson" not in page
    assert "9 of 9 were right in the end" in page
    assert page.count("<h1>") == 1
    assert "@page" in page


def test_the_class_page_counts_what_counts():
    """A teacher's marks in the place of the check's, and nobody who has handed in no answer."""
    book = a_class(20)
    for number in range(0, 20, 2):  # those who had 1 of 2 and met a misconception
        book.students[f"Student {number:02d}"].human["1.1"] = HumanMark(2)
    page = class_page.page_of("set_01", book, answers())
    assert (
        "Mean 2.0 of 2 automatic marks (middle half 2 to 2), 10 of them corrected by hand" in page
    )
    assert "the odds, not the chance" not in page, "the check was wrong about it"
    for number in range(1, 20, 2):
        book.students[f"Student {number:02d}"].sets[0].untouched = True
    page = class_page.page_of("set_01", book, answers())
    assert "20 in the class &middot; 10 handed in (and 10 without an answer, not counted)" in page
    book.students["Student 01"].human["1.2"] = HumanMark(1)  # an answer that a teacher has found
    assert "11 handed in (and 9 without" in class_page.page_of("set_01", book, answers())


def test_guesses_stand_beside_the_run():
    one = answers()["predictions"]["1.1"]
    bars = class_page._bins(one)
    assert sum(bar.learners for bar in bars) == 9
    [run] = [bar for bar in bars if bar.is_run]
    assert run.answer == "80 to 100%"
    assert run.learners == 1
    bars = class_page._options(answers()["predictions"]["1.3"])
    found = [(bar.answer, bar.learners, bar.is_run) for bar in bars]
    assert found == [("fewer", 6, True), ("none", 3, False)]


def test_few_learners_are_not_shown():
    page = class_page.page_of("set_01", a_class(12), answers(7))
    assert "Which share?" not in page
    assert "appear here once 8 learners" in page


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        '{"schema": 2}',
        '{"schema": 1, "predictions": [1]}',
        '{"schema": 1, "checks": {"1": 2}}',
        '{"schema": 1, "predictions": {"1.1": {"answer": {"x": 1}}}}',
        "[" * 9000,
    ],
)
def test_odd_files_of_answers_do_no_harm(tmp_path, content):
    path = tmp_path / "answers.json"
    path.write_text(content)
    found = kept_answers.collect([kept_answers.read(path)])
    asked = [one for kind in ("predictions", "checks") for one in found[kind].values()]
    assert all(one.learners == 0 for one in asked)
    assert kept_answers.first_tries([("ada", kept_answers.read(path))], {}, set()) == {}


@needs_wall
def test_answers_that_are_handed_in_reach_the_class_page(tmp_path):
    """With the course's own words, whatever a file says of them."""
    folder, out = tmp_path / "in", tmp_path / "out"
    known = bank.questions(0)["prediction"]
    id, asked = next((id, one) for id, one in known.items() if "low" in one)
    for number in range(8):
        Handed().hand_in(folder / f"s{number}")
        entry = {"question": "forged", "answer": asked["low"], "run": asked["low"]}
        parts = {"0.1": {"right": number > 5, "nudges": ["my own words"]}}
        kept = {"schema": 1, "predictions": {id: entry, "0.99": entry}, "parts": parts}
        (folder / f"s{number}" / "answers.json").write_text(json.dumps(kept))
    assert main([str(folder), "--out", str(out), *SOLUTIONS]) == 0
    page = (out / "class" / "00_example.html").read_text(encoding="utf-8")
    assert escape(asked["question"]) in page
    assert "forged" not in page
    assert "my own words" not in page
    assert '<td>0.1</td><td>By hand</td><td class="n">25%</td><td class="n">0%</td>' in page
    assert Counter(page)["\u25ae"] == 8, "a mark for each learner"
    book = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert all(len(student["sets"]) == 1 for student in book["students"].values())
