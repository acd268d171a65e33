"""Writes nonparametric.json: what SciPy gives for tests of tables, laws and p-values in StatisticsTests.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, statsmodels 0.15.0 and mpmath 1.3.0; run
`python3 nonparametric.py > nonparametric.json`.
"""

import itertools
import json
import platform
import warnings
from fractions import Fraction
from math import comb

import mpmath
import numpy as np
import scipy
import statsmodels
from scipy import special, stats
from scipy.stats import _ksstats
from statsmodels.stats.diagnostic import normal_ad

warnings.simplefilter("ignore", UserWarning)
mpmath.mp.dps = 50
rng = np.random.default_rng(20261201)


def floats(values):
    return [float(value) for value in values]


def rounded(values, digits=3):
    return [round(float(value), digits) for value in values]


def overlap(population, first, second, shared):
    """By exact integers: probabilities no larger than the observed one."""
    low, high = max(0, first + second - population), min(first, second)
    ways = {k: comb(first, k) * comb(population - first, second - k) for k in range(low, high + 1)}
    total = comb(population, second)
    extreme = sum(w for w in ways.values() if w <= ways[shared])
    law = stats.hypergeom(population, first, second)
    lower, upper = law.interval(0.95)
    return {
        "population": population, "first": first, "second": second, "overlap": shared,
        "mean": float(law.mean()), "variance": float(np.nan_to_num(law.var())),
        "logProbability": float(mpmath.log(mpmath.mpf(ways[shared]) / total)),
        "logPValue": float(mpmath.log(mpmath.mpf(extreme) / total)),
        "lower": int(lower), "upper": int(upper),
    }


def large_tail(population, first, second, shared):
    """By log-gamma of 50 digits and the ratios of neighbours: ln P(X = k) and ln P(X >= k)."""
    def log_choose(n, k):
        return mpmath.loggamma(n + 1) - mpmath.loggamma(k + 1) - mpmath.loggamma(n - k + 1)

    log_probability = (
        log_choose(first, shared) + log_choose(population - first, second - shared)
        - log_choose(population, second)
    )
    term, total, k = mpmath.mpf(1), mpmath.mpf(1), shared
    while k < min(first, second) and term > total * mpmath.mpf(10) ** -25:
        term *= mpmath.mpf(first - k) * (second - k)
        term /= mpmath.mpf(k + 1) * (population - first - second + k + 1)
        total += term
        k += 1
    return {
        "population": population, "first": first, "second": second, "overlap": shared,
        "logProbability": float(log_probability),
        "logUpperTail": float(log_probability + mpmath.log(total)),
    }


def fisher(table):
    result = stats.fisher_exact(table)
    return {"table": list(np.ravel(table).tolist()), "pValue": float(result.pvalue)}


def one_sample(name, values, mean, deviation):
    result = stats.ks_1samp(values, stats.norm(mean, deviation).cdf, method="exact")
    return {
        "name": name, "values": floats(values), "mean": mean, "standardDeviation": deviation,
        "statistic": float(result.statistic), "pValue": float(result.pvalue),
    }


def kolmogorov(count, z):
    """By Pomeranz's exact recursion up to 200; beyond 140 `kstwo` itself approximates."""
    distance = z / count**0.5
    exact = count <= 200 and z < 2
    tail = _ksstats._kolmogn_Pomeranz(count, distance, cdf=False) if exact else None
    return {
        "count": count, "distance": distance,
        "upperTail": float(tail if exact else stats.kstwo.sf(distance, count)),
    }


def two_samples(name, first, second):
    result = stats.ks_2samp(first, second, method="exact")
    return {
        "name": name, "first": floats(first), "second": floats(second),
        "statistic": float(result.statistic), "pValue": float(result.pvalue),
    }


def distance(first, second):
    points = sorted(set(first) | set(second))
    share = lambda values, x: Fraction(sum(v <= x for v in values), len(values))
    return max(abs(share(first, x) - share(second, x)) for x in points)


def tied_samples(first, second):
    """By all assignments: the share whose distance is at least the observed one."""
    pooled, observed = first + second, distance(first, second)
    extreme = total = 0
    for chosen in itertools.combinations(range(len(pooled)), len(first)):
        rest = [pooled[i] for i in range(len(pooled)) if i not in chosen]
        extreme += distance([pooled[i] for i in chosen], rest) >= observed
        total += 1
    return {
        "name": "ties", "first": floats(first), "second": floats(second),
        "statistic": float(observed), "pValue": extreme / total,
    }


def normality(name, values):
    """p is statsmodels'; A^2 is by SciPy's logarithms, since statsmodels takes those of rounded tails."""
    x = np.sort(np.asarray(values, float))
    y, n = (x - x.mean()) / x.std(ddof=1), len(x)
    logs = stats.norm.logcdf(y) + stats.norm.logsf(y)[::-1]
    statistic, p = normal_ad(x)
    ours = -n - ((2 * np.arange(1, n + 1) - 1) * logs).sum() / n
    assert abs(ours - statistic) < 1e-3
    return {"name": name, "values": floats(values), "statistic": float(ours), "pValue": float(p)}


def samples(name, groups):
    result = stats.anderson_ksamp([np.asarray(g, float) for g in groups], variant="midrank")
    return {
        "name": name, "samples": [floats(g) for g in groups],
        "statistic": float(result.statistic), "pValue": float(result.pvalue),
    }


def paired(differences):
    result = stats.permutation_test(
        (np.asarray(differences),), lambda d, axis: abs(d.sum(axis=axis)), vectorized=True,
        permutation_type="samples", alternative="greater", n_resamples=np.inf)
    return {"first": floats(differences), "second": [], "pValue": float(result.pvalue)}


def groups(first, second):
    statistic = lambda x, y, axis: abs(x.mean(axis=axis) - y.mean(axis=axis))
    result = stats.permutation_test(
        (np.asarray(first), np.asarray(second)), statistic, vectorized=True,
        permutation_type="independent", alternative="greater", n_resamples=np.inf)
    return {"first": floats(first), "second": floats(second), "pValue": float(result.pvalue)}


def discovery(values):
    return {"values": floats(values), "adjusted": floats(stats.false_discovery_control(values))}


# Smooth-sheet paper, laboratories A to D: Scholz and Stephens 1987, table 3 (from Lehmann 1975).
PAPER = [
    [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0],
    [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
    [34.0, 35.0, 39.0, 40.0, 43.0, 43.0, 44.0, 45.0],
    [34.0, 34.8, 34.8, 35.4, 37.2, 37.8, 41.2, 42.8],
]
SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__, "mpmath": mpmath.__version__,
    },
    "overlaps": [
        overlap(*row) for row in [
            (20, 8, 9, 3), (20, 8, 9, 8), (20, 10, 10, 5), (20, 10, 10, 7), (20, 18, 15, 13),
            (300, 60, 60, 12), (300, 60, 60, 20), (300, 60, 60, 3), (2000, 400, 300, 110),
            (2000, 400, 300, 300), (2000, 400, 300, 0), (5, 0, 3, 0), (5, 5, 3, 3), (1, 1, 1, 1),
        ]
    ],
    "tails": [
        large_tail(*row) for row in [
            (10**8, 2 * 10**7, 2 * 10**7, 4 * 10**6 + 5000),
            (10**8, 2 * 10**7, 2 * 10**7, 10**7), (10**8, 2 * 10**7, 2 * 10**7, 2 * 10**7),
            (2 * 10**9, 10**9, 10**6, 501000), (15 * 10**6, 15 * 10**4, 15 * 10**4, 1501),
            (10**8, 100, 10**7, 40),
        ]
    ],
    "fisher": [
        fisher(table) for table in [
            [[8, 2], [1, 5]], [[3, 1], [1, 3]], [[0, 10], [9, 1]], [[100, 200], [150, 130]],
            [[1000, 1], [990, 20]], [[5, 0], [4, 0]], [[7, 7], [7, 7]], [[2, 23], [3, 30]],
        ]
    ],
    "oneSample": [
        one_sample("n = 1", [0.3], 0.0, 1.0),
        one_sample("n = 5", rounded(rng.normal(0.5, 1, 5)), 0.0, 1.0),
        one_sample("n = 20", rounded(rng.normal(3, 2, 20)), 3.0, 2.0),
        one_sample("n = 20, far", rounded(rng.normal(2, 1, 20)), 0.0, 1.0),
        one_sample("n = 60, shifted", rounded(rng.normal(0.4, 1, 60)), 0.0, 1.0),
        one_sample("n = 120", rounded(rng.normal(0.1, 1, 120)), 0.0, 1.0),
        one_sample("all equal", [0.0] * 10, 0.0, 1.0),
    ],
    "kolmogorov": [
        kolmogorov(n, z) for n in [1, 2, 9, 50, 200, 201, 1000, 20000, 200000]
        for z in [0.45, 0.7, 0.95, 1.36, 1.6, 1.99, 2.01, 2.5, 4.0]
    ],
    "limit": [
        {"z": z, "upperTail": float(special.kolmogorov(z))}
        for z in [0.2, 0.5, 0.8, 0.999, 1.0, 1.36, 2.0, 5.0]
    ],
    "twoSamples": [
        two_samples("1 and 1", [1.0], [2.0]),
        two_samples("3 and 4, apart", [1, 2, 3], [4, 5, 6, 7]),
        two_samples("8 and 8", rng.normal(0, 1, 8), rng.normal(1, 1, 8)),
        two_samples("7 and 12", rng.normal(0, 1, 7), rng.normal(0.5, 1, 12)),
        two_samples("40 and 55", rng.normal(0, 1, 40), rng.normal(0.8, 1, 55)),
        two_samples("100 and 100", rng.normal(0, 1, 100), rng.normal(0, 1.5, 100)),
        tied_samples([1, 1, 2, 2, 3], [2, 2, 3, 3, 3, 4]),
        tied_samples([0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 1]),
        tied_samples([1, 1, 1], [1, 1, 1, 1]),
    ],
    "normality": [
        normality("n = 8", rounded(rng.normal(5, 2, 8))),
        normality("n = 30", rounded(rng.normal(0, 1, 30))),
        normality("grid of 25", stats.norm.ppf((np.arange(25) + 0.5) / 25)),
        normality("n = 50, uniform", rounded(rng.uniform(0, 1, 50))),
        normality("n = 40, exponential", rounded(rng.exponential(1, 40))),
        normality("ties", [1.0] * 6 + [2.0] * 6 + [3.0] * 6),
        normality("one far out", rounded(rng.normal(0, 0.01, 60)) + [50.0]),
    ],
    "samples": [
        samples("paper", PAPER), samples("paper, A and B", PAPER[:2]),
        samples("paper, A and D", [PAPER[0], PAPER[3]]), samples("small", [[1, 2, 5], [3, 4]]),
        samples("near", [rng.normal(0, 1, 30), rng.normal(0.6, 1, 20)]),
        samples("ties", [[1, 1, 2, 2, 3], [2, 2, 3, 3, 3, 4], [1, 2, 3, 4, 4, 4]]),
        samples("far", [rng.normal(0, 1, 30), rng.normal(3, 1, 30)]),
    ],
    "paired": [
        paired(SLEEP), paired([1.0, -1.0, 2.0]), paired([0.3, 0.1, 0.2, -0.4, 0.5, 0.6]),
        paired(rounded(rng.normal(0.5, 1, 12))), paired([0.0, 0.0, 0.0, 1.0]),
    ],
    "groups": [
        groups(PAPER[0], PAPER[3]), groups([1.0, 2.0], [3.0, 7.0, 8.0]),
        groups([1.0, 1.0, 2.0], [1.0, 2.0, 2.0]),
        groups(rounded(rng.normal(0, 1, 5)), rounded(rng.normal(1, 3, 9))),
    ],
    "discovery": [
        discovery([0.01, 0.04, 0.03, 0.005]), discovery([0.6, 0.9, 0.0, 0.02, 0.02]),
        discovery([0.3]), discovery(rounded(rng.uniform(0, 1, 15) ** 2, 4)),
    ],
}, indent=1))
