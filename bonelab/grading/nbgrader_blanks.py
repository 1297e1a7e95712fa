"""nbgrader's ClearSolutions, which also cuts the blanks of half-filled cells."""

from nbgrader.preprocessors import ClearSolutions

from bonelab.grading import blanks


class ClearSolutionsAndBlanks(ClearSolutions):
    """In a cell with marks such as ``# blank: 6`` the blanks are cut (see grading.blanks) and the
    regions of a solution cleared; every other cell is treated as nbgrader does. An answer gets the
    tag with which Jupyter goes on below a cell that stopped: a learner who runs all cells above the
    question at hand gets there, whatever stands half-done further up."""

    def preprocess_cell(self, cell, resources, cell_index):
        is_answer = cell.metadata.get("nbgrader", {}).get("solution", False)
        is_answer = is_answer and cell.cell_type == "code"
        if is_answer:
            cell.metadata["tags"] = [*cell.metadata.get("tags", ()), "raises-exception"]
        if not (is_answer and blanks.has_marks(cell.source)):
            return super().preprocess_cell(cell, resources, cell_index)
        self._replace_solution_region(cell, resources.get("language", "python"))
        try:
            cell.source = blanks.cut(cell.source)
        except ValueError as problem:
            raise ValueError(f"{cell.metadata.nbgrader.grade_id}: {problem}") from None
        return cell, resources
