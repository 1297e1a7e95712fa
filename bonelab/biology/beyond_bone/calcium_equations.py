r"""Artery, mammary gland and the calcium between them and bone (claims A41 to A43).

With RANK occupancy :math:`x`, healthy :math:`x_0`, Akt :math:`a` of the forward pathway (days):

.. math::
    \dot A_c &= k_a\,\max(0, x - x_{thr}) \qquad\text{arterial calcium: nothing takes it back}\\
    \dot{Al} &= k_A\,a(x)\,(1-Al) \qquad\text{mammary alveoli: RANK on the epithelium}

Calcium (mmol) of one woman, everything that leaves one place arriving in another:

.. math::
    J_{res} &= J_0\,x/x_0, \quad J_{form} = J_0[(1-c)+c\,x/x_0]\,b, \quad b = Ca/Ca_0\\
    J_{milk} &= J_M\,Al\,b, \quad J_{art} = J_A\max(0,x_{art}-x_{thr})\,b, \quad
    J_{urine} = J_{in}\,\frac{\max(0,\,b-f_u)}{1-f_u}\\
    \dot{Bone} &= J_{form} - J_{res}, \qquad
    \dot{Ca} = J_{in} + J_{res} - J_{form} - J_{milk} - J_{art} - J_{urine}

The equations are bonelab's own; the pools and flows are in the order of those of Peterson and Riggs
(2010). Late OPG takes nothing back in arteries: Min et al. (2000); alveoli need RANKL: Fata et al.
(2000), doi:10.1016/S0092-8674(00)00103-3. Lactation raises RANKL in bone (x), not in the artery
(:math:`x_{art}`).
What is left out: PTH, vitamin D, phosphate, the foetus, the recovery after weaning.
"""

from bonelab.numerics import larger

POOLS = ("bone", "blood", "milk", "artery", "urine", "intake")  # the last two are running totals


def artery_rate(x, p):
    """Arterial calcium laid down per day."""
    return p.artery_rate * larger(0.0, x - p.artery_threshold)


def alveoli_rate(alveoli, akt, p):
    """Growth of alveoli per day (1 = a gland ready for milk)."""
    return p.alveoli_rate * akt * (1.0 - alveoli)


def calcium_rates(t, y, p, x, x_healthy, x_artery, alveoli):
    """Rates (mmol/day) of the six pools; bone + blood + milk + artery + urine - intake is fixed."""
    _bone, blood, _milk, _artery, _urine, _intake = y
    b = blood / p.blood_calcium
    resorption = p.bone_flux * x / x_healthy
    formation = p.bone_flux * (1.0 - p.coupling + p.coupling * x / x_healthy) * b
    milk = p.milk_flux * alveoli * b
    artery = p.artery_flux * larger(0.0, x_artery - p.artery_threshold) * b
    urine = p.intake * larger(0.0, b - p.urine_threshold) / (1.0 - p.urine_threshold)
    bone = formation - resorption
    return (bone, p.intake - bone - milk - artery - urine, milk, artery, urine, p.intake)
