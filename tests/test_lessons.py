"""The lessons as one course: one frame, one set of words, prose that agrees with the runs."""

import ast
import json
import re
import sys
import tomllib
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path

import lesson_runs
import numpy as np
import pytest
from hidden_answers import leaks
from lesson_runs import LAST, NAMES, NUMBERS, ROOT, lesson, marked
from notebook_rules import headings, plain

import bonelab as bl
from bonelab.course import reference_pages
from bonelab.course.asking.bank import questions
from bonelab.course.glossary import terms, variables
from bonelab.labs import LABS

DISMISSIVE = re.compile(
    r"\b(just(?! (as|above|below|before|after)\b)|simply|obvious(ly)?|of course|eas(y|ily)|"
    r"trivial(ly)?|clearly|merely|needless to say)\b",
    re.IGNORECASE,
)
OTHER_SPELLINGS = re.compile(
    r"\b(signaling|tumors?|colou?r-blind safe|osteoclastogenesis|RANK-L|RANK-ligand|NF-?kappaB|"
    r"NF-kB|Runx-2|NFATC1|osteoprotegrin|resorbtion|estradiol|oestrogen|anti-body)\b"
)


@pytest.fixture(params=NUMBERS, ids=lambda number: NAMES[number])
def each(request):
    """One lesson after the other."""
    return lesson(request.param)


@pytest.mark.parametrize(
    ("shelf", "prefix"), [("lessons", ""), ("exercises", "set_"), ("solutions", "set_")]
)
def test_each_shelf_holds_one_notebook_for_each_lesson(shelf, prefix):
    names = {path.stem for path in (ROOT / shelf).glob(f"{prefix}[0-9]*.ipynb")}
    assert names == {prefix + name for name in NAMES.values()}


def test_lessons_are_numbered_without_gaps():
    assert tuple(range(LAST + 1)) == NUMBERS


def test_pages_tell_how_many_numbered_lessons_there_are():
    count = lesson_runs.count_in_words(len(NUMBERS))
    for page in lesson_runs.COUNTING:
        text = (ROOT / page).read_text(encoding="utf-8").casefold()
        assert f"{count} " in text, f"{page} should say that there are {count} lessons"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| [^|]+\? \|$", readme, re.M)
    assert rows == list(map(str, NUMBERS)), "README has one row for each lesson"
    minutes = [lesson(number).told["minutes"] for number in NUMBERS]
    assert f"Each takes {min(minutes)} to {max(minutes)} minutes" in readme
    standards = (ROOT / "docs/standards.md").read_text(encoding="utf-8")
    assert f"{count} lessons of {min(minutes)} to {max(minutes)} minutes" in standards


def test_pages_tell_how_much_there_is_in_a_lesson_and_in_a_set():
    standards = (ROOT / "docs/standards.md").read_text(encoding="utf-8")
    new = Counter(term.lesson for term in terms())
    assert f"| {min(new.values())} to {max(new.values())} new words a lesson" in standards
    sets = (
        json.loads(path.read_text("utf-8")) for path in (ROOT / "solutions").glob("set_*.ipynb")
    )
    minutes = [each["metadata"]["bonelab"]["minutes"] for each in sets]
    students = (ROOT / "docs/students-exercises.md").read_text(encoding="utf-8")
    assert f"({min(minutes)} to {max(minutes)} minutes)" in students
    paper = (ROOT / "paper.md").read_text(encoding="utf-8")
    aims = {len(lesson(number).told["objectives"]) for number in NUMBERS}
    assert "three or four numbered objectives" in paper
    assert aims == {3, 4}


# ---- size ----------------------------------------------------------------------------------------


def test_a_lesson_has_the_size_of_a_lesson(each):
    words = each.without("about").split()  # its head is made: contents, version, licence
    assert 900 <= len(words) <= 2000, "words"
    assert 30 <= len(each.notebook["cells"]) <= 60, "cells"
    assert sum(len(code.splitlines()) for code in each.code) <= 110, "lines of code, folded or not"
    assert 30 <= each.told["minutes"] <= 50, "minutes"


def test_the_time_told_to_the_reader_is_the_time_announced(each):
    assert f"| Time | {each.told['minutes']} minutes |" in each.markdown


# ---- frame ---------------------------------------------------------------------------------------


def test_a_lesson_opens_with_a_question_and_answers_it(each):
    title = headings(each.notebook)[0][1]
    assert title.startswith(f"Lesson {each.number} · ")
    assert title.endswith("?")
    last = each.cell("key-points")
    assert last.count("\n- ") >= 3, "key points"
    assert re.search(r"\n\*\*[^*]+\?\*\* \S", last), "the question is answered after the key points"


def test_the_parts_stand_in_the_order_of_the_frame(each):
    parts = [text for level, text in headings(each.notebook) if level == 2]
    numbered = [part for part in parts if re.match(r"\d", part)]
    assert [part.split(" · ")[0] for part in numbered] == [str(i + 1) for i in range(len(numbered))]
    assert 4 <= len(numbered) <= 7
    frame = ["You will be able to", "What you need", *numbered, "Key points", "Sources"]
    assert [part for part in parts if part in frame] == frame
    if each.number:  # lesson 0 introduces the course and has some parts of its own
        assert parts == frame
        assert "**Words of this lesson.**" in each.markdown
    assert "### What to notice" in each.markdown or questions(each.number)["lab"]


def test_a_lesson_says_what_is_measured_and_what_is_left_out(each):
    assert re.search(r"\| (What \| Where it comes from|Kind \| Example)", each.markdown)
    assert re.search(r"(?i)\bleaves? out|left out|what could go wrong", each.markdown)


def test_a_lesson_has_a_calculation_by_hand(each):
    assert re.search(r"(?i)by hand", each.markdown)


def test_the_next_step_and_the_exercise_exist(each):
    last = each.cell("next")
    if each.number < LAST:
        assert f"Lesson {each.number + 1}" in last
    name = f"exercises/set_{NAMES[each.number]}.ipynb"
    assert f"**Exercise:** [`{name}`](../{name})" in last
    for path in re.findall(r"`(\w+/[\w/]+\.\w+)`", each.markdown):
        assert (ROOT / path).exists(), path


def test_a_set_leads_back_to_its_lesson(each):
    exercise = ROOT / "exercises" / f"set_{each.path.name}"
    links = re.findall(r"\]\((\.\./lessons/[^)]+)\)", exercise.read_text(encoding="utf-8"))
    assert f"../lessons/{each.path.name}" in links
    assert all((exercise.parent / link).is_file() for link in links)


# ---- objectives, predictions, checks -------------------------------------------------------------


def test_the_objectives_are_those_announced(each):
    told = re.findall(r"^- \*\*(\d+\.\d+)\*\* ", each.cell("objectives"), re.MULTILINE)
    assert told == list(each.told["objectives"])


def test_every_objective_is_assessed_by_a_check_or_an_exercise(each):
    assessed = {entry["objective"] for entry in questions(each.number)["check"].values()}
    assert assessed <= set(each.told["objectives"])
    solution = ROOT / "solutions" / f"set_{each.path.name}"
    for cell in json.loads(solution.read_text(encoding="utf-8"))["cells"]:
        assessed |= set(cell["metadata"].get("bonelab", {}).get("objectives", ()))
    assert set(each.told["objectives"]) - assessed == set()


@pytest.mark.parametrize(("function", "kind"), [("check", "check"), ("predict", "prediction")])
def test_the_questions_used_are_those_that_exist(each, function, kind):
    assert sorted(each.called(function)) == sorted(questions(each.number)[kind])


def test_a_reader_predicts_and_is_checked_often_enough(each):
    of_the_labs = sum(bool(lab.prediction) for lab in each.labs())
    assert len(each.called("predict")) + of_the_labs >= 3
    assert len(each.called("check")) >= each.told["minutes"] / 15


def test_a_prediction_is_asked_before_its_answer_is_revealed(each):
    code = "\n".join(each.code)
    for id in each.called("predict"):
        pattern = rf'^bl\.(?:predict\("{id}"\)$|predict\("{id}"\)\.compare\(|reveal\(\s*"{id}",)'
        asked, *answered = re.finditer(pattern, code, re.MULTILINE)
        assert asked[0] == f'bl.predict("{id}")', f"{id} is asked in a line of its own"
        assert len(answered) == 1, f"{id} is answered once"


# ---- words ---------------------------------------------------------------------------------------


def prose_of_questions(number):
    path = ROOT / "bonelab" / "course" / "questions" / f"lesson_{number}.toml"
    return path.read_text(encoding="utf-8")


@cache
def prose_of_labs(number):
    """What the labs of a lesson ask first, and how they explain the answer."""
    asked = [lab.prediction for lab in lesson(number).labs() if lab.prediction]
    return " ".join(f"{prediction.question} {prediction.explain}" for prediction in asked)


def test_no_word_makes_a_reader_feel_slow(each):
    for text in (each.markdown, prose_of_questions(each.number)):
        assert [match[0] for match in DISMISSIVE.finditer(text)] == []


@pytest.mark.parametrize("name", LABS)
def test_no_lab_makes_a_reader_feel_slow(name):
    code = Path(import_module(LABS[name].partition(":")[0]).__file__).read_text(encoding="utf-8")
    texts = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and DISMISSIVE.search(text)] == []


def test_dismissive_words_are_found_and_their_neighbours_are_not():
    assert len(DISMISSIVE.findall("Just do it. It is simply easy, of course. Obviously.")) == 5
    assert not DISMISSIVE.search("Just as before: the cell adjusts; disease; justified; clear.")


def test_words_are_spelt_in_one_way(each):
    for text in (plain(each.markdown), prose_of_questions(each.number)):
        assert [match[0] for match in OTHER_SPELLINGS.finditer(text)] == []


def spelt(form):
    """A pattern for a term in prose: whole words, a plural s, capitals free unless they matter."""
    words = r"\s+".join(map(re.escape, form.split()))
    small = 0 if any(letter.isupper() for letter in form) else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){words}s?(?!\w)", small)


def pieces(term):
    """``head, arm`` -> head and arm; ``arm of a trial`` -> arm and a trial."""
    return re.split(r", | and | of ", term.term)


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.term)
def test_a_term_is_explained_where_it_is_first_used(term):
    patterns = [spelt(form) for form in term.spellings]
    for number in set(range(term.lesson)) - set(term.named_in):
        prose = plain(lesson(number).without("next"))
        early = [match[0] for pattern in patterns for match in pattern.finditer(prose)]
        assert early == [], f"lesson {number} uses it before lesson {term.lesson} explains it"
    words = marked(lesson(term.lesson).markdown)
    patterns += map(spelt, pieces(term))
    assert any(pattern.search(words) for pattern in patterns), f"lesson {term.lesson} marks it"


def test_every_word_of_a_lesson_is_in_the_glossary(each):
    words = re.search(r"\*\*Words of this lesson\.\*\*(.*?)(\n\n|$)", each.markdown, re.DOTALL)
    known = [spelt(form) for term in terms() for form in (term.term, *term.forms, *pieces(term))]
    for phrase in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", words[1] if words else ""):
        for word in squeezed(phrase).removeprefix("To ").split(", "):
            assert any(pattern.fullmatch(word) for pattern in known), word


# ---- sources -------------------------------------------------------------------------------------


def test_every_work_that_a_lesson_cites_is_among_its_sources(each):
    keys = re.findall(r'"(\w+)"', re.search(r"bl\.sources\((.*?)\)", each.cell("sources"), re.S)[1])
    assert len(keys) == len(set(keys))
    known = bl.parameters.references()
    listed = {(first_author(known[key].authors), known[key].year) for key in keys}
    cited = re.findall(
        r"([A-Z][\w-]+)(?: et al\.?|\s(?:&|and)\s[A-Z]\w+)?,? ((?:19|20)\d\d)\b",
        plain(each.markdown),
    )
    missing = {(name, int(year)) for name, year in cited} - listed
    assert {pair for pair in missing if pair[0] in authors()} == set()


@cache
def authors():
    return {first_author(entry.authors) for entry in bl.parameters.references().values()}


def first_author(authors):
    return re.match(r"[\w-]*", authors)[0]


# ---- runs ----------------------------------------------------------------------------------------


def test_a_cell_that_is_run_twice_gives_the_same_answer(each):
    _, changed, _ = each.run()
    assert changed == {}


def test_no_number_below_a_cell_has_digits_that_nobody_measured(each):
    each.run()
    assert each.said
    told = {name: text for name, text in each.said.items() if name != "sources"}  # page numbers
    found = {name: false_digits(text) for name, text in told.items()}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def false_digits(text):
    """Numbers with more than six digits that count, or with zeros that pandas filled up."""
    text = re.sub(r"\b10\.\d{4,}/\S+|https?://\S+", " ", text)  # DOIs and addresses
    numbers = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)", text)
    return [
        number for number in numbers if _digits(number) > 6 or re.search(r"\.\d{2,}00$", number)
    ]


def _digits(number):
    """How many digits of a number count: zeros before the first do not."""
    return len(number.replace(".", "").lstrip("0"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.2909944487358058", ["1.2909944487358058"]),
        ("0.21471117234169726 %", ["0.21471117234169726"]),
        ("-7.490304709141275e-05", ["7.490304709141275"]),
        ("CTX 14.1500", ["14.1500"]),
        ("14.15 of 1886 at 0.000123 and 123456", []),
        ("doi 10.1177/1177271919843825", []),
    ],
)
def test_false_digits_are_found_and_honest_ones_are_not(text, found):
    assert false_digits(text) == found


def test_no_answer_is_seen_before_the_question_is_answered(each):
    _, _, predictions = each.run()
    found = {asked.name: leaks(asked) for asked in predictions}
    assert {name: words for name, words in found.items() if words} == {}


def test_what_the_runs_show_stands_in_every_place_of_the_options():
    places = Counter(
        asked.options.index(asked.truth)
        for number in NUMBERS
        for asked in lesson(number).run()[2]
        if asked.options
    )
    assert all(0.25 <= places[place] / places.total() <= 0.45 for place in range(3)), places


PROSE = tomllib.loads((lesson_runs.HERE / "prose_numbers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "entry", PROSE["number"], ids=lambda entry: f"{entry['lesson']}-{entry['words'][:40]}"
)
def test_a_number_in_the_prose_is_that_of_the_run(entry):
    told = lesson(entry["lesson"])
    everything = told.markdown + prose_of_questions(told.number) + prose_of_labs(told.number)
    assert squeezed(entry["words"]) in squeezed(everything), "the sentence has changed"
    names = {**told.run()[0], "bl": bl, "np": np, "re": re}
    value = eval(entry["run"], names)
    if "is" in entry:
        assert plain_data(value) == entry["is"]
    else:
        fits = entry["low"] <= value <= entry["high"]
        assert fits, f"the run gives {value}: read the sentence again, then prose_numbers.toml"


def plain_data(value):
    """numpy's numbers and truths as Python's, so that they compare with those of the table."""
    return json.loads(json.dumps(value, default=lambda item: item.tolist()))


def squeezed(text):
    return " ".join(text.replace("**", "").split())


# ---- pages made from data ------------------------------------------------------------------------


@pytest.mark.parametrize("name", reference_pages.pages())
def test_the_reference_pages_are_fresh(name):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    fresh = page == reference_pages.pages()[name]
    assert fresh, "run python3 -m bonelab.course.reference_pages"


def test_a_slip_in_the_glossary_is_told_with_its_row(tmp_path, monkeypatch):
    path = tmp_path / "glossary.toml"
    path.write_text('[[term]]\nterm = "Kd"\ndefintion = "x"\nlesson = 1\n', encoding="utf-8")
    monkeypatch.setattr(sys.modules["bonelab.course.glossary"], "FILE", path)
    says = r"glossary\.toml, \[\[term\]\] 1 \('Kd'\): 'defintion' is no key.*'definition'"
    with pytest.raises(bl.BonelabError, match=says):
        terms.__wrapped__()


def test_the_glossary_finds_a_word_and_refuses_an_unknown_one():
    assert bl.glossary("osteoclasts").lesson == 0
    assert bl.glossary("nf-kb") == bl.glossary("NF-κB")
    assert "lesson 1" in repr(bl.glossary("Kd"))
    assert [term.lesson for term in bl.glossary(lesson=6)] == [6] * len(bl.glossary(lesson=6))
    assert len(bl.glossary()) == len({term.term for term in bl.glossary()})
    with pytest.raises(bl.BonelabError, match="Did you mean 'osteoclast'"):
        bl.glossary("osteoclat")
    with pytest.raises(bl.BonelabError, match="lesson = 99 explains no term"):
        bl.glossary(lesson=99)


@pytest.mark.parametrize("variable", variables(), ids=lambda variable: variable.symbol)
def test_a_symbol_of_the_table_stands_in_its_lesson(variable):
    text = lesson(variable.lesson).markdown
    formulas = " ".join(re.findall(r"\$\$.*?\$\$|\$[^$]*\$", text, re.DOTALL))
    for symbol in variable.symbol.split(",\\ "):
        assert re.search(rf"(?<![A-Za-z_\\]){re.escape(symbol)}(?![A-Za-z])", formulas), symbol


def test_no_glossary_entry_is_dismissive():
    assert [term for term in terms() if DISMISSIVE.search(term.definition)] == []
