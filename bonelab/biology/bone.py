r"""Bone: volume, mineral and the blood markers of turnover.

At each site young bone :math:`V_y` is laid down, mineralises to old bone :math:`V_o`, and both are
resorbed (time in days, volumes relative to healthy bone):

.. math::
    s &= (V_{max}-V)/(V_{max}-1), \quad V = V_y+V_o\\
    \dot V_y &= \rho F s - k_m V_y - \rho R_r V_y, \qquad \dot V_o = k_m V_y - \rho R_r V_o\\
    BMD &= m_y V_y + V_o

Markers are read relative to the start of observation; each has a floor that does not follow the
cells: :math:`CTX = f_C + (1-f_C) R_r/R_{r,start}`, and likewise P1NP and BSAP with formation.
The equations are bonelab's own.
"""

STATES = ("young bone hip", "old bone hip", "young bone spine", "old bone spine")


def rates(y, resorption, formation, p):
    """Rates of change per day of young and old bone at hip and spine."""
    young_hip, old_hip, young_spine, old_spine = y
    return [
        *_site(young_hip, old_hip, p.turnover_hip, resorption, formation, p),
        *_site(young_spine, old_spine, p.turnover_spine, resorption, formation, p),
    ]


def _site(young, old, turnover, resorption, formation, p):
    room = (p.marrow_limit - young - old) / (p.marrow_limit - 1.0)
    maturing = p.mineralisation_rate * young
    d_young = turnover * formation * room - maturing - turnover * resorption * young
    d_old = maturing - turnover * resorption * old
    return d_young, d_old


def healthy_start(p):
    """Young and old bone at both sites, where bone volume 1 is at rest."""
    start = []
    for turnover in (p.turnover_hip, p.turnover_spine):
        young = turnover / (turnover + p.mineralisation_rate)
        start += [young, 1.0 - young]
    return start


def mineral(young, old, p):
    """Bone mineral density relative to old bone of volume 1."""
    return p.young_mineral * young + old


def marker(floor, now, start):
    """A marker in percent of its start, with the part that does not follow the cells."""
    return 100.0 * (floor + (1.0 - floor) * now / start)
