"""Drawing: takes a Run, draws it, computes nothing. ``style`` holds the course's colours."""

from .plots import plot_bands, plot_cohort, plot_run

__all__ = ["plot_bands", "plot_cohort", "plot_run"]
