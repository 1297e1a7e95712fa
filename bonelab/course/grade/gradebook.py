"""From results of single notebooks to one gradebook for the class."""

from bonelab.course.grade.source import CHECK, rubric


def make_book(jobs, results, exercises):
    """The gradebook (plain dict): the questions that were met, each with the items that carry its
    marks, and each student's record, by item."""
    met = {result["exercise"] for result in results}
    questions = [
        _question(exercise, question)
        for exercise in exercises
        if exercise.name in met
        for question in exercise.questions
    ]
    titles = {exercise.name: exercise.title for exercise in exercises}
    students = {}
    for job, result in sorted(zip(jobs, results, strict=True), key=lambda pair: str(pair[0].path)):
        record = students.setdefault(
            job.student, {"sets": [], "marks": {}, "essays": {}, "human": {}}
        )
        entry = dict(result, file=job.path.name, remarks=list(result["remarks"]))
        entry["title"] = titles.get(result["exercise"], job.path.name)
        _add(record, entry)
    return {"questions": questions, "students": students}


def _question(exercise, question):
    items = [
        {
            "item": cell.item,
            "points": cell.points,
            "rubric": [] if cell.kind == CHECK else rubric(cell) or [[cell.points, "as told"]],
        }
        for cell in exercise.items
        if cell.question == question
    ]
    return {
        "question": question,
        "exercise": exercise.name,
        "title": exercise.titles.get(question, ""),
        "points": sum(item["points"] for item in items),
        "items": items,
    }


def mark_of(question, student):
    """A student's marks for a whole question so far; None if none of its items is marked."""
    marks = [student["marks"].get(item["item"]) for item in question["items"]]
    known = [mark for mark in marks if mark is not None]
    return round(sum(known), 6) if known else None


def own_questions(student, questions):
    """The questions of the sets that a student handed in."""
    sets = {entry["exercise"] for entry in student["sets"]}
    return [question for question in questions if question["exercise"] in sets]


def waiting(student, questions):
    """The items of a student that a human has yet to mark."""
    items = [item["item"] for q in own_questions(student, questions) for item in q["items"]]
    return [item for item in items if student["marks"].get(item) is None]


def _add(record, entry):
    """Of two notebooks for one exercise the better counts, and a remark says so."""
    twins = [other for other in record["sets"] if other["exercise"] == entry["exercise"] != ""]
    if twins:
        [other] = twins
        best = max((other, entry), key=_total)
        rest = entry if best is other else other
        best["remarks"].append(f"two notebooks for this exercise; {rest['file']} was not counted")
        record["sets"].remove(other)
        entry = best
    record["sets"].append(entry)
    if not entry["exercise"] and any(other["exercise"] for other in record["sets"]):
        record["sets"].remove(entry)
        note = f"also handed in {entry['file']} ({entry['status']})"
        record["sets"][0]["remarks"].append(note)
        return
    for name, item in entry["items"].items():
        record["marks"][name] = item["got"]
        if item.get("seen_points") is not None:
            item["hidden_points"] = item["points"] - item["seen_points"]
            item["hidden_got"] = max(0, (item["got"] or 0) - item["seen"])
    record["essays"] |= entry["essays"]


def _total(entry):
    return sum(item["got"] or 0 for item in entry["items"].values())
