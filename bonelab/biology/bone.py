r"""Bone: volume, mineral and the blood markers of turnover.

At each site young bone :math:`V_y` is laid down, mineralises to old bone :math:`V_o`, and both are
resorbed (time in days, volumes relative to healthy bone):

.. math::
    s &= (V_{max}-V)/(V_{max}-1), \quad V = V_y+V_o\\
    \dot V_y &= \rho F s - k_m V_y - \rho R_r V_y, \qquad \dot V_o = k_m V_y - \rho R_r V_o\\
    BMD &= m_y V_y + V_o\\
    \dot A &= (F-A)/\tau_{BSAP}

Old bone of the spine is renewed sooner than that of the hip and so holds a little less mineral;
relative to it young bone of the spine holds more (:math:`m_{y,LS}`).

Markers are read relative to the start of observation; each has a floor that does not follow the
cells: :math:`CTX = f_C + (1-f_C) R_r/R_{r,start}`, and likewise P1NP with formation. BSAP is made
where new matrix matures, so it reads :math:`A`, which follows formation with a delay.
The equations are bonelab's own.
"""

STATES = (
    "young bone hip",
    "old bone hip",
    "young bone spine",
    "old bone spine",
    "maturing matrix",
)


def rates(y, resorption, formation, p):
    """Rates of change per day of young and old bone at hip and spine, and of maturing matrix."""
    young_hip, old_hip, young_spine, old_spine, maturing = y
    hip = _site(young_hip, old_hip, p.turnover_hip, resorption, formation, p)
    spine = _site(young_spine, old_spine, p.turnover_spine, resorption, formation, p)
    return [*hip, *spine, (formation - maturing) / p.BSAP_delay]


def _site(young, old, turnover, resorption, formation, p):
    room = (p.marrow_limit - young - old) / (p.marrow_limit - 1.0)
    maturing = p.mineralisation_rate * young
    removal = turnover * resorption
    return turnover * formation * room - maturing - removal * young, maturing - removal * old


def healthy_start(p):
    """Young and old bone at both sites, where bone volume 1 is at rest, and maturing matrix."""
    start = []
    for turnover in (p.turnover_hip, p.turnover_spine):
        young = turnover / (turnover + p.mineralisation_rate)
        start += [young, 1.0 - young]
    return [*start, 1.0]


def mineral(young_hip, old_hip, young_spine, old_spine, p):
    """Bone mineral density of hip and spine, relative to old bone of volume 1."""
    return p.young_mineral * young_hip + old_hip, p.young_mineral_spine * young_spine + old_spine


def marker(floor, now, start):
    """A marker in percent of its start, with the part that does not follow the cells."""
    return 100.0 * (floor + (1.0 - floor) * now / start)
