"""Reading lists of units and members from the spreadsheets universities keep: bytes in, rows and named faults out."""
