"""From results of single notebooks to one gradebook for the class."""

from bonelab.course.grade.source import CHECK, rubric


def make_book(jobs, results, exercises):
    """The gradebook (plain dict): the questions that were met, and each student's record."""
    met = {result["exercise"] for result in results}
    questions = [
        {
            "question": cell.question,
            "exercise": exercise.name,
            "title": exercise.titles.get(cell.question, ""),
            "points": cell.points,
            "rubric": [] if cell.kind == CHECK else rubric(cell) or [[cell.points, "as told"]],
        }
        for exercise in exercises
        if exercise.name in met
        for cell in exercise.items
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
    for question, item in entry["items"].items():
        record["marks"][question] = item["got"]
        if item.get("seen_points") is not None:
            item["hidden_points"] = item["points"] - item["seen_points"]
            item["hidden_got"] = max(0, (item["got"] or 0) - item["seen"])
    record["essays"] |= entry["essays"]


def _total(entry):
    return sum(item["got"] or 0 for item in entry["items"].values())
