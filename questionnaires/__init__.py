"""What is asked: questionnaires as typed values, their paths, their answers at rest, and the library of instruments.

Pure: no web framework, no database. Start at `library.load`, `answers` and `versions`.
"""
