"""Checking a sealed poll by ticket, slip or open link from its published files and its box, without the service.

`evidence` reads a folder, `checks` compares, `__main__` is the command. Nothing here is shared with the code that seals.
"""
