"""What a class page proposes to say next time, to leave and to watch: sentences from counts."""

from bonelab.grading.comparison import QUOTED

MOST = 4
ALONE = 30  # points of a percent between the first try and the end: they got there by themselves
NEARLY_ALL = 85  # percent
WORTH = 5  # learners


def suggestions(rows, predictions, checks):
    """Up to four sentences, those first that concern most learners."""
    worth_saying = []
    for row in rows:
        for name, learners in row.struck[:1]:
            words = f"{row.item}: {learners} met the misconception {_quoted(name)}."
            if name.startswith(QUOTED[0]):  # no misconception with a name, but a hint
                words = f"{row.item}: {learners} were told: {name}."
            worth_saying.append((learners, words))
    for one in predictions:
        wrong = [bar for bar in one.bars if not bar.is_run]
        run = next((bar for bar in one.bars if bar.is_run), None)
        most = max(wrong, key=lambda bar: bar.learners, default=None)
        if run and most and most.learners > run.learners:
            words = f"Prediction {one.id}: {most.learners} of {one.learners} guessed"
            rest = f"the run says {_quoted(run.answer)}. Show it once more."
            worth_saying.append((most.learners, f"{words} {_quoted(most.answer)}; {rest}"))
    for one in checks:
        wrong = [bar for bar in one.bars if not bar.is_run]
        most = max(wrong, key=lambda bar: bar.learners, default=None)
        if most and most.learners >= WORTH:
            words = f"Check {one.id}: {most.learners} of {one.learners} chose first"
            rest = "Ask it again, by hands."
            worth_saying.append((most.learners, f"{words} {_quoted(most.answer)}. {rest}"))
    worth_saying.sort(key=lambda one: -one[0])
    return [words for _, words in worth_saying[:MOST]]


def _quoted(words):
    return f"{QUOTED[0]}{words}{QUOTED[1]}"


def leave(rows):
    """Parts that were hard at first and that nearly all solved alone."""
    return [
        f"{row.item}: {row.right}% got there alone; a line on the board will do."
        for row in rows
        if row.first is not None and row.right >= NEARLY_ALL and row.right - row.first >= ALONE
    ]


def missing(exercise, book):
    """How many handed in an earlier set, and nothing from this one on."""
    order = list(dict.fromkeys(question.exercise for question in book.questions))
    earlier = set(order[: order.index(exercise)])
    done = [
        {entry.exercise for entry in student.sets if student.worked_on(entry)}
        for student in book.students.values()
    ]
    return sum(bool(sets & earlier) and sets <= earlier | {""} for sets in done)
