"""What was answered: counts, figures, assessment, and the gate in front of them.

Matrix products run on one thread, unless the environment says otherwise. The matrices are small, and on a busy machine two
threads of BLAS wait for each other: reliability of 300,000 answers took 0.04 s with one thread and 0.3 to 4 s with two
(docs/statistics.md). The setting is read when numpy loads, which is after this file: in the service as in the command.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
