"""A class of forty and its predictions on one set, invented, to look at its page."""

from bonelab.grading import kept_answers
from bonelab.grading.gradebook import Gradebook, HandedIn, Item, Question, add_to
from bonelab.grading.results import Finding, ItemResult

PARTS = {  # part: title, right at first try of 29, in the end of 36, what struck
    "5.1a": ("By hand: one head", 25, 35, {}),
    "5.1b": ("By hand: the next head", 15, 33, {"the odds, not the chance": 11}),
    "5.2": ("Who has company?", 24, 34, {"another unit": 2}),
    "5.3a": ("The bell", 26, 35, {}),
    "5.3b": ("The bell", 25, 34, {}),
    "5.3c": ("The bell", 19, 31, {"used up": 8, "poison": 2}),
    "5.4a": ("A western blot", 12, 29, {"below stays, above goes": 9}),
    "5.4b": ("A western blot", 24, 34, {}),
    "5.5a": ("Design an experiment", 27, 36, {}),
    "5.5b": ("Design an experiment", 9, 21, {"two changes at once": 13, "no control": 1}),
    "5.6a": ("What is left over", 23, 34, {"the share instead of the rise": 6}),
    "5.8": ("Bonus: in_cluster", 8, 10, {}),
}
PREDICTIONS = {
    "5.2": ([5] * 11 + [30] * 6 + [50] * 3 + [70] * 4 + [90] * 5, 48.0),
    "5.3": (["more clusters"] * 15 + ["same"] * 6 + ["fewer"] * 7 + [None], "fewer"),
}
BEST = ["rapamycin"] * 14 + ["cells without RANKL"] * 11 + ["ten times the vesicles"] * 4


def book():
    """The gradebook: thirty-six of forty handed set 5 in, all forty set 4."""
    questions = [Question("4.1", "set_04", "An earlier one", 1, [Item("4.1", 1)])]
    for part, (title, *_) in PARTS.items():
        number = part.rstrip("abc")
        if questions[-1].question != number:
            questions.append(Question(number, "set_05", title, 0, []))
        questions[-1].items.append(Item(part, 2, bonus=part == "5.8"))
    questions.append(Question("5.7", "set_05", "In words", 6, [Item("5.7", 6, [[6, "all"]])]))
    made = Gradebook(questions)
    entries = []
    for number in range(40):
        name = f"Learner {number:02d}"
        earlier = HandedIn("set_04", "graded", items={"4.1": ItemResult(1, 1)}, title="Set 4")
        entries.append((name, {}, earlier))
        if number < 36:
            entries.append((name, {}, _handed_in(number)))
    add_to(made, entries, [])
    return made


def _handed_in(number):
    items = {"5.7": ItemResult(6, None)}
    for part, (_, _, right, _) in PARTS.items():
        got = 2 if number < right else 0
        items[part] = ItemResult(2, got, got, 2, findings=[] if got else _findings(part, number))
    title = "Exercises 5 · Reverse signalling: when the word listens"
    return HandedIn("set_05", "graded", items=items, title=title)


def _findings(part, number):
    """Those who are wrong in the end met the first misconception, as far as it was met."""
    first = next(iter(PARTS[part][3].items()), ("", 0))
    nudge = first[0] if number - PARTS[part][2] < first[1] else ""
    return [Finding("x", "wrong", "w", 0, 2, nudge)]


def files():
    """What twenty-nine of them kept: ``[(learner, content)]``."""
    made = []
    for number in range(29):
        guesses = {
            id: {"answer": given[number], "run": run}
            if given[number] is not None
            else {"skipped": True, "run": run}
            for id, (given, run) in PREDICTIONS.items()
        }
        parts = {
            part: {"right": number < right, "nudges": _met(part, number)}
            for part, (_, right, _, _) in PARTS.items()
        }
        checks = {"5.4": {"choices": [BEST[number]], "right": True}}
        kinds = {"predictions": guesses, "checks": checks, "parts": parts}
        made.append((f"Learner {number:02d}", {"schema": 1, **kinds}))
    return made


def _met(part, number):
    """The misconceptions at first try of those who were right in the end."""
    _, first, end, struck = PARTS[part]
    place, still = number - first, 36 - end  # among the wrong ones; those who still are in the end
    for name, learners in struck.items():
        mended = learners - min(still, learners)
        if 0 <= place < mended:
            return [name]
        place, still = place - mended, 0
    return []


def asked(kind, id):
    """The questions as a course would ask them."""
    texts = {
        "5.2": "What percent of the RANKL is held by vesicles?",
        "5.3": "100,000 times as many vesicles: what becomes of the clusters?",
        "5.4": "Which is the best experiment?",
    }
    known = {"question": texts[id], "options": [], "right": ""}
    if id == "5.2":
        return known | {"low": 0, "high": 100, "unit": "%"}
    options = ["more clusters", "same", "fewer"] if id == "5.3" else sorted(set(BEST))
    return known | {"options": options, "right": "cells without RANKL" if id == "5.4" else ""}


def answers():
    """All of it, collected as the grader does."""
    made = book()
    in_the_end = {
        (name, item): {finding.nudge for finding in result.findings}
        for name, student in made.students.items()
        for entry in student.sets
        for item, result in entry.items.items()
    }
    names = {name for *_, struck in PARTS.values() for name in struck}
    kept = files()
    collected = kept_answers.collect([data for _, data in kept], asked)
    return collected | {"parts": kept_answers.first_tries(kept, in_the_end, names)}
