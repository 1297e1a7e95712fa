"""In the place of a library that parses a grammar of web addresses for a second when jsonschema
looks for it: no notebook of the tests is checked for addresses. For programs that tests start,
with this folder on PYTHONPATH; conftest.py does the same for the tests themselves."""

raise ImportError(__doc__)
