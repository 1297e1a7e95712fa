"""Mark one submission: drive the learner's process, run the checks on this side of the wall.

First the whole notebook runs and every check is made as the student could see it; what that found
is the report. Only then do hidden tests run, each against a snapshot of the learner's process taken
at its check; nothing but marks comes of them, so nothing of them can reach the report.
"""

import re
import time

from bonelab.course import marks
from bonelab.course.answers import Answers, error_text
from bonelab.course.grade import sandbox
from bonelab.course.grade.channel import Lost
from bonelab.course.grade.match import match
from bonelab.course.grade.source import CHECK, ESSAY
from bonelab.course.grade.submission import Unreadable, read_notebook

RESTARTS = 12  # of the notebook, each without one more step that ended its process
NOTES = re.compile(  # what cells.py remarks; other words from over there are not passed on
    r"input\(\) was used; while grading nobody is there to answer|a shell line \(!\) was left out"
    r"|(the line %|a cell that starts with %%)\w{1,20} was left out"
)
LOOK = "please look: "


def grade_file(path, markers, job, tell=lambda result: None):
    """The result (plain dict) for the notebook at ``path``.

    ``markers`` holds a marking.Marker per exercise, ``job`` the limits, student, key, secret
    folders and whether it is unconfined. ``tell`` is given the result whenever it grows.
    """
    result = {"exercise": "", "status": "", "remarks": [], "items": {}, "essays": {}}
    if path.is_dir():
        return result | {"status": "no notebook in this folder"}
    ending = path.suffix.lower()
    other = f"not a notebook: a file that ends in {_clean(path.suffix)[:12] or 'nothing'}"
    if ending not in (".ipynb", ".json", ".txt"):  # some browsers add the latter two
        return result | {"status": other}
    try:
        cells, language, remarks = read_notebook(path)
    except Unreadable as error:
        return result | {"status": f"not a notebook: {error}" if ending == ".ipynb" else other}
    names = {cell["grade_id"] for cell in cells}
    named = [m for m in markers if names & {cell.id for cell in m.exercise.items}]
    plans = [(marker, match(marker.exercise, cells)) for marker in named or markers]
    marker, plan = max(plans, key=lambda pair: pair[1].matched)
    if not plan.matched:
        return result | {"status": "none of these exercises"}
    plan.remarks[:0] = remarks
    if language != "python":
        plan.remark(f"the notebook says its language is {language[:20]!r}; it was run as Python")
    return _Grading(marker, plan, job, result, tell).grade()


class _Grading:
    def __init__(self, marker, plan, job, result, tell):
        self.marker, self.plan, self.job, self.result, self.tell = marker, plan, job, result, tell
        self.deadline = time.monotonic() + job.limits.submission_seconds
        self.skip = set()  # steps that ended the learner's process
        self.lost = {}  # item -> what is said of such a step
        self.errors = {}  # item -> what stopped its cells, in the last attempt
        self.position = -1  # the step being carried out
        self.look_further = True

    def grade(self):
        exercise = self.marker.exercise
        essays = {item: _clean(text) for item, text in self.plan.essays.items()}
        self.result |= {"exercise": exercise.name, "essays": essays}
        for cell in exercise.of_kind(CHECK):
            self._record(cell, 0, "not reached")
        for cell in exercise.of_kind(ESSAY):
            blank = not self.plan.essays[cell.item]
            self._record(
                cell, 0 if blank else None, "\N{EN DASH} not attempted yet." if blank else ""
            )
        done, stopped = set(), ""
        for _ in range(RESTARTS + 1):
            self.position, stopped = -1, ""
            try:
                self._attempt(done)
                break
            except Lost as lost:
                stopped = str(lost)
                if time.monotonic() > self.deadline:
                    break
                self._left_out(stopped, done)
        self.result["status"] = f"{LOOK}the notebook {stopped}" if stopped else "graded"
        if stopped and time.monotonic() > self.deadline:
            self.result["status"] = f"{LOOK}the time for one submission was used up"
        for item, errors in self.errors.items():
            if item in self.result["items"] and errors:
                self.result["items"][item]["errors"] = errors
        self.result["remarks"] = [_clean(remark) for remark in self.plan.remarks]
        return self.result

    def _left_out(self, reason, done):
        """The step that ended the process is skipped from now on, and says so."""
        if self.position < 0:
            raise RuntimeError(f"the sandbox did not start: it {reason}")
        if self.position == len(self.plan.steps):
            self.look_further = False
            return
        self.skip.add(self.position)
        step = self.plan.steps[self.position]
        words = f"the code {reason}, and was left out"
        if step.check:
            done.add(step.item)
            self._record(step.check, 0, f"! your answer {reason}.")
        else:
            self.lost.setdefault(step.item, []).append(f"your cell {reason}")
        self.plan.remark(f"{step.label}: {words}")

    # -- one run of the notebook --

    def _attempt(self, done):
        hidden = [cell for cell in self.marker.exercise.of_kind(CHECK) if cell.has_hidden_tests]
        learner = sandbox.start(
            self.job.limits,
            snapshots=2 * len(hidden),
            secret=self.job.secret,
            unconfined=self.job.unconfined,
        )
        try:
            self.errors = {item: list(words) for item, words in self.lost.items()}
            snapshots = {}  # item -> channel
            free = dict(learner.snapshots)
            for position, step in enumerate(self.plan.steps):
                self.position = position
                if self.position in self.skip:
                    continue
                if step.check:
                    self._visible(learner, step.check, done, snapshots, free)
                else:
                    self._run(learner, step)
            self.position = len(self.plan.steps)
            for cell in self.marker.exercise.of_kind(CHECK) if self.look_further else ():
                if self.result["items"][cell.item].get("untried"):
                    self._late(learner, cell, snapshots, free)
            self._hidden(hidden, snapshots)
        finally:
            learner.stop()

    def _run(self, learner, step):
        limits = self.job.limits  # a teacher's own cell may take its time
        most = limits.submission_seconds if step.given else limits.cell_seconds
        reply = self._ask(learner.channel, most)({"run": step.source, "label": step.label})
        error = reply.get("error")
        if isinstance(error, dict):
            words = f"your cell stopped with {_clean(error_text(error))}"
            self.errors[step.item] = [*self.errors.get(step.item, []), words][-5:]
            if error.get("type") == "TooLong":
                self.plan.remark(
                    f"{step.label}: stopped when its time was up ({most:g} s of computing, or "
                    f"{most * limits.patience:g} s with all waiting)"
                )
        notes = reply.get("notes")
        for note in notes if isinstance(notes, list) else ():
            if NOTES.fullmatch(str(note)):
                self.plan.remark(str(note))
        if reply.get("full") is True:
            raise Lost("used more memory than allowed")

    def _visible(self, learner, cell, done, snapshots, free):
        if cell.has_hidden_tests:
            self._snapshot(learner, cell, snapshots, free)
        if cell.item not in done:
            self._mark(learner.channel, cell)
            done.add(cell.item)

    def _late(self, learner, cell, snapshots, free):
        """Not attempted where the check stands: perhaps the answer came further down."""
        self._mark(learner.channel, cell)
        if not self.result["items"][cell.item].get("untried"):
            self.plan.remark(f"the answer to {cell.item} stood further down; it was counted")
            if cell.has_hidden_tests:
                self._snapshot(learner, cell, snapshots, free)

    def _mark(self, channel, cell):
        answers = Answers(self._ask(channel, self.job.limits.call_seconds))
        check = self.marker.mark(cell, answers, hidden=False, student=self.job.student)
        text = "\n".join(_clean(str(result)) for result in check.results)
        self._record(cell, check.got, text, check.points - check.undecided)
        outcomes = {result.outcome for result in check.results}
        self.result["items"][cell.item]["untried"] = outcomes == {marks.EMPTY}
        self.tell(self.result)

    def _snapshot(self, learner, cell, snapshots, free):
        number = next(iter(free))
        taken = self._ask(learner.channel, 10)({"snapshot": number}).get("taken")
        snapshots[cell.item] = free.pop(number) if taken else learner.channel

    def _hidden(self, cells, snapshots):
        for cell in cells:
            item = self.result["items"][cell.item]
            if cell.item not in snapshots:
                continue
            ask = self._ask(snapshots[cell.item], self.job.limits.call_seconds)
            job = self.job
            try:
                check = self.marker.mark(
                    cell, Answers(ask), hidden=True, student=job.student, key=job.key
                )
            except Lost:
                continue  # what the visible tests found stays
            item["got"] = check.got
            self.tell(self.result)

    def _ask(self, channel, most):
        def ask(request):
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise Lost("took too long in all")
            limits = self.job.limits
            seconds, waiting = min(most, left), min(most * limits.patience, left)
            return channel.ask(
                {**request, "seconds": seconds, "waiting": waiting},
                waiting + limits.grace,
                computing=seconds + limits.grace,
            )

        return ask

    def _record(self, cell, got, text, seen_points=None):
        self.result["items"][cell.item] = {
            "got": got,
            "points": cell.points,
            "seen": got,
            "seen_points": seen_points,
            "text": text,
        }


def _clean(text):
    """Without addresses (they change from run to run) and without control characters."""
    text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
