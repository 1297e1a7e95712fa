"""How nbgrader makes exercises/ from solutions/ (its own file format: ``c`` is the configuration).

``bonelab exercises`` reads this file. A department that runs nbgrader copies it to its course
folder, and gets the same notebooks.
"""

from bonelab.grading.exercise_source import WRITE_HERE

c = get_config()  # noqa: F821  (nbgrader defines it)

c.ClearSolutions.code_stub = {"python": "..."}
c.ClearSolutions.text_stub = WRITE_HERE
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"solution"}  # explanations of the answers
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbconvert.preprocessors.TagRemovePreprocessor",
    "nbgrader.preprocessors.LockCells",
    "bonelab.grading.nbgrader_blanks.ClearSolutionsAndBlanks",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]
