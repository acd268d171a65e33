"""Writes weights.json: what NumPy and SciPy say of weights in ExperimentsTests.

Made with Python 3.11, NumPy 2.4.6 and SciPy 1.17.1; run `python3 weights.py > weights.json`.
"""

import json
import platform
import warnings

import numpy as np
import scipy
from scipy import stats
from scipy.stats._morestats import _anderson_ksamp_midrank

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261201)
LEVELS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def floats(values):
    return [float(value) for value in np.ravel(values)]


def group(values, scale):
    """Moments and distances of float32 weights, in float64."""
    if len(values) == 0:
        return None
    x = values.astype(np.float64)
    is_constant = np.all(x == x[0])
    sd = None if len(x) < 2 else float(np.std(x, ddof=1))
    gaussian = None
    if len(x) >= 8 and not is_constant:
        law = stats.norm(np.mean(x), np.std(x, ddof=1))
        gaussian = {
            "distance": float(stats.kstest(x, law.cdf).statistic),
            "statistic": float(stats.anderson(x, "norm").statistic),
        }
    edges = (np.arange(65) / 64 * 2 - 1) * 4 * scale
    counts, _ = np.histogram(x, bins=edges)
    return {
        "count": len(x), "zeros": int(np.sum(x == 0)), "mean": float(np.mean(x)),
        "minimum": float(x.min()), "maximum": float(x.max()),
        "quantiles": floats(np.quantile(x, LEVELS)), "norm": float(np.linalg.norm(x)),
        "standardDeviation": sd,
        "skewness": None if is_constant else float(stats.skew(x)),
        "excessKurtosis": None if is_constant else float(stats.kurtosis(x)),
        "gaussian": gaussian, "counts": [int(count) for count in counts],
        "below": int(np.sum(x < edges[0])), "above": int(np.sum(x > edges[-1])),
    }


def distance(first, second):
    return float(stats.ks_2samp(first, second).statistic)


def squares(first, second):
    """A² of equation 7 of Scholz and Stephens, before it is standardized."""
    samples = [np.sort(first.astype(np.float64)), np.sort(second.astype(np.float64))]
    pooled = np.sort(np.concatenate(samples))
    sizes = np.array([len(sample) for sample in samples])
    return float(_anderson_ksamp_midrank(samples, pooled, np.unique(pooled), 2, sizes, len(pooled)))


def movement(start, end):
    a, b = start.astype(np.float64), end.astype(np.float64)
    signed = (a != 0) & (b != 0)
    return {
        "distance": float(np.linalg.norm(b - a)),
        "relativeDistance": float(np.linalg.norm(b - a) / np.linalg.norm(a)),
        "cosine": float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)),
        "signFlips": int(np.sum(np.sign(a[signed]) != np.sign(b[signed]))),
        "signed": int(np.sum(signed)),
    }


def case(name, start, end, mask, shape):
    """A layer at its start under a mask, and after training."""
    start, end = start.astype(np.float32), end.astype(np.float32)
    end[mask == 0] = 0
    scale = float(np.std(start.astype(np.float64), ddof=1))
    kept = mask == 1
    matrix = np.where(kept, end, 0).astype(np.float64).reshape(shape[0], -1)
    return {
        "name": name, "shape": shape, "start": floats(start), "end": floats(end),
        "mask": [int(one) for one in mask], "scale": scale,
        "keptAtStart": group(start[kept], scale), "prunedAtStart": group(start[~kept], scale),
        "keptAtEnd": group(end[kept], scale), "prunedAtEnd": group(end[~kept], scale),
        "distanceAtStart": distance(start[kept], start),
        "distanceAtEnd": distance(end[kept], start),
        "statisticAtStart": squares(start[kept], start[~kept]),
        "statisticAtEnd": squares(end[kept], start),
        "movement": movement(start[kept], end[kept]),
        "singularValues": floats(np.linalg.svd(matrix, compute_uv=False)),
    }


def cases():
    normal = rng.normal(0, 0.3, 240)
    largest = np.argsort(np.argsort(-np.abs(normal))) < 60
    yield case("magnitude", normal, normal + rng.normal(0, 0.2, 240), largest.astype(int), [12, 20])
    uniform = rng.uniform(-1, 1, 216)
    yield case(
        "kernels", uniform, 1.5 * uniform + rng.normal(0, 0.4, 216), rng.integers(0, 2, 216),
        [8, 3, 3, 3],
    )
    heavy = rng.standard_t(2, 150)
    heavy[17], heavy[18] = 60.0, -45.0
    yield case("heavy", heavy, heavy[::-1].copy(), rng.integers(0, 2, 150), [15, 10])
    ties = np.repeat([-0.5, 0.0, 0.25, 0.5], 20)
    yield case("ties", ties, np.roll(ties, 7), np.tile([1, 1, 0, 1, 0], 16), [8, 10])
    few = np.array([0.5, -0.25, 0.125, 2.0, -3.0, 0.0])
    yield case("few", few, few[::-1].copy(), np.array([1, 0, 1, 1, 0, 1]), [2, 3])


print(json.dumps({
    "versions": f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}",
    "cases": list(cases()),
}, indent=1))
