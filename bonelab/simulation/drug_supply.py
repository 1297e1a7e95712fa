"""What drugs bring into bone over time: bone never acts back on a drug, so drugs are solved first.

Each drug is solved between events (doses, switches) and its course kept as cubic splines over the
square root of the time since the event, so that nodes are dense where a dose is absorbed. The
tissue then reads the splines, which costs it far less than carrying the drug along: an antibody
goes back and forth between blood and slow tissue within a day, bone cells need weeks. For many
women side by side every spline holds one value per woman.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt

import numpy as np
from scipy.interpolate import CubicSpline

from bonelab.biology.dosing import level_at
from bonelab.biology.remodelling import Inputs, Memory, MemoryOfMany

from .solver import NOISE, Change, integrate, no_less_than_zero, solve

_NODE, _FINEST = 0.05, 0.003  # distance of nodes, in roots of days, at this tolerance and below it
_USUAL = 1e-5
_NODE_OF_MANY = 0.1  # the widest for many women, whose runs are less exact
_FEWEST = 8  # intervals of a short piece


@dataclass(frozen=True, eq=False)
class Course:
    """One drug over time: what bone sees of it, piece by piece, and the level switched on."""

    drug: object
    begins: np.ndarray  # of the pieces, days
    splines: tuple  # one per piece, of everything that bone sees
    levels: tuple

    def bring(self, t, inputs):
        """Put into ``inputs`` what the drug brings at times ``t`` (an array; t = 0 is before)."""
        piece = np.maximum(np.searchsorted(self.begins, t, side="left") - 1, 0)
        seen = np.empty((len(t), *self.splines[0].c.shape[2:]))
        for k in np.unique(piece):
            here = piece == k
            seen[here] = self.splines[k](np.sqrt(t[here] - self.begins[k]))
        if t[0] == self.begins[0]:
            for k, before in enumerate(self.drug.seen(self.drug.start())):
                seen[0, k] = np.squeeze(before)
        seen = np.moveaxis(seen, 0, -1)  # what is seen, (woman,) time
        self.drug.bring(tuple(seen), np.array(self.levels)[piece], inputs)
        return seen


class Piece(Memory):
    """The drugs between two events, to be read at one moment after another."""

    def __init__(self, courses, index, rtol):
        super().__init__(rtol)
        self._readers = [
            (course.drug.bring, course.levels[index], course.begins[index].item(), *_table(spline))
            for course, spline in ((course, course.splines[index]) for course in courses)
        ]
        self._day = self._inputs = None

    def at(self, t):
        """``Inputs`` at day ``t``, for which the solver mostly asks twice: to be read only."""
        if t == self._day:
            return self._inputs
        self._day, self._inputs = t, self._read(t)
        return self._inputs

    def _read(self, t):
        inputs = Inputs()
        for bring, level, begin, node, last, rows in self._readers:
            u = sqrt(t - begin) if t > begin else 0.0
            i = int(u / node)
            i = i if i < last else last
            u = u - i * node
            bring([((a * u + b) * u + c) * u + d for a, b, c, d in rows[i]], level, inputs)
        return inputs


class PieceOfMany(MemoryOfMany):
    """The same for many women."""

    def __init__(self, courses, index, rtol):
        super().__init__(rtol)
        self._readers = [
            (course.drug.bring, course.levels[index], course.begins[index], course.splines[index])
            for course in courses
        ]

    def at(self, t):
        """``Inputs`` at day ``t``, each an array with one value per woman."""
        inputs = Inputs()
        for bring, level, begin, spline in self._readers:
            bring(spline(sqrt(t - begin) if t > begin else 0.0), level, inputs)
        return inputs


@lru_cache(maxsize=512)
def _table(spline):
    """A spline on even nodes as plain numbers: their distance, the last row, the rows."""
    rows = spline.c.transpose(1, 2, 0).tolist()
    return (spline.x[1] - spline.x[0]).item(), len(rows) - 1, rows


def courses(drugs, schedules, moments, end, rtol, between=None):
    """A ``Course`` per drug; ``moments`` are the days of all events after the start.

    ``between`` solves a drug from one event to the next: for one woman, unless ``between_of_many``
    is given.
    """
    edges = (0.0, *(day for day in moments if 0.0 < day < end), float(end))
    between = _between if between is None else between
    return [
        _course(drug, schedule, edges, rtol, between)
        for drug, schedule in zip(drugs, schedules, strict=True)
    ]


def equations_with(drug_courses, tissue, lesions, days, rtol, piece=Piece):
    """Arguments of the tissue's equations from the start, and their ``Change`` on each of ``days``.

    ``drug_courses`` are what ``courses`` gives; ``piece`` is ``Piece``, for many women
    ``PieceOfMany``.
    """
    first, *later = [(tissue, piece(drug_courses, k, rtol), lesions) for k in range(len(days) + 1)]
    return first, [Change(day, args=args) for day, args in zip(days, later, strict=True)]


def _course(drug, schedule, edges, rtol, between):
    doses_on = {}
    for day, size in schedule.doses:
        doses_on.setdefault(day, []).append(size)
    moving = drug.in_the_body()
    state, splines, levels = tuple(moving.start()), [], []
    for begin, stop in pairwise(edges):
        for size in doses_on.get(begin, ()):
            state = tuple(moving.dose(state, size))
        level = float(level_at(schedule, begin))
        spline, state = between(moving, state, level, stop - begin, rtol)
        splines.append(spline)
        levels.append(level)
    return Course(drug, np.array(edges[:-1]), tuple(splines), tuple(levels))


@lru_cache(maxsize=512)
def _between(drug, state, level, length, rtol):
    """Spline of what bone sees from one event to the next, and the state at its end.

    The latest are kept: the same drug is often asked for in another woman, or for longer.
    """
    node = max(_FINEST, _NODE * min(1.0, rtol / _USUAL) ** 0.25)  # a cubic: its error goes with ^4
    roots, grid = _nodes(length, node)
    if not drug.states:
        return CubicSpline(roots, np.empty((grid.size, 0))), state
    atol = 5.0 * rtol * np.array(drug.sizes)
    states = integrate(
        _rates, np.array(state), grid, (drug.rates, level), rtol, atol, f"the course of {drug.name}"
    )
    states = no_less_than_zero(states, drug.name, NOISE * atol)
    seen = np.column_stack(drug.seen(states.T))
    return CubicSpline(roots, seen), tuple(states[-1].tolist())


def between_of_many(women, strictness):
    """What ``courses`` needs for this number of women side by side.

    ``strictness`` is the absolute tolerance of the solver relative to that of one woman.
    """

    def between(drug, state, level, length, rtol):
        node = max(_FINEST, min(_NODE_OF_MANY, _NODE * (rtol / _USUAL) ** 0.25))
        roots, grid = _nodes(length, node)
        if not drug.states:
            return CubicSpline(roots, np.empty((grid.size, 0, women))), state
        start = np.array([np.broadcast_to(value, (women,)) for value in state])
        atol = 5.0 * strictness * rtol * np.array(drug.sizes)
        what = f"the course of {drug.name}"
        solution = solve(
            _rates, start, grid, (drug.rates, level), rtol=rtol, atol=atol, what=what, many=True
        )
        states = no_less_than_zero(solution.states, what, NOISE * atol[:, None])
        seen = np.stack(drug.seen(np.moveaxis(states, 0, 1)), axis=1)
        return CubicSpline(roots, seen), tuple(states[-1])

    return between


def _nodes(length, node):
    """Nodes in roots of days, this far apart, and as days since the event."""
    roots = np.linspace(0.0, sqrt(length), max(_FEWEST, int(sqrt(length) / node)) + 1)
    return roots, np.append(roots[:-1] ** 2, length)


def _rates(t, y, rates, level):
    return rates(y, level)
