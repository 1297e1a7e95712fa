"""The course as a folder of pages that any web server, or a memory stick, can show.

``pages.py`` runs each lesson and writes it as one page; ``lab_stills.py`` computes a lab at many
positions of its main control; ``question_forms.py`` puts questions into the page; Sphinx makes
navigation, search and the API reference of it (``sphinx_project.py``); ``handouts.py`` prints each
lesson as a PDF.
"""
