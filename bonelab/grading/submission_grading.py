"""Mark one submission: drive the learner's process, run the checks on this side of the wall.

First the whole notebook runs and every check is made as the student could see it; what that found
is the report. Then all its processes are stopped, until no other submission's code will run any
more. Only then do hidden tests run, each against a snapshot of the learner's process taken at its
check; nothing but marks comes of them, so nothing of them can reach the report.
"""

import re
import time

from bonelab.grading import check_tests, sandbox, summing_up
from bonelab.grading.answer_exchange import Answers, error_text
from bonelab.grading.channel import Lost
from bonelab.grading.exercise_source import CHECK, ESSAY
from bonelab.grading.results import Finding, ItemResult
from bonelab.grading.submission_plan import LOOK, clean, plan_file

RESTARTS = 12  # of the notebook, each without one more step that ended its process
STUCK = 3  # times that the same cell was the last to come to its end: it ended what followed
NOTES = re.compile(  # what cell_runner remarks; other words from over there are not passed on
    r"input\(\) was used; while grading nobody is there to answer|a shell line \(!\) was left out"
    r"|(the line %|a cell that starts with %%)\w{1,20} was left out"
)


class SubmissionGrading:
    """One submission. ``visible()`` first; then, if it is ``waiting``, ``hidden()``; ``close()``.

    ``job`` holds the limits, student, key, secret folders and whether it is unconfined. ``tell`` is
    given the result whenever it grows.
    """

    def __init__(self, path, markers, job, tell=lambda result: None):
        self.marker, self.plan, self.result = plan_file(path, markers)
        self.job, self.tell = job, tell
        self.deadline = 0.0
        self.learner = None
        self.snapshots = {}  # item -> channel
        self.skip = {}  # steps that ended the learner's process -> in which way
        self.errors = {}  # item -> what stopped its cells, in the last attempt
        self.position = -1  # the step being carried out
        self.through = []  # steps of this attempt that came to their end
        self.got_to = []  # the same of each attempt that was lost, and where it was
        self.look_further = True
        self.broken = set()  # items whose check cell stopped by itself
        self.asked_in_vain = {}  # item -> names that its hidden tests need and that were not made

    @property
    def waiting(self):
        """Are there hidden tests still to be made?"""
        return self.learner is not None and bool(self.snapshots)

    def visible(self):
        """Run the notebook and the checks that students see; the result so far."""
        if self.marker is None:
            return self.result
        self.deadline = time.monotonic() + self.job.limits.submission_seconds
        exercise = self.marker.exercise
        self.result.essays = {item: clean(text) for item, text in self.plan.essays.items()}
        for cell in exercise.of_kind(CHECK):
            self._record(cell, 0, text="not reached")
        for cell in exercise.of_kind(ESSAY):
            blank = not self.plan.essays[cell.item]
            text = "\N{EN DASH} not attempted yet." if blank else ""
            self._record(cell, 0 if blank else None, text=text)
        done, stopped = set(), ""
        for _ in range(RESTARTS + 1):
            self.position, stopped = -1, ""
            try:
                self._attempt(done)
                break
            except Lost as lost:
                stopped = str(lost)
                self._suspect(stopped)
                self.close()
                if time.monotonic() > self.deadline:
                    break
                self._left_out(stopped, done)
        self._sum_up(stopped)
        return self.result

    def hidden(self):
        """Make the hidden tests; nobody else's code runs now. The result."""
        self.deadline = time.monotonic() + self.job.limits.submission_seconds
        self.learner.thaw()
        for cell in self.marker.exercise.of_kind(CHECK):
            if cell.item in self.snapshots and cell.item not in self.broken:
                try:
                    self._hidden(cell)
                except Lost:
                    continue  # what the visible tests found stays
                except Exception as error:
                    self._broken(cell, error)
                    self._sum_up("", freeze=False)
        return self.result

    def close(self):
        if self.learner:
            self.learner.stop()
        self.learner, self.snapshots = None, {}

    def _sum_up(self, stopped, freeze=True):
        out_of_time = bool(stopped) and time.monotonic() > self.deadline
        summing_up.sum_up(
            self.result,
            self.plan,
            stopped=f"{LOOK}the time for one submission was used up"
            if out_of_time
            else stopped and f"{LOOK}the notebook {stopped}",
            broken=bool(self.broken),
            errors=self.errors,
            left_out=self.skip,
            asked=summing_up.Asked(self.marker.exercise, self.asked_in_vain),
        )
        if self.waiting and freeze and not self.learner.freeze():
            self.close()
            self.result.status = f"{LOOK}its processes could not be stopped"

    def _suspect(self, words):
        """Remember a failure that another submission could have caused, by slowing this one or by
        using up the machine. What used up its own time or memory has nobody else to blame."""
        if words == "stopped unexpectedly" or (words == "did not answer in time" and self._idle()):
            self.result.suspects.append(words)

    def _idle(self):
        """Did the learner's processes not use up the time that their step has for computing?"""
        return self.learner is not None and self.learner.watch.computed < self._computed_until

    def _left_out(self, reason, done):
        """The step that ended the process is skipped from now on, and says so. Where the same cell
        was the last to come to its end again and again, it is that cell: what follows it is tried
        once more."""
        if self.position < 0:
            raise RuntimeError(f"the sandbox did not start: it {reason}")
        if self.position == len(self.plan.steps):
            self.look_further = False
            return
        self._skip(self.position, reason, done)
        self.got_to.append((self.through, self.position))
        latest = self.got_to[-STUCK:]
        if [through for through, _ in latest] != [self.through] * STUCK or not self.through:
            return
        last = self.plan.steps[self.through[-1]]
        if not (last.check or last.given):
            for _, position in latest:
                self._try_again(position, done)
            self._skip(self.through[-1], reason, done)

    def _skip(self, position, reason, done):
        self.skip[position] = reason
        step = self.plan.steps[position]
        if step.check:
            done.add(step.item)
            self._record(step.check, 0, text=f"! your answer {reason}.")

    def _try_again(self, position, done):
        del self.skip[position]
        if self.plan.steps[position].check:
            done.discard(self.plan.steps[position].item)

    def _lost(self):
        """Item -> what is said of its cells that are skipped."""
        lost = {}
        for position, reason in self.skip.items():
            step = self.plan.steps[position]
            if not step.check:
                lost.setdefault(step.item, []).append(f"your cell {reason}")
        return lost

    # -- one run of the notebook --

    def _attempt(self, done):
        hidden = [cell for cell in self.marker.exercise.of_kind(CHECK) if cell.has_hidden_tests]
        self.errors = self._lost()
        self.learner = sandbox.start(
            self.job.limits,
            snapshots=2 * len(hidden),
            secret=self.job.secret,
            unconfined=self.job.unconfined,
            subject=self.marker.subject,
        )
        self._free = dict(self.learner.snapshots)
        self.through = []
        for position, step in enumerate(self.plan.steps):
            self.position = position
            if position in self.skip:
                continue
            if step.check:
                self._visible(step.check, done)
            else:
                self._run(step)
            self.through.append(position)
        self.position = len(self.plan.steps)
        for cell in self.marker.exercise.of_kind(CHECK) if self.look_further else ():
            if self.result.items[cell.item].untried:
                self._late(cell)

    def _run(self, step):
        limits = self.job.limits  # a teacher's own cell may take its time
        most = limits.submission_seconds if step.given else limits.cell_seconds
        reply = self._ask(self.learner.channel, most)({"run": step.source, "label": step.label})
        error = reply.get("error")
        if isinstance(error, dict):
            words = f"your cell stopped with {clean(error_text(error))}"
            self.errors[step.item] = [*self.errors.get(step.item, []), words][-5:]
            if error.get("type") == "TooLong":
                if self._idle():
                    self.result.suspects.append("waited too long")
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

    def _visible(self, cell, done):
        if cell.has_hidden_tests:
            self._snapshot(cell)
        if cell.item not in done:
            self._mark(cell)
            done.add(cell.item)

    def _late(self, cell):
        """Not attempted where the check stands: perhaps the answer came further down."""
        self._mark(cell)
        if not self.result.items[cell.item].untried:
            self.plan.remark(f"the answer to {cell.item} stood further down; it was counted")
            if cell.has_hidden_tests:
                self._snapshot(cell)

    def _mark(self, cell):
        try:
            check = self._check(cell, self.learner.channel, hidden=False)
        except Exception as error:  # the teacher's own cell is at fault: others are still marked
            self._broken(cell, error)
            return
        self._record(
            cell,
            check.got,
            seen_points=check.points - check.undecided,
            findings=[Finding.of(result, clean) for result in check.results],
            text="\n".join(map(clean, check.notes)),
            untried=not {r.outcome for r in check.results} - {check_tests.EMPTY, check_tests.ERROR},
        )
        for note in check.notes:
            self.plan.remark(clean(note.removeprefix("Note: ").rstrip(".")))
        self.asked_in_vain[cell.item] = summing_up.asked_in_vain(
            cell, self.marker.exercise, self._answers(self.learner.channel)
        )
        self.tell(self.result)

    def _broken(self, cell, error):
        """A check cell of the solution that stopped itself: a human has to mark this item."""
        words = f"{type(error).__name__}: {clean(str(error))[:100]}"
        self.plan.remark(f"the check of {cell.item} itself stopped with {words}")
        text = "! the check of this part is broken; your teacher will mark it"
        self._record(cell, None, text=text)
        self.broken.add(cell.item)

    def _check(self, cell, channel, *, hidden):
        key, student = self.job.key if hidden else "", self.job.student
        answers = self._answers(channel)
        return self.marker.mark(cell, answers, hidden=hidden, student=student, key=key)

    def _answers(self, channel):
        return Answers(self._ask(channel, self.job.limits.call_seconds), self.marker.subject.kinds)

    def _snapshot(self, cell):
        number = next(iter(self._free))
        taken = self._ask(self.learner.channel, 10)({"snapshot": number}).get("taken")
        self.snapshots[cell.item] = self._free.pop(number) if taken else self.learner.channel

    def _hidden(self, cell):
        check = self._check(cell, self.snapshots[cell.item], hidden=True)
        self.result.items[cell.item].got = check.got
        self.tell(self.result)

    def _ask(self, channel, most):
        def ask(request):
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise Lost("took too long in all")
            limits = self.job.limits
            self._computed_until = self.learner.watch.computed + most
            seconds, waiting = min(most, left), min(most * limits.patience, left)
            return channel.ask(
                {**request, "seconds": seconds, "waiting": waiting},
                waiting + limits.grace,
                computing=seconds + limits.grace,
            )

        return ask

    def _record(self, cell, got, **more):
        self.result.items[cell.item] = ItemResult(cell.points, got, got, **more)
