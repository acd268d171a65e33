"""Writes fits.json: what SciPy gives for the fits and laws that StatisticsTests checks.

Made with Python 3.11, NumPy 2.4.6 and SciPy 1.17.1; run `python3 fits.py > fits.json`.
"""

import json
import platform

import numpy as np
import scipy
from scipy import optimize, special, stats

rng = np.random.default_rng(20240608)


def fit(name, x, y):
    result = stats.linregress(x, y)
    return {
        "name": name, "x": [float(v) for v in x], "y": [float(v) for v in y],
        "slope": float(result.slope), "intercept": float(result.intercept),
        "slopeError": float(result.stderr), "interceptError": float(result.intercept_stderr),
        "rSquared": float(result.rvalue**2),
    }


def fit_table():
    # Norris, a calibration of ozone monitors: NIST Statistical Reference Datasets, linear regression.
    x = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4]
    y = [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3]
    steep = rng.normal(0, 3, 40)
    return [
        fit("Norris, first twelve", x, y),
        fit("normal, n = 40", steep, 2 - 0.7 * steep + rng.normal(0, 1, 40)),
        fit("no slope", np.arange(20.0), rng.normal(0, 1, 20)),
    ]


# The layers of VGG-19 for 224 x 224 inputs as Tanaka et al. (NeurIPS 2020) initialize them.
SIZES = [1728, 36864, 73728, 147456, 294912] + [589824] * 3 + [1179648] + [2359296] * 7
SIZES += [102760448, 16777216, 4096000]
OUT = [64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512]
SIGMAS = [float(np.sqrt(2 / (9 * c))) for c in OUT] + [0.01] * 3


def threshold(sizes, sigmas, kept):
    n, s = np.array(sizes, float), np.array(sigmas)
    excess = lambda t: float((n * special.erfc(t / (s * np.sqrt(2)))).sum() - kept)
    t = optimize.brentq(excess, 0, 38 * s.max(), xtol=1e-18, rtol=1e-14)
    return {
        "sizes": sizes, "sigmas": sigmas, "kept": kept, "threshold": float(t),
        "expected": [float(v) for v in n * special.erfc(t / (s * np.sqrt(2)))],
    }


def empty(sizes, kept):
    total = sum(sizes)
    # P(empty) = prod_{i < size} (total - kept - i) / (total - i): exact where a layer is small.
    return [
        float(np.exp(np.log1p(-kept / (total - np.arange(min(size, 200000)))).sum()))
        if size <= min(total - kept, 200000) else 0.0 for size in sizes
    ]


total = sum(SIZES)
print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
    },
    "fits": fit_table(),
    "thresholds": [threshold(SIZES, SIGMAS, -(-total // 2**j)) for j in [1, 5, 8, 16, 24]]
    + [threshold([6, 12], [0.1, 0.2], 9)],
    "empty": [
        {"sizes": sizes, "kept": kept, "probabilities": empty(sizes, kept)}
        for sizes, kept in [([3, 5, 12], 4), ([1728, 36864, 73728], 200), ([1, 99], 10)]
    ],
}, indent=1))
