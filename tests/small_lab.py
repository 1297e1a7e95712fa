"""A small lab on a stand-in simulation, for the tests of what all labs are made of."""

import time

import numpy as np

from bonelab.course.asking.prediction import Predict
from bonelab.figures.panels import Curves, Panel
from bonelab.labs.challenge import Challenge
from bonelab.labs.controls import Control
from bonelab.labs.factory import Lab
from bonelab.labs.lines import call
from bonelab.simulation import Run

calls = []


def grow(dose=1.0, loss=0.1, blocked=False):
    """A stand-in for a simulation: exponential rise towards dose / loss."""
    calls.append((dose, loss, blocked))
    time = np.linspace(0, 10, 60)
    cells = (0.0 if blocked else dose) / loss * (1 - np.exp(-loss * time))
    return Run(
        kind="test", time=time, time_unit="day", series={"osteoclasts": cells}, units={},
        code=f"from small_lab import grow\nrun = grow({dose!r}, {loss!r}, {blocked!r})",
    )  # fmt: skip


class Picture(Curves):
    xlabel, xlim = "days", (0, 10)
    panels = (Panel("Osteoclasts", ("osteoclasts",), "cells", (0, 100)),)

    def alt(self, result):
        return f"One curve over ten days, ending at {result.final['osteoclasts']:.3g} cells."


class OfDict(Picture):
    def curve(self, result, name):
        return super().curve(result["run"], name)

    def alt(self, result):
        return super().alt(result["run"])


def controls():
    return [
        Control.slider("dose", "Dose", unit="nM", low=0.01, high=10, default=1, scale="log",
                       zero=True, tooltip="How much is added"),
        Control.slider("loss", "Loss", unit="1/day", low=0.05, high=1, default=0.1, step=0.05),
        Control.choice("blocked", "Blocked", options={"nothing": False, "growth": True}),
    ]  # fmt: skip


def lines(**values):
    return f"from small_lab import grow\nrun = {call('grow', **values)}"


QUESTION = Predict(
    "The dose is ten times as high. How many cells?", low=0, high=100, unit="cells",
    values={"dose": 10}, truth=lambda run: run.final["osteoclasts"], explain="Ten times as many.",
)  # fmt: skip


def make(**more):
    settings = {
        "title": "A test", "question": "How many?", "controls": controls(), "picture": Picture,
        "lines": lines, "sentence": lambda r, v: f"There are {r.final['osteoclasts']:.3g} cells.",
    }  # fmt: skip
    return Lab(**(settings | more))


def until(true):
    """Wait for another thread."""
    for _ in range(60_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it does not happen")


MANY = Challenge("Make more than 30 cells.", lambda run, values: run.final["osteoclasts"] > 30)
