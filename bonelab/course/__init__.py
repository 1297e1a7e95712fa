"""The course around the simulations: open, copy, check, grade, doctor."""
