"""Writes reference.json: what SciPy gives for the statistics that StatisticsTests checks.

Made with Python 3.11, NumPy 2.4.6 and SciPy 1.17.1; run `python3 reference.py > reference.json`.
Takes a minute or two.
"""

import json
import platform

import numpy as np
import scipy
from scipy import integrate, special, stats

rng = np.random.default_rng(20240607)


def floats(values):
    return [float(value) for value in values]


def paired(name, treated, control, margin, alpha):
    x, y = np.asarray(treated, float), np.asarray(control, float)
    d = x - y
    n = len(d)
    t = stats.ttest_rel(x, y)
    below = stats.ttest_1samp(d, -margin, alternative="greater").pvalue
    above = stats.ttest_1samp(d, margin, alternative="less").pvalue
    interval = t.confidence_interval(1 - 2 * alpha)
    correction = np.exp(special.gammaln((n - 1) / 2) - special.gammaln((n - 2) / 2))
    correction /= np.sqrt((n - 1) / 2)
    return {
        "name": name, "treated": floats(x), "control": floats(y), "margin": margin,
        "alpha": alpha, "mean": float(d.mean()), "standardDeviation": float(d.std(ddof=1)),
        "standardError": float(stats.sem(d)), "lower": float(interval.low),
        "upper": float(interval.high), "t": float(t.statistic), "tPValue": float(t.pvalue),
        "equivalencePValue": float(max(below, above)),
        "hedgesG": float(correction * d.mean() / np.sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2)),
    }


def paired_table():
    # R's `sleep`: Student 1908; hours of extra sleep under two drugs, ten patients.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    table = [paired("sleep", first, second, 1.0, 0.025)]
    for n, shift, margin, alpha in [
        (3, 0.0, 0.5, 0.05), (5, -0.2, 0.5, 0.05), (8, 0.1, 0.3, 0.1), (12, -1.0, 0.5, 0.05),
        (40, 0.02, 0.2, 0.01), (200, 0.0, 0.1, 0.05),
    ]:
        control = rng.normal(97, 0.4, n)
        treated = control + rng.normal(shift, 0.3, n)
        table.append(paired(f"normal, n = {n}", treated, control, margin, alpha))
    return table


def signed_rank(name, differences, method):
    d = np.asarray(differences, float)
    correction = {"correction": True} if method == "asymptotic" else {}
    every = stats.PermutationMethod(n_resamples=np.inf)
    result = stats.wilcoxon(d, method=every if method == "every sign" else method, **correction)
    plus = stats.wilcoxon(d, method="asymptotic", alternative="greater").statistic
    return {
        "name": name, "differences": floats(d), "nonZeroCount": int(np.count_nonzero(d)),
        "positiveRankSum": float(plus), "pValue": float(result.pvalue),
        "isExact": method != "asymptotic",
    }


def signed_rank_table():
    return [
        signed_rank("one", [0.3], "exact"),
        signed_rank("no ties, n = 6", [0.1, -0.4, 0.5, 0.9, 1.3, -0.2], "exact"),
        signed_rank("all below zero", -np.arange(1, 10), "exact"),
        signed_rank("no ties, n = 50", rng.normal(0.2, 1, 50), "exact"),
        signed_rank("ties and a zero", [1.5, 2, 2, -3, 0, 4, 4, -1.5, 6], "every sign"),
        signed_rank("all tied", [1, 1, -1, 1, 1, 1, -1], "every sign"),
        signed_rank("ties, n = 12", rng.integers(-3, 6, 12), "every sign"),
        signed_rank("no ties, n = 51", rng.normal(0.3, 1, 51), "asymptotic"),
        signed_rank("ties and zeros, n = 80", rng.integers(-4, 6, 80), "asymptotic"),
    ]


def bootstrap(name, statistic, sample, level):
    sample = np.asarray(sample, float)
    function = {"mean": np.mean, "variance": np.var}[statistic]
    options = {"confidence_level": level, "method": "BCa"}
    drawn = stats.bootstrap((sample,), function, n_resamples=199, rng=rng, **options)
    interval = drawn.confidence_interval
    return {
        "name": name, "statistic": statistic, "sample": floats(sample), "level": level,
        "replications": floats(drawn.bootstrap_distribution), "lower": float(interval.low),
        "upper": float(interval.high),
    }


def bootstrap_table():
    return [
        bootstrap("normal", "mean", rng.normal(size=10), 0.9),
        bootstrap("skewed", "mean", rng.exponential(size=15), 0.95),
        bootstrap("skewed", "variance", rng.exponential(size=12), 0.8),
        bootstrap("ties", "mean", [0, 0, 1, 1, 1, 2, 5, 5], 0.9),
    ]


def bootstrap_coverage():
    """How often SciPy's BCa interval holds the mean of an exponential distribution, 1."""
    count, resamples, level, trials = 12, 300, 0.9, 20_000
    held = 0
    for _ in range(trials // 500):
        interval = stats.bootstrap(
            (rng.exponential(size=(500, count)),), np.mean, axis=-1, vectorized=True,
            n_resamples=resamples, confidence_level=level, method="BCa", rng=rng,
        ).confidence_interval
        held += int(np.sum((interval.low <= 1) & (1 <= interval.high)))
    return {
        "count": count, "resamples": resamples, "level": level, "trials": trials, "held": held,
    }


def power(claim, mean, sd, n, margin, alpha):
    t = stats.t.isf(alpha, n - 1)
    root = np.sqrt(n) / sd
    if claim == "difference":
        return float(stats.nct.sf(t, n - 1, abs(mean) * root))
    chi = stats.chi(n - 1, scale=1 / np.sqrt(n - 1))
    upper = margin * root / t

    def integrand(u):
        inside = stats.norm.cdf((margin - mean) * root - t * u)
        inside -= stats.norm.cdf(t * u - (margin + mean) * root)
        return inside * chi.pdf(u)

    points = [point for point in chi.ppf([1e-9, 0.01, 0.5, 0.99]) if point < upper]
    edges = [0, *points, upper]
    parts = (
        integrate.quad(integrand, a, b, epsabs=1e-13, epsrel=1e-11)[0]
        for a, b in zip(edges, edges[1:])
    )
    return float(sum(parts))


def power_table():
    cases = [
        ("equivalence", 0.0, 0.3, 2, 0.5, 0.05), ("equivalence", 0.0, 0.3, 5, 0.5, 0.05),
        ("equivalence", 0.2, 0.3, 12, 0.5, 0.05), ("equivalence", -0.4, 1.0, 200, 0.5, 0.01),
        ("equivalence", 0.1, 1.0, 10, 0.5, 0.1), ("equivalence", 0.3, 2.0, 3000, 0.5, 0.05),
        ("difference", 0.3, 0.3, 2, 0.5, 0.05), ("difference", -0.3, 0.4, 10, 0.5, 0.05),
        ("difference", 0.1, 0.5, 100, 0.5, 0.025), ("difference", 0.02, 0.5, 4000, 0.5, 0.05),
    ]
    names = ["claim", "mean", "standardDeviation", "replicates", "margin", "alpha"]
    return [dict(zip(names, case), power=power(*case)) for case in cases]


def needed(claim, mean, sd, observed, margin, alpha):
    n = observed + 1
    while power(claim, mean, sd, n, margin, alpha) < 0.8:
        n += 1
    return n


def needed_table():
    table = []
    for mean, sd, count, margin, alpha in [
        (0.1, 0.6, 5, 0.5, 0.05), (-0.3, 0.5, 4, 0.4, 0.05), (0.6, 1.2, 10, 0.5, 0.1),
    ]:
        nu = count - 1
        spreads = [sd * np.sqrt(nu / stats.chi2.isf(0.1, nu)), sd]
        spreads.append(sd * np.sqrt(nu / stats.chi2.ppf(0.1, nu)))
        row = {"mean": mean, "standardDeviation": sd, "count": count, "margin": margin,
               "alpha": alpha}
        for claim in ["equivalence", "difference"]:
            if claim == "equivalence" and abs(mean) >= margin:
                continue
            row[claim] = [needed(claim, mean, s, count, margin, alpha) for s in spreads]
        table.append(row)
    return table


def distribution_table():
    return [
        {
            "upperTail": p, "degreesOfFreedom": nu, "t": float(stats.t.isf(p, nu)),
            "chiSquared": float(stats.chi2.isf(p, nu)),
        }
        for nu in [1, 2, 9, 30, 31, 100, 9999] for p in [0.1, 0.05, 0.025, 0.005]
    ]


print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
    },
    "distributions": distribution_table(),
    "paired": paired_table(),
    "signedRank": signed_rank_table(),
    "bootstrap": bootstrap_table(),
    "bootstrapCoverage": bootstrap_coverage(),
    "power": power_table(),
    "replicatesNeeded": needed_table(),
}, indent=1))
