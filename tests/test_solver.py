"""The solver between events: jumps, changed arguments, and what it says when it cannot go on."""

import numpy as np
import pytest

from bonelab.simulation.solver import (
    Change,
    SolverError,
    in_bands,
    no_less_than_zero,
    solve,
)


def decay(t, y, rate):
    return [-rate * value for value in y]


def test_without_events_it_is_the_exact_decay():
    found = solve(decay, [2.0], [0, 1, 2], (0.5,), rtol=1e-9, atol=1e-12)
    assert found.states[:, 0] == pytest.approx(2 * np.exp([0, -0.5, -1.0]), rel=1e-7)
    assert found.status == "Solved in 1 piece(s) to a relative tolerance of 1e-09."


def test_a_jump_takes_effect_just_after_its_moment():
    """5 is added on day 1, all doubled on day 2; those days themselves show what was before."""
    events = [Change(2.0, jump=lambda y: 2 * y), Change(1.0, jump=lambda y: y + 5)]
    found = solve(decay, [1.0], [0, 1, 1.5, 2, 3], (0.0,), events)
    assert found.states[:, 0] == pytest.approx([1, 1, 6, 6, 12])
    assert found.status.startswith("Solved in 3 piece(s)")


def test_new_arguments_hold_from_their_moment_on():
    """Half-life 1 for two units of time, then none."""
    half = np.log(2)
    found = solve(decay, [8.0], [0, 1, 2, 5], (half,), [Change(2.0, args=(0.0,))], rtol=1e-9)
    assert found.states[:, 0] == pytest.approx([8, 4, 2, 2], rel=1e-6)


@pytest.mark.parametrize("moment", [-1.0, 3.0, 4.0])
def test_what_lies_outside_the_times_changes_nothing(moment):
    found = solve(decay, [1.0], [0, 3], (0.0,), [Change(moment, jump=lambda y: y + 1)])
    assert found.states[-1, 0] == 1


def test_at_the_very_start_a_jump_counts():
    found = solve(decay, [1.0], [0, 3], (0.0,), [Change(0.0, jump=lambda y: y + 1)])
    assert found.states[:, 0] == pytest.approx([1, 2])


def test_many_side_by_side_are_each_as_alone():
    rates = np.array([0.1, 0.7])
    both = solve(decay, [[1.0, 3.0]], [0, 2, 4], (rates,), rtol=1e-8, atol=1e-10, many=True)
    assert both.states.shape == (3, 1, 2)
    exact = np.array([1.0, 3.0]) * np.exp(-np.outer([0, 2, 4], rates))
    assert both.states[:, 0] == pytest.approx(exact, rel=1e-6)


def test_what_explodes_is_told_with_its_name():
    with pytest.raises(SolverError, match="the growth"):
        solve(lambda t, y: [y[0] * y[0]], [1.0], [0, 2], what="the growth")
    with pytest.raises(SolverError, match="a trap"):
        solve(lambda t, y: [float("nan")], [1.0], [0, 1], what="a trap")


def test_noise_below_zero_becomes_zero_and_more_is_refused():
    assert no_less_than_zero(np.array([-1e-7, 0.5]), "a run").tolist() == [0, 0.5]
    with pytest.raises(SolverError, match=r"a run led to a negative amount \(-0.25\)"):
        no_less_than_zero(np.array([-0.25, 0.5]), "a run")
    wide = np.array([1e-6, 1.0])
    assert no_less_than_zero(np.array([0.0, -0.5]), "a run", wide).tolist() == [0, 0]


def test_where_it_came_to_a_standstill_is_told():
    with pytest.raises(SolverError, match=r"did not finish the growth between t = 0\.5 and 2: .+"):
        solve(
            lambda t, y: [y[0] * y[0]], [1.0], [0, 2], what="the growth",
            changes=[Change(0.5, jump=lambda y: y)],
        )  # fmt: skip
    with pytest.raises(SolverError, match=r"State at the start: \[1\.\]"):
        solve(lambda t, y: [y[0] * y[0]], [1.0], [0, 2], what="the growth")
    with pytest.raises(SolverError, match=r"a trap led to a value that is not a number, after t ="):
        solve(lambda t, y: [float("nan")], [1.0], [0, 1], what="a trap", many=False)


def test_several_arguments_and_one_reach_the_equations():
    for args in ((2.0,), (2.0, 3.0), (2.0, 3.0, 4.0)):
        found = solve(lambda t, y, *given: [sum(given)], [0.0], [0, 1], args)
        assert found.states[-1, 0] == pytest.approx(sum(args))


def test_many_that_explode_are_told_with_both_times():
    with pytest.raises(SolverError, match=r"did not finish the growth between t = 0\.5 and 3: .+"):
        solve(
            lambda t, y: [y[0] * y[0]], [[1.0, 0.5]], [0, 3], what="the growth", many=True,
            changes=[Change(0.5, jump=lambda y: y)],
        )  # fmt: skip


def test_many_that_are_slow_use_the_jacobian_they_are_given():
    """Two chains y0 -> y1, each with rates of its own, stiff enough for the implicit method."""
    fast, slow, asked = np.array([1e3, 2e3]), np.array([1.0, 3.0]), []

    def chain(t, y):
        return [-fast * y[0] + fast, y[0] - slow * y[1]]

    def slopes(t, y):
        asked.append(t)
        one, none = np.ones(2), np.zeros(2)
        return np.array([[-fast, none], [one, -slow]])

    found = solve(chain, [[0.0, 0.0], [0.0, 1.0]], [0, 20], rtol=1e-8, atol=np.full(2, 1e-10),
                  many=True, slow=True, jacobian=slopes)  # fmt: skip
    assert asked
    assert found.states[-1] == pytest.approx(np.array([[1.0, 1.0], 1.0 / slow]), rel=1e-6)


def test_blocks_are_packed_as_diagonals_of_the_whole_matrix():
    """Of a matrix a of three subjects with two states: packed[1 + i - j, j] is a[i, j]."""
    blocks = np.arange(1.0, 13.0).reshape(2, 2, 3)
    whole = np.zeros((6, 6))
    for k in range(3):
        whole[2 * k : 2 * k + 2, 2 * k : 2 * k + 2] = blocks[:, :, k]
    packed = in_bands(blocks)
    assert packed.shape == (3, 6)
    for i, j in np.argwhere(whole):
        assert packed[1 + i - j, j] == whole[i, j]
    assert packed.sum() == whole.sum()
