"""The rule for late work: what share of its marks counts."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")


@dataclass(frozen=True)
class LateRule:
    """Work is due at ``due``; each day begun after that costs ``percent`` of its marks, and after
    ``most_days`` days nothing counts."""

    due: datetime
    percent: float = 0
    most_days: int | None = None

    def days(self, when, marked=None):
        """Days begun after it was due, for a moment as text; 0 if it is not known.

        ``marked``: what the platform says of it, late or not. That comes first: of such a platform
        the files carry the moment of the download. By how much it was late it does not say, so one
        day counts.
        """
        if marked is not None:
            return int(marked)
        moment = moment_of(when)
        if moment is None or moment <= self.due:
            return 0
        return math.ceil((moment - self.due) / timedelta(days=1))

    def share(self, days):
        if self.most_days is not None and days > self.most_days:
            return 0.0
        return max(0.0, round(1 - days * self.percent / 100, 6))


def moment_of(text):
    """The moment that a text names, or None."""
    for form in FORMS:
        try:
            moment = datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        ends_the_day = form == "%Y-%m-%d"  # a day alone is over at midnight
        return moment + timedelta(days=1) if ends_the_day else moment
    return None
