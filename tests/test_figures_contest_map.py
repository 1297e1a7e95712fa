"""The map of the contest: a letter for each antibody, at its milligrams and its formation."""

from collections import namedtuple

import pytest

from bonelab.figures.contest_map import LETTERS, contest_map

Entry = namedtuple("Entry", "dose P1NP")


def letters(entries):
    (axes,) = contest_map(entries).figure.axes
    return [(text.get_text(), *text.get_position()) for text in axes.texts]


def test_a_letter_stands_at_milligrams_and_formation():
    assert letters([Entry(60, 95.4), Entry(30, 80)]) == [("A", 60, 95.4), ("B", 30, 80)]


def test_letters_share_a_frame_where_they_would_cover_one_another():
    close = [Entry(60, 90), Entry(60, 93.9), Entry(60, 94), Entry(30, 90), Entry(60, 86.1)]
    assert letters(close) == [("A B E", 60, 90), ("C", 60, 94), ("D", 30, 90)]


def test_there_are_ten_letters_and_no_more():
    many = [Entry(60, 40 + 5 * n) for n in range(12)]
    assert LETTERS == "ABCDEFGHIJ"
    assert [letter for letter, *_ in letters(many)] == list(LETTERS)


def test_the_axes_say_what_they_measure_and_reach_every_dose():
    drawing = contest_map([])
    (axes,) = drawing.figure.axes
    assert axes.get_title(loc="left") == "Formation after three months, and what it costs"
    assert axes.get_xlabel() == "mg, twice a year"
    assert axes.get_ylabel() == "formation, P1NP (% of start)"
    assert axes.get_xscale() == "log"
    assert (axes.get_xlim(), axes.get_ylim()) == ((1, 300), (40, 115))
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert ticks == ["1", "3", "10", "30", "100", "300"]
    assert list(axes.get_xticks()) == [1, 3, 10, 30, 100, 300]
    assert tuple(drawing.figure.get_size_inches()) == pytest.approx((7.2, 4.2))


def test_the_map_is_told_in_words():
    assert contest_map([]).alt == "Map of formation against dose. No antibody counts yet."
    told = contest_map([Entry(60, 95.4), Entry(7.5, 80)]).alt
    assert told == "Map of formation against dose. A, 60 mg, 95%; B, 7.5 mg, 80%."
