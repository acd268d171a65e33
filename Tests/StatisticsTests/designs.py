"""Writes designs.json: what SciPy, statsmodels and scikit-learn give for rank tests, designs and fits.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, statsmodels 0.15.0 and scikit-learn 1.9.1; run
`python3 designs.py > designs.json`. Exact p-values of few values are counted over all permutations or signs.
"""

import itertools
import json
import platform

import numpy as np
import pandas as pd
import scipy
import sklearn
import statsmodels
from scipy import optimize, stats
from sklearn.isotonic import IsotonicRegression
from statsmodels.formula.api import ols
from statsmodels.stats.anova import AnovaRM, anova_lm
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261201)


def floats(values):
    return [float(v) for v in np.ravel(values)]


def rows(values):
    return [floats(row) for row in values]


def spearman(name, x, y):
    result = stats.spearmanr(x, y)
    p = float(result.pvalue)
    if len(x) <= 9:
        a, b = stats.rankdata(x), stats.rankdata(y)
        centre = a.sum() * b.sum() / len(x)
        sums = np.array(list(itertools.permutations(b))) @ a
        p = float(np.mean(np.abs(sums - centre) >= abs(a @ b - centre) - 1e-9))
    return {"name": name, "x": floats(x), "y": floats(y), "statistic": float(result.statistic), "pValue": p}


def kendall(name, x, y):
    result = stats.kendalltau(x, y)
    return {
        "name": name, "x": floats(x), "y": floats(y), "statistic": float(result.statistic),
        "pValue": float(result.pvalue),
    }


def signed_rank(differences):
    d = np.asarray(differences, float)
    d = d[d != 0]
    if len(d) > 14:
        result = stats.wilcoxon(d, alternative="greater", method="approx")
        two = stats.wilcoxon(d, method="approx", correction=False)
        return float(result.statistic), float(two.pvalue)
    ranks = stats.rankdata(np.abs(d))
    sums = np.array(list(itertools.product([0, 1], repeat=len(d)))) @ ranks
    centre, w = ranks.sum() / 2, ranks[d > 0].sum()
    p = float(np.mean(np.abs(sums - centre) >= abs(w - centre) - 1e-9))
    if len(set(np.abs(d))) == len(d):
        assert np.isclose(p, stats.wilcoxon(d, method="exact").pvalue)
    return float(w), p


def signed(name, differences):
    w, p = signed_rank(differences)
    return {"name": name, "differences": floats(differences), "rankSum": w, "pValue": p}


def friedman(name, blocks):
    blocks = np.asarray(blocks, float)
    n, k = blocks.shape
    result = stats.friedmanchisquare(*blocks.T)
    f = (n - 1) * result.statistic / (n * (k - 1) - result.statistic)
    raw = [signed_rank(blocks[:, i] - blocks[:, j])[1] for i in range(k) for j in range(i + 1, k)]
    return {
        "name": name, "blocks": rows(blocks), "chiSquare": float(result.statistic),
        "chiSquarePValue": float(result.pvalue), "fRatio": float(f),
        "pValue": float(stats.f.sf(f, k - 1, (k - 1) * (n - 1))),
        "pairs": floats(multipletests(raw, method="holm")[1]),
    }


def repeated(name, values):
    values = np.asarray(values, float)
    n, k = values.shape
    frame = pd.DataFrame(
        [(i, j, values[i, j]) for i in range(n) for j in range(k)], columns=["subject", "level", "y"])
    table = AnovaRM(frame, "y", "subject", within=["level"]).fit().anova_table
    contrasts = np.linalg.qr(np.column_stack([np.ones(k), np.eye(k)[:, 1:]]))[0][:, 1:]
    eigen = np.linalg.eigvalsh(contrasts.T @ np.cov(values.T) @ contrasts)
    epsilon = eigen.sum() ** 2 / ((k - 1) * (eigen**2).sum())
    f = float(table["F Value"].iloc[0])
    return {
        "name": name, "replicates": rows(values), "fRatio": f, "epsilon": float(epsilon),
        "sphericalPValue": float(table["Pr > F"].iloc[0]),
        "pValue": float(stats.f.sf(f, epsilon * (k - 1), epsilon * (k - 1) * (n - 1))),
    }


def modified_large_sample(terms, level):
    """Ting et al. (1990), of (weight, mean square, degrees of freedom)."""
    tail = (1 - level) / 2
    terms = [t for t in terms if t[0] != 0]
    estimate = sum(c * m for c, m, _ in terms)

    def reach(terms):
        plus, minus = [t for t in terms if t[0] > 0], [(-c, m, v) for c, m, v in terms if c < 0]
        g = lambda v: 1 - 1 / (stats.chi2.isf(tail, v) / v)
        h = lambda v: 1 / (stats.chi2.isf(1 - tail, v) / v) - 1
        total = sum((g(v) * c * m) ** 2 for c, m, v in plus) + sum((h(v) * c * m) ** 2 for c, m, v in minus)
        for c, m, v in plus:
            for d, s, w in minus:
                f = stats.f.isf(tail, v, w)
                total += ((f - 1) ** 2 - (g(v) * f) ** 2 - h(w) ** 2) / f * c * m * d * s
        return np.sqrt(max(0, total))

    lower = estimate - reach(terms)
    upper = estimate + reach([(-c, m, v) for c, m, v in terms])
    return max(0.0, float(lower)), max(0.0, float(upper))


def components(name, factors, values, formula, weights):
    """`weights` has each component's sum of mean squares, in the order of the formula's terms."""
    levels = [f["levels"] for f in factors]
    cells = list(itertools.product(*[range(n) for n in levels]))
    frame = pd.DataFrame(cells, columns=list("abc")[: len(levels)])
    frame["y"] = np.ravel(values)
    # A saturated fit warns that nothing is left; its sums of squares are what is wanted.
    table = anova_lm(ols("y ~ " + formula, frame).fit(), typ=1)
    table = table[table["df"] > 0] if "Residual" not in formula else table
    table = table.drop(index="Residual", errors="ignore")
    square, freedom = (table["sum_sq"] / table["df"]).tolist(), table["df"].tolist()
    level = 0.9
    result = []
    for weight in weights:
        terms = list(zip(weight, square, freedom))
        lower, upper = modified_large_sample(terms, level)
        result.append({"variance": float(sum(w * m for w, m, _ in terms)), "lower": lower, "upper": upper})
    return {
        "name": name, "factors": factors, "values": floats(values), "level": level, "meanSquares": floats(square),
        "degreesOfFreedom": [int(v) for v in freedom], "components": result,
    }


def component_table():
    def factor(name, levels, within=()):
        return {"name": name, "levels": levels, "within": list(within)}

    a, b, c = 4, 3, 2
    noise = lambda *shape: rng.normal(0, 1, shape)
    crossed = 3 * noise(a, 1, 1) + noise(1, b, 1) + 0.5 * noise(a, b, 1) + 0.3 * noise(a, b, c)
    return [
        components(
            "crossed, three", [factor("a", a), factor("b", b), factor("c", c)], crossed,
            "C(a) + C(b) + C(c) + C(a):C(b) + C(a):C(c) + C(b):C(c) + C(a):C(b):C(c)",
            np.array([
                [1, 0, 0, -1, -1, 0, 1], [0, 1, 0, -1, 0, -1, 1], [0, 0, 1, 0, -1, -1, 1],
                [0, 0, 0, 1, 0, 0, -1], [0, 0, 0, 0, 1, 0, -1], [0, 0, 0, 0, 0, 1, -1], [0, 0, 0, 0, 0, 0, 1],
            ]) / np.array([[b * c], [a * c], [a * b], [c], [b], [a], [1]])),
        components(
            "nested, three", [factor("a", a), factor("b", b, "a"), factor("c", c, "ab")],
            2 * noise(a, 1, 1) + noise(a, b, 1) + 0.5 * noise(a, b, c),
            "C(a) + C(a):C(b) + C(a):C(b):C(c)",
            np.array([[1, -1, 0], [0, 1, -1], [0, 0, 1]]) / np.array([[b * c], [c], [1]])),
        components(
            "b within a, crossed with c", [factor("a", a), factor("b", b, "a"), factor("c", c)],
            2 * noise(a, 1, 1) + noise(1, 1, c) + 0.2 * noise(a, b, c),
            "C(a) + C(c) + C(a):C(b) + C(a):C(c) + C(a):C(b):C(c)",
            np.array([[1, 0, -1, -1, 1], [0, 1, 0, -1, 0], [0, 0, 1, 0, -1], [0, 0, 0, 1, -1], [0, 0, 0, 0, 1]])
            / np.array([[b * c], [a * b], [c], [b], [1]])),
        components(
            "crossed, two", [factor("a", 5), factor("b", 4)], noise(5, 1) + noise(5, 4), "C(a) + C(b) + C(a):C(b)",
            np.array([[1, 0, -1], [0, 1, -1], [0, 0, 1]]) / np.array([[4], [5], [1]])),
    ]


def hedges(name, treated, control, level):
    x = np.asarray(treated, float)
    if control is None:
        v, scale = len(x) - 1, np.sqrt(len(x))
        d = x.mean() / x.std(ddof=1)
    else:
        y = np.asarray(control, float)
        v = len(x) + len(y) - 2
        d = (x.mean() - y.mean()) / np.sqrt(((len(x) - 1) * x.var(ddof=1) + (len(y) - 1) * y.var(ddof=1)) / v)
        scale = np.sqrt(len(x) * len(y) / (len(x) + len(y)))
    correction = np.exp(scipy.special.gammaln(v / 2) - scipy.special.gammaln((v - 1) / 2)) / np.sqrt(v / 2)
    t = d * scale
    ends = [
        optimize.brentq(lambda e: stats.nct.cdf(t, v, e) - q, t - 8 - abs(t), t + 8 + abs(t), xtol=1e-13)
        / scale for q in [(1 + level) / 2, (1 - level) / 2]
    ]
    return {
        "name": name, "treated": floats(x), "control": None if control is None else floats(control),
        "level": level, "estimate": float(correction * d), "lower": float(ends[0]), "upper": float(ends[1]),
    }


def isotonic(name, values, weights, rising):
    fit = IsotonicRegression(increasing=rising).fit_transform(np.arange(len(values)), values, sample_weight=weights)
    return {
        "name": name, "values": floats(values), "weights": floats(weights), "rising": rising, "fitted": floats(fit),
    }


def broken(name, x, replicates, level):
    x, y = np.asarray(x, float), np.asarray(replicates, float)
    count, k = y.shape
    offsets = np.kron(np.eye(count), np.ones((k, 1)))
    points = np.tile(x, count)

    def fit(psi):
        design = np.column_stack([offsets, points, np.maximum(0, points - psi)])
        solution = np.linalg.lstsq(design, y.ravel(), rcond=None)[0]
        return float(((y.ravel() - design @ solution) ** 2).sum()), solution[-2:]

    grid = np.unique(np.concatenate([np.linspace(x[1], x[-2], 4001), x[1:-1]]))
    squares = [fit(p)[0] for p in grid]
    near = int(np.argmin(squares))
    low, high = grid[max(0, near - 1)], grid[min(len(grid) - 1, near + 1)]
    best = optimize.minimize_scalar(
        lambda p: fit(p)[0], bounds=(low, high), method="bounded", options={"xatol": 1e-12})
    psi = best.x if best.fun < squares[near] else grid[near]
    freedom = count * (k - 1) - 3
    least, slopes = fit(psi)
    limit = least * (1 + 2 * stats.f.isf(1 - level, 2, freedom) / freedom)
    inside = np.array(squares) <= limit
    first, last = int(np.argmax(inside)), len(grid) - 1 - int(np.argmax(inside[::-1]))
    excess = lambda p: fit(p)[0] - limit
    lower = x[0] if first == 0 else optimize.brentq(excess, grid[first - 1], grid[first], xtol=1e-13)
    upper = x[-1] if last == len(grid) - 1 else optimize.brentq(excess, grid[last], grid[last + 1], xtol=1e-13)
    return {
        "name": name, "x": floats(x), "replicates": rows(y), "level": level, "breakpoint": float(psi),
        "before": float(slopes[0]), "after": float(slopes.sum()), "lower": float(lower), "upper": float(upper),
    }


def curves(count, x, psi, after, noise):
    x = np.asarray(x, float)
    return 90 + rng.normal(0, 1, (count, 1)) + after * np.maximum(0, x - psi) + rng.normal(0, noise, (count, len(x)))


def normal(n):
    return rng.normal(0, 1, n)


def related(n):
    x = normal(n)
    return x, x + normal(n)


ACCURACY = np.array([
    [98.1, 98.0, 97.6, 91.2], [98.3, 98.1, 97.9, 93.0], [98.0, 98.2, 97.1, 88.5], [98.2, 98.1, 97.5, 94.1],
    [98.4, 98.3, 97.8, 90.7],
])
DENSITIES = np.log10([1, 2, 5, 10, 20, 50, 100, 200])
ties = lambda n: rng.integers(0, 4, n)
wave = np.sin(np.arange(12)) + np.arange(12) / 6
print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__, "scikitLearn": sklearn.__version__,
    },
    "spearman": [
        spearman("three in order", [1, 2, 3], [4, 5, 9]), spearman("five", *related(5)), spearman("nine", *related(9)),
        spearman("eight with ties", [1, 1, 2, 2, 2, 3, 4, 4], [2, 1, 2, 4, 4, 3, 4, 4]),
        spearman("two values each", [0, 0, 0, 1, 1], [0, 0, 1, 1, 1]), spearman("thirty", *related(30)),
        spearman("forty with ties", ties(40), ties(40)),
    ],
    "kendall": [
        kendall("two", [1, 2], [5, 3]), kendall("five", *related(5)), kendall("thirty-three", *related(33)),
        kendall("hundred", *related(100)), kendall("twelve with ties", ties(12), ties(12)),
        kendall("three hundred with ties", ties(300), ties(300)),
        kendall("all alike but one", [0, 0, 0, 0, 1], [3, 1, 2, 2, 2]),
    ],
    "signedRanks": [
        signed("five of one sign", [1, 2, 3, 4, 5]), signed("eleven", normal(11) + 0.5),
        signed("ties and zeros", [0, 1, 1, -1, 2, 2, -3, 0, 4, 4]), signed("hundred and fifty", normal(150) + 0.1),
        signed("two hundred with ties", rng.integers(-3, 5, 200)),
    ],
    "friedman": [
        friedman("accuracies", ACCURACY), friedman("noise", rng.normal(0, 1, (8, 3))),
        friedman("ties", [[1, 1, 2, 3], [2, 2, 2, 2], [1, 2, 2, 2], [1, 1, 3, 2], [0, 0, 1, 1], [3, 1, 1, 2]]),
    ],
    "repeated": [
        repeated("accuracies", ACCURACY), repeated("noise", rng.normal(0, 1, (6, 5))),
        repeated("two treatments", rng.normal(0, 1, (7, 2))),
        repeated("more treatments than replicates", rng.normal(0, 1, (3, 6))),
    ],
    "components": component_table(),
    "hedges": [
        hedges("paired, five", [0.3, 0.1, 0.5, 0.2, 0.4], None, 0.95),
        hedges("paired, three", [1, -2, 0.5], None, 0.9),
        hedges("paired, forty", normal(40) + 0.5, None, 0.95), hedges("two samples", normal(6) + 1, normal(9), 0.95),
        hedges("two of two", [1.0, 1.2], [0.9, 1.05], 0.9),
    ],
    "isotonic": [
        isotonic("rising wave", wave, np.ones(12), True), isotonic("falling wave", wave, np.ones(12), False),
        isotonic("weights", normal(15), rng.integers(1, 9, 15), False),
        isotonic("ties", [2, 2, 1, 1, 3, 3, 2], [1, 2, 1, 2, 1, 2, 1], True),
    ],
    "broken": [
        broken("falls between points", DENSITIES, curves(5, DENSITIES, 1.15, -8, 0.3), 0.9),
        broken("falls at a point", DENSITIES, curves(5, DENSITIES, 1, -8, 0.2), 0.95),
        broken("one curve", np.arange(10.0), curves(1, np.arange(10), 6.3, -2, 0.3), 0.9),
        broken("hardly falls", DENSITIES, curves(3, DENSITIES, 1.5, -0.2, 0.5), 0.9),
    ],
}, indent=1))
