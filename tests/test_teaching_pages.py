"""The pages for teachers keep up with the lessons: objectives, minutes, checks, and links."""

import re

import pytest
from lesson_runs import LAST, NAMES, NUMBERS, ROOT, lesson
from test_lessons import DISMISSIVE

from bonelab.course.asking.bank import questions

DOCS = ROOT / "docs"
HOURS = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PAGES = sorted((DOCS / "teaching").glob("*.md"))


@pytest.fixture(params=NUMBERS, ids=lambda number: NAMES[number])
def page(request):
    """``(number, text)`` of the page for one lesson."""
    path = DOCS / "teaching" / f"lesson-{request.param}.md"
    return request.param, path.read_text(encoding="utf-8")


def test_a_page_has_all_its_parts(page):
    parts = re.findall(r"^## (.+)$", page[1], re.MULTILINE)
    assert parts == [
        "Aims",
        "Minutes",
        "What students get wrong, and what to say",
        "Discussion",
        "Board",
        "Grading",
    ]


def test_the_minutes_add_up(page):
    rows = re.findall(r"^\| [^|]+ \| *(\d*) *\| *(\d+) *\|$", page[1], re.MULTILINE)
    assert rows[0] == ("50", "90")
    assert sum(int(short or 0) for short, _ in rows[1:]) == 50
    assert sum(int(long) for _, long in rows[1:]) == 90


def test_a_page_follows_its_lesson(page):
    number, text = page
    objectives = list(lesson(number).told["objectives"])
    assert f"Objectives {objectives[0]} to {objectives[-1]}" in text
    known = questions(number)
    for kind, word in (("check", "check"), ("prediction", "prediction")):
        named = set(re.findall(rf"{word}s? (\d+\.\d+)", text))
        assert named <= set(known[kind])
    assert set(known["check"]) <= set(re.findall(r"\d+\.\d+", text)), "each check has its place"


def test_the_tasks_of_the_lab_are_counted(page):
    words = ("none", "one", "two", "three", "four", "five", "six")
    tasks = re.findall(r"^\d+\. ", lesson(page[0]).cell("lab-tasks"), re.MULTILINE)
    assert f"{words[len(tasks)]} tasks" in page[1]


def test_self_study_takes_the_time_that_is_told():
    minutes = sum(lesson(number).told["minutes"] for number in NUMBERS)
    text = (DOCS / "teaching.md").read_text(encoding="utf-8")
    told = re.search(r"about (\w+) hours for the lessons", text)[1]
    assert abs(HOURS.index(told) + 6 - minutes / 60) <= 0.75, f"{minutes} minutes"


def test_the_questions_of_the_lessons_stand_in_the_overview():
    overview = (DOCS / "teaching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+\?) \| \[", overview, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(LAST + 1))
    for number, question in rows:
        opening = question.split()[:4]
        title = lesson(int(number)).markdown.splitlines()[0]
        assert " ".join(opening).lower() in title.lower(), title


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_index_names_every_page():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    missing = {path.name for path in DOCS.glob("*.md")} - set(
        re.findall(r"\(([\w-]+\.md)\)", index)
    )
    assert missing == {"README.md"}


@pytest.mark.parametrize("path", [DOCS / "teaching.md", *PAGES], ids=lambda path: path.name)
def test_the_pages_follow_the_rules_of_the_lessons(path):
    text = path.read_text(encoding="utf-8")
    assert [match[0] for match in DISMISSIVE.finditer(text)] == []
    assert not re.search(
        r"(?i)\bin our (class|school|pilot)|students (liked|learned|enjoyed)", text
    )
