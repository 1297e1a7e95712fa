"""How nbgrader makes exercises/ from solutions/ (its own file format: ``c`` is the configuration).

``bonelab exercises`` reads this file. A department that runs nbgrader copies it to its course
folder, and gets the same notebooks.
"""

c = get_config()  # noqa: F821  (nbgrader defines it)

c.ClearSolutions.code_stub = {"python": "..."}
# One click selects a cell of text, and letters typed then are JupyterLab's commands.
c.ClearSolutions.text_stub = (
    "*Double-click here, put your answer in the place of this line, in your own words, and press "
    "Shift + Enter.*"
)
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
