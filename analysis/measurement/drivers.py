"""What satisfaction goes with: how the explained spread is shared out among correlated drivers."""

from dataclasses import dataclass
from math import factorial

import numpy as np
import numpy.typing as npt

from analysis.estimation.moments import Moments, moments
from analysis.estimation.vectors import Matrix, Vector

MOST_FOR_LMG = 12  # 2^12 regressions; above, Johnson's weights stand in for the average over all orders
MOST_DRIVERS = 200
SINGULAR = 1e-9


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver: correlation and standardised slope (-1..1 mostly); shares of spread, 0..1, in parts of R2.

    `lmg` and `johnson` each sum to R2 over the drivers, `..._share` to 1; lmg is None above twelve drivers. `first` is
    the spread explained alone, `last` what it adds to all the others.
    """

    correlation: float
    slope: float
    lmg: float | None
    lmg_share: float | None
    johnson: float
    johnson_share: float | None
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class KeyDrivers:
    """Drivers in their order, over `n` complete respondents; no drivers and `r2` None where `reason` says why."""

    n: int
    r2: float | None
    drivers: tuple[Driver, ...]
    reason: str | None = None


def key_drivers(outcome: npt.ArrayLike, drivers: npt.ArrayLike) -> KeyDrivers:
    """Key drivers from answers: `outcome` (respondents,), `drivers` (respondents, drivers), NaN where missing."""
    y, x = np.asarray(outcome, dtype=np.float64), np.asarray(drivers, dtype=np.float64)
    if y.ndim != 1 or x.ndim != 2 or len(x) != len(y):
        raise ValueError("The outcome and the drivers need the same respondents.")
    if x.shape[1] > MOST_DRIVERS:
        return KeyDrivers(
            len(y), None, (), f"more than {MOST_DRIVERS} drivers are too many to share anything out among"
        )
    return scale_drivers(moments(np.column_stack((y, x))))


def scale_drivers(sums: Moments) -> KeyDrivers:
    """Shares of the explained spread of an outcome among its drivers.

    Meaning: which matters go with satisfaction most, fair to drivers that go together.

    Inputs: `sums` of moments.moments or coded_moments with the outcome as first item, the drivers after it. Returns the
    drivers in their order.

    Formula: r correlations with the outcome, R among the drivers; R2(S) = r_S' R_S^-1 r_S. LMG: mean over all orders of
    the gain in R2 when the driver enters = sum over S without j of |S|!(k-|S|-1)!/k! (R2(S+j) - R2(S)). Johnson: with
    the symmetric root W of R and b = W^-1 r, sum_m W_jm^2 b_m^2. first = r^2, last = R2 - R2(without j).

    It misleads when read as cause and effect: what goes with satisfaction need not bring it about, and a matter on which
    all agree cannot explain anything, however important. A halo (all items high together) gives every driver a like share.

    Reference: Lindeman, Merenda & Gold (1980); Groemping (2006), JSS 17(1); Johnson (2000). Checked against: relaimpo
    2.2.7 calc.relimp and rwa, key_driver.json.
    """
    if (reason := _refusal(sums)) is not None:
        return KeyDrivers(sums.n, None, (), reason)
    r, among = outcome_correlations(sums.products)
    if float(np.linalg.eigvalsh(among)[0]) < SINGULAR:
        return KeyDrivers(sums.n, None, (), "a driver repeats what others say")
    inverse = np.linalg.inv(among)
    slopes = inverse @ r
    r2 = float(r @ slopes)
    lmg = lmg_weights(r[None], among[None])[0] if len(r) <= MOST_FOR_LMG else None
    johnson = johnson_weights(r[None], among[None])[0]
    last = slopes**2 / np.diag(inverse)
    return KeyDrivers(sums.n, r2, tuple(_driver(at, r, slopes, r2, lmg, johnson, last) for at in range(len(r))))


def outcome_correlations(products: Matrix) -> tuple[Vector, Matrix]:
    """Correlations of the first variable with the others, (..., k), and among the others, (..., k, k)."""
    sds = np.sqrt(np.diagonal(products, axis1=-2, axis2=-1))
    correlations = products / (sds[..., :, None] * sds[..., None, :])
    return correlations[..., 0, 1:], correlations[..., 1:, 1:]


def lmg_weights(r: Matrix, among: npt.NDArray[np.float64]) -> Matrix:
    """LMG parts of R2, (samples, k), from correlations (samples, k) and (samples, k, k); see `scale_drivers`."""
    samples, k = r.shape
    sets = np.arange(2**k)
    members = (sets[:, None] >> np.arange(k)) & 1
    sizes = members.sum(axis=1)
    explained = np.zeros((samples, 2**k))
    for size in range(1, k + 1):
        chosen = sets[sizes == size]
        inside = np.nonzero(members[chosen])[1].reshape(len(chosen), size)
        part = r[:, inside]
        matrix = among[:, inside[:, :, None], inside[:, None, :]]
        explained[:, chosen] = (part * np.linalg.solve(matrix, part[..., None])[..., 0]).sum(axis=-1)
    orders = np.array([factorial(size) * factorial(k - size - 1) / factorial(k) for size in range(k)])
    parts = []
    for at in range(k):
        without = sets[members[:, at] == 0]
        gain = explained[:, without | (1 << at)] - explained[:, without]
        parts.append(gain @ orders[sizes[without]])
    return np.stack(parts, axis=1)


def johnson_weights(r: Matrix, among: npt.NDArray[np.float64]) -> Matrix:
    """Johnson's relative weights, (samples, k), from correlations (samples, k) and (samples, k, k)."""
    values, vectors = np.linalg.eigh(among)
    roots = np.sqrt(np.maximum(values, SINGULAR))[:, None, :]
    root = (vectors * roots) @ np.swapaxes(vectors, 1, 2)
    slopes = ((vectors / roots) @ np.swapaxes(vectors, 1, 2) @ r[..., None])[..., 0]
    return np.asarray(((root**2) @ (slopes**2)[..., None])[..., 0])


def _refusal(sums: Moments) -> str | None:
    k = len(sums.means) - 1
    if k < 1:
        return "there are no drivers"
    if sums.n == 0:
        return "nobody answered all items"
    if sums.n <= k + 1:
        return "there are too few complete respondents for so many drivers"
    spread = np.diag(sums.products)
    flat = spread <= 1e-12 * sums.n * np.maximum(sums.means**2, 1e-300)
    if flat[0]:
        return "everybody gave the same answer to the outcome"
    return "everybody gave the same answer to a driver" if flat.any() else None


def _driver(at: int, r: Vector, slopes: Vector, r2: float, lmg: Vector | None, johnson: Vector, last: Vector) -> Driver:
    some = r2 > 1e-12
    return Driver(
        correlation=float(r[at]),
        slope=float(slopes[at]),
        lmg=None if lmg is None else float(lmg[at]),
        lmg_share=None if lmg is None or not some else float(lmg[at]) / r2,
        johnson=float(johnson[at]),
        johnson_share=float(johnson[at]) / r2 if some else None,
        first=float(r[at]) ** 2,
        last=float(last[at]),
    )
