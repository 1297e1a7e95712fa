"""What grading one submission found: small records with names, which become JSON and come back."""

from dataclasses import dataclass, field

from bonelab.grading.check_tests import RIGHT
from bonelab.grading.learner_drawing import plain_drawing


@dataclass
class Finding:
    """What one test of a check said."""

    what: str
    outcome: str  # "right", "wrong", "error" or "not attempted"
    text: str
    got: float
    points: float
    nudge: str = ""  # the short name of a misconception
    answer: str = ""  # the learner's own answer, in short
    drawing: list | None = None  # the learner's own figure, as numbers and words
    waits: list = field(default_factory=list)  # names that were never made, and are needed

    @classmethod
    def of(cls, result, clean):
        return cls(
            clean(result.what),
            result.outcome,
            clean(result.text),
            result.got,
            result.points,
            clean(result.nudge),
            clean(result.answer),
            plain_drawing(result.drawing) if result.outcome != RIGHT else None,
            [clean(name) for name in result.waits],
        )


@dataclass
class ItemResult:
    """Marks for one item (a check or an essay), and what is said of it."""

    points: float
    got: float | None  # None: a human has yet to read it
    seen: float | None = None  # of these, what the learner's own notebook could show
    seen_points: float | None = None
    text: str = ""
    findings: list[Finding] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    untried: bool = False

    @property
    def hidden_points(self):
        return 0 if self.seen_points is None else self.points - self.seen_points

    @property
    def hidden_got(self):
        return max(0, (self.got or 0) - (self.seen or 0))


@dataclass
class SubmissionResult:
    """The findings of a whole submission."""

    exercise: str = ""
    status: str = ""
    remarks: list[str] = field(default_factory=list)
    items: dict[str, ItemResult] = field(default_factory=dict)
    essays: dict[str, str] = field(default_factory=dict)
    untouched: bool = False  # nobody has worked on it
    attempted: bool = True  # is there any answer in it, right or wrong?
    suspects: list[str] = field(default_factory=list)  # failures that others could have caused

    @property
    def has_no_answer(self):
        """Was it handed in as it was handed out, or without one answer?"""
        return self.untouched or not self.attempted

    @property
    def total(self):
        return sum(item.got or 0 for item in self.items.values())

    def to_plain(self):
        """The same as dicts and lists. It is told after every mark, so nothing is copied deeply."""
        return {**vars(self), "items": {name: _plain(item) for name, item in self.items.items()}}

    @classmethod
    def from_plain(cls, data):
        items = {
            name: ItemResult(
                **{**item, "findings": [Finding(**finding) for finding in item["findings"]]}
            )
            for name, item in data["items"].items()
        }
        return cls(**{**data, "items": items})


def _plain(item):
    return {**vars(item), "findings": [dict(vars(finding)) for finding in item.findings]}
