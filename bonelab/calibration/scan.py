"""How little the trials say about the share of reverse signalling: the misfit at each share.

No trial identifies this share, so it is not fitted. Here it is set to one value after another while
every other parameter stays as fitted.
"""

import pandas as pd

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def share_scan(fit, shares=SHARES):
    """Misfit at each share of reverse signalling: a pandas table with one row per share.

    ``fit`` is a fit. The misfit is the sum of squares of (model - published)/sd over all trial
    points, for one typical woman and for women whose antibody clearance differs, as in the fit.
    """
    problem = fit.problem
    rows = []
    for share in shares:
        held = problem.with_(fixed={"reverse_share": share})
        one = held.with_(spread=0.0)
        rows.append(
            {
                "w": share,
                "one typical woman": misfit(one, fit.logs),
                "mean of women": misfit(held, fit.logs),
            }
        )
    return pd.DataFrame(rows).set_index("w")


def misfit(problem, logs):
    """Sum of squares of (model - published)/sd over all trial points."""
    predicted, _ = problem.predictions(logs)
    return sum(
        float((((predicted[name] - arm.percent) / problem.sd[name]) ** 2).sum())
        for name, arm in problem.arms.items()
    )
