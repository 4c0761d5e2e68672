"""`reports`: the reports and data files of the demo university, made from its release as a reader's click makes them.

    python -m benchmarks.reports [--rounds 5]

The demo is made once; then every file is written `rounds` times in turns and the median and the slowest are given. The
floor is a typst document of one line: what setting any page costs on this machine.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis.report.branch import branch_report
from analysis.report.cells import released_cells
from analysis.report.content import Letterhead, Paragraph, Report, Section
from analysis.report.data_files import csv_file, excel_file, parquet_file, spss_file
from analysis.report.documents import WaveDocuments
from analysis.report.leadership import leadership_report
from analysis.report.pdf import pdf
from analysis.report.staff import staff_report
from analysis.report.word import docx
from survey_app.demo import make_demo
from survey_app.services.reporting_documents import documents_of
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

AIM_SECONDS = 3.0
TODAY = date(2026, 11, 23)
LETTERHEAD = Letterhead("示范大学工会文件", "〔2026〕18号", "学校党委", "示范大学工会", date(2026, 12, 1))
EMPTY = Report("staff", "zh", "一行", "", (Section("一行", (Paragraph("一行。"),)),), 1, "一行")


def files(documents: WaveDocuments) -> dict[str, Callable[[], bytes]]:
    """What is written, by name; the floor first."""
    unit = next(each.unit for each in documents.assessment.units if each.band != "not_rated")
    rows = released_cells(documents, "zh")
    return {
        "floor: one line, PDF": lambda: pdf(EMPTY),
        "leadership, PDF": lambda: pdf(leadership_report(documents, "zh")),
        "leadership, English, PDF": lambda: pdf(leadership_report(documents, "en")),
        "leadership, red head, PDF": lambda: pdf(leadership_report(documents, "zh", LETTERHEAD)),
        "leadership, Word": lambda: docx(leadership_report(documents, "zh")),
        "branch, PDF": lambda: pdf(branch_report(documents, unit, "zh")),
        "staff, PDF": lambda: pdf(staff_report(documents, "zh")),
        "cells, Excel": lambda: excel_file(rows, "zh"),
        "cells, CSV": lambda: csv_file(rows, "zh"),
        "cells, SPSS": lambda: spss_file(rows, "zh"),
        "cells, Parquet": lambda: parquet_file(rows),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stores = Stores(
            registry_engine(f"sqlite:///{Path(folder) / 'registry.db'}"),
            ballot_box_engine(f"sqlite:///{Path(folder) / 'ballot_box.db'}"),
        )
        upgrade(stores.registry, stores.ballot_box)
        make_demo(stores, Path(folder), None, TODAY)
        found = files(documents_of(stores, "2026"))
        taken: dict[str, list[float]] = {name: [] for name in found}
        sizes: dict[str, int] = {}
        for _ in range(asked.rounds):
            for name, write in found.items():
                started = time.perf_counter()
                sizes[name] = len(write())
                taken[name].append(time.perf_counter() - started)
        stores.registry.dispose()
        stores.ballot_box.dispose()
    print(f"{'file':<28}{'median s':>10}{'slowest s':>11}{'kB':>8}")
    for name, seconds in taken.items():
        print(f"{name:<28}{statistics.median(seconds):>10.2f}{max(seconds):>11.2f}{sizes[name] / 1000:>8.0f}")
    slowest = max(max(seconds) for name, seconds in taken.items() if name.endswith("PDF"))
    print(f"slowest PDF {slowest:.2f} s; aim: a full PDF in under {AIM_SECONDS:.0f} s")
    return 0 if slowest < AIM_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
