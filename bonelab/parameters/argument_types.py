"""What public functions take, as their annotations say it.

A door (``doors.py``) reads each of these and hands plain numbers, names or objects to the function,
so that to a type checker the inside of a function may do with them what it does with any value.
"""

from typing import Annotated, Any

Amount = Annotated[Any, "a number in the unit that the docstring names, or text with a unit"]
Amounts = Annotated[Any, "one or several amounts: numbers, text with units, an array"]
Inhibition = Annotated[Any, "names of steps that are blocked, or {step: share left}"]
SomeTreatments = Annotated[Any, "a treatment, several, or None"]
Parameters = Annotated[Any, "from bl.parameters.load(...), or a dict of changes"]
Strings = Annotated[Any, "a text, or several"]
TimeOfRun = Annotated[Any, "a time: a number in the unit of the run, or text such as '6 months'"]
Anything = Annotated[Any, "see the docstring"]
