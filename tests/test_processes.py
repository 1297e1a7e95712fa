"""Work in other processes: answers in order, errors raised here, and workers that end."""

import operator

import pytest

from bonelab.simulation.processes import Worker, in_processes


def test_answers_come_in_the_order_of_the_jobs():
    jobs = [(number, 2) for number in range(7)]
    assert list(in_processes(pow, jobs, 2)) == [0, 1, 4, 9, 16, 25, 36]


def test_no_job_starts_no_worker():
    assert list(in_processes(pow, [], 2)) == []


def test_an_error_is_raised_here_and_the_worker_goes_on():
    worker = Worker()
    try:
        with pytest.raises(ZeroDivisionError):
            worker.ask(operator.truediv, (1, 0))
        assert worker.ask(operator.truediv, (1, 4)) == 0.25
        worker.ask(print, ("what a job prints is no answer",))
        assert worker.ask(abs, (-3,)) == 3
    finally:
        worker.close()
    assert worker._process.returncode == 0


def test_a_worker_that_ends_is_told():
    import os

    worker = Worker()
    with pytest.raises(RuntimeError, match="ended before it had answered"):
        worker.ask(os._exit, (3,))
    worker._process.wait()
    assert worker._process.returncode == 3
