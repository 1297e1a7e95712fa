"""Judge numbers, lists of numbers and functions: right, right in method, or wrong in which way.

The words for a wrong number come from the question's own nudge for this very value, else from the
net of common slips, else from the nudges about its size, else from the general one.
"""

import inspect
import re
from dataclasses import dataclass

from bonelab.grading import comparison, net
from bonelab.grading.answer_exchange import OWN_NUMBER, Call
from bonelab.grading.number_reading import Asked, number, numbers, show, what, with_unit

WITH_WORDS = re.compile(r"\s*([-+\u2212]?[\d.,]++(?:[eE][-+]?\d++)?+)\s*[^\d\s].*")


NO_LIMIT = 1e-6  # an absolute limit below it is there for zeros alone


class Accepted(str):
    """Why an answer earns its marks though it is not the one that the question works out."""


@dataclass(frozen=True)
class Wanted:
    """What a part asks for and how near an answer must be."""

    asked: Asked
    kind: str
    rel: float
    abs: float
    digits: int
    alike: dict

    def close(self, answer, target):
        near = comparison.close(answer, target, self.rel, self.abs)
        return near or net.rounded_as_asked(answer, target, self.digits)

    def slip(self, answers, targets):
        """The words of the net for a wrong answer, with the name by which they are counted."""
        unit, kind = self.asked.unit, self.kind
        fits = net.reading(answers, targets, rel=self.rel, unit=unit, kind=kind, alike=self.alike)
        return comparison.named(*fits) if fits else ""

    def off(self, target=0.0):
        """How far off an answer is, in the words of the limit that it has passed."""
        if self.abs > max(self.rel * abs(target), NO_LIMIT):
            unit = "percentage points" if self.asked.unit == "%" else self.asked.unit
            return f"more than {with_unit(self.abs, unit)} off"
        return comparison.off(self.rel)


def as_numbers(values, asked):
    """The ``values`` with those that are numbers in other clothing as numbers; None if none is."""
    read = [number(value, asked) for value in values]
    plain = [
        value if isinstance(one, str) else one for value, one in zip(values, read, strict=True)
    ]
    other = [isinstance(value, (str, list)) or hasattr(value, "ndim") for value in values]
    changed = any(o and not isinstance(one, str) for o, one in zip(other, read, strict=True))
    return plain if changed else None


def unread(names, values, asked):
    """Of answers that should be numbers with a unit: why the first text among them is none."""
    for name, value in zip(names, values, strict=True) if asked.unit else ():
        if isinstance(value, str) and isinstance(words := number(value, asked), str):
            return f"{name} {words}"
    return ""


def judge_number(name, expected, wanted, nudge, given, follows, answer_named):
    """A judge of ``(answer, *given answers)``, for Check. ``follows`` maps the names of earlier
    answers to their right values; ``answer_named(name)`` brings the learner's."""

    def judge(value, *others):
        answer = number(value, wanted.asked)
        if isinstance(answer, str):
            return f"{name} {answer}"
        base = [as_it_stands(other, wanted.asked) for other in others]
        if words := _no_number(given, base):
            return words
        right = [comparison.value_of(one, *base) for one in follows.values()]
        target = comparison.value_of(expected, *base, *right)
        if wanted.close(answer, target):
            return True
        if followed := _followed(answer, expected, base, list(follows), wanted, answer_named):
            return followed

        def is_this(wrong):
            return comparison.close(answer, slip(wrong, base, right), wanted.rel, wanted.abs)

        net_says = wanted.slip([answer], [target])
        hint = comparison.nudge(nudge, answer, is_this, net_says)
        shown = with_unit(answer, wanted.asked.unit)
        return comparison.after(f"you have {shown}, {wanted.off(target)}.", hint)

    return judge


def slip(wrong, base, right):
    """The number that a misconception leads to. It may ask for the given answers alone, or for the
    right values of the earlier ones as well."""
    if not callable(wrong):
        return wrong
    try:
        inspect.signature(wrong).bind(*base, *right)
    except TypeError:
        return wrong(*base)
    return wrong(*base, *right)


def as_it_stands(value, asked):
    """The number of another part, whose unit is not this part's: "60 mg" is 60."""
    if isinstance(value, str) and (match := WITH_WORDS.fullmatch(value)):
        value = match[1]
    return number(value, Asked("", "", asked.quantity))


def _no_number(names, values):
    """Why the first of the given answers that is no number is none, or ""."""
    refused = (f"{name} {words}" for name, words in zip(names, values, strict=True)
               if isinstance(words, str))  # fmt: skip
    return next(refused, "")


def _followed(answer, expected, base, names, wanted, answer_named):
    """The right method on the learner's own earlier values, whatever these are worth."""
    values = [as_it_stands(answer_named(name), wanted.asked) for name in names]
    if not names or any(isinstance(value, str) for value in values):
        return None
    try:
        target = comparison.value_of(expected, *base, *values)
        if not wanted.close(answer, target):
            return None
    except Exception:
        return None
    return _worked_out_from(names, values)


def _worked_out_from(names, values):
    earlier = " and ".join(f"{n} = {show(v)}" for n, v in zip(names, values, strict=True))
    return Accepted(f"the method is right, worked out from your own {earlier}; it earns its marks.")


def judge_followed(test, values, names, follows, earlier):
    """The verdict of ``test(*values, *earlier answers)``: with their right values, else with the
    learner's own, which ``earlier(name)`` brings."""
    own_number = [value for name, value in zip(names, values, strict=True) if name == OWN_NUMBER]
    right = [comparison.value_of(one, *own_number) for one in follows.values()]
    verdict = test(*values, *right)
    if verdict is True or not follows:
        return verdict
    own = [earlier(name) for name in follows]
    if any(map(comparison.is_empty, own)) or test(*values, *own) is not True:
        return verdict
    return _worked_out_from(follows, own)


def judge_numbers(name, expected, wanted, nudge, given=()):
    """A judge of ``(list, *given answers)``, for Check."""

    def judge(value, *others):
        import numpy as np

        answer = numbers(value, wanted.asked)
        if isinstance(answer, str):
            return f"{name} {answer}"
        base = [as_it_stands(other, wanted.asked) for other in others]
        if words := _no_number(given, base):
            return words
        target = np.asarray(comparison.value_of(expected, *base), float)
        if answer.shape != target.shape:
            return f"{name} is {what(answer)}; {what(target)} is asked for."
        near = [wanted.close(f, t) for f, t in zip(answer.ravel(), target.ravel(), strict=True)]
        if all(near):
            return True
        slip = wanted.slip(answer.ravel().tolist(), target.ravel().tolist())
        hint = comparison.nudge(
            nudge,
            answer,
            lambda wrong: np.allclose(
                answer, comparison.value_of(wrong, *base), wanted.rel, wanted.abs
            ),
            slip or _reordered(answer, target, wanted),
        )
        wrong = [n for n, one in enumerate(near, 1) if not one]
        which = f"entry {wrong[0]} is" if len(wrong) == 1 else f"{len(wrong)} of {len(near)} are"
        largest = max(abs(target.ravel()[n - 1]) for n in wrong)
        return comparison.after(f"{which} {wanted.off(largest)}.", hint)

    return judge


def _reordered(answer, target, wanted):
    pairs = zip(sorted(answer.ravel()), sorted(target.ravel()), strict=True)
    if not all(wanted.close(one, other) for one, other in pairs):
        return ""
    words = "The numbers are right, but they do not stand in the order asked for."
    return comparison.named(net.ORDER, words)


def judge_function(name, cases, expected, wanted, nudge, tell_expected):
    cases = [case if isinstance(case, tuple) else (case,) for case in cases]

    def judge(function):
        if not isinstance(function, Call):
            return f"{name} is {what(function)}; a function is asked for, def {name}(...)."
        answers = [number(function(*case), wanted.asked) for case in cases]
        targets = [expected(*case) for case in cases]
        slip = ""
        if not any(isinstance(value, str) for value in answers):
            slip = wanted.slip(answers, targets)
        hint = comparison.nudge(
            nudge,
            answers,
            lambda wrong: comparison.same(answers, cases, wrong, wanted.rel, wanted.abs),
            slip,
        )
        for case, value, target in zip(cases, answers, targets, strict=True):
            call = f"{name}({', '.join(map(show, case))})"
            if isinstance(value, str):
                return f"{call} {value}"
            if not wanted.close(value, target):
                should = f"; it should be {show(target)}" if tell_expected else ""
                shown = f"{call} is {show(value)}, {wanted.off(target)}{should}."
                return comparison.after(shown, hint)
        return True

    return judge
