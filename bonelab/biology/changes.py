"""What can be changed about a subject by name: any number of its tissue, and a few conditions."""

from dataclasses import dataclass
from functools import cache

from bonelab.parameters import Kind, listed, load, one_of, refuse

from .conditions import checked, factors

ROOMS = ("tissue", "binding", "forward", "reverse", "drugs")


@cache
def known_names():
    """Every name that ``with_`` takes: name -> (room, record), or ("", condition).

    A name that stands in two tables is there with the name of the table before it only.
    """
    names = {name: ("", name) for name in factors()}
    rooms = {room: load(room).records() for room in ROOMS}
    for room, records in rooms.items():
        for record in records:
            unique = record not in names and all(
                record not in others for other, others in rooms.items() if other != room
            )
            if record not in factors():
                names[record if unique else f"{room}_{record}"] = (room, record)
    return names


@dataclass(frozen=True)
class Changes(Kind):
    """Parameters and conditions by name."""

    meaning: str = (
        "any parameter of bl.parameters.load(room) for the rooms tissue, binding, forward, reverse "
        "and drugs; or RANKL, OPG, RANK (factors), extra_RANKL (nM), tail, RANK_gain"
    )
    expects = "name=value"

    def read(self, name, value):
        """{name: (room or "", record, converted value)}."""
        changes = {}
        for asked, new in value.items():
            twice = [known for known, (_, record) in known_names().items() if record == asked]
            if len(twice) > 1:
                refuse(asked, new, f"there are several numbers of this name: {listed(twice)}.")
            known = one_of("parameter", asked, known_names())
            room, record = known_names()[known]
            if room:
                changes[known] = (room, record, load(room).record(record).check(new))
            else:
                changes[known] = (room, record, checked(record, new))
        return changes
