"""Prune size against cut size of SynFlow on a small network, computed directly: the golden ratios of
TheoryBehaviourTests.

Made with Python 3.11 and NumPy 2.4.6 from the weights that

    espalier weights --network lenet-12-9 --input 1x2x5 --classes 3 --seed 5 --output w.safetensors

draws; run `python3 prune_size.py w.safetensors`.
"""

import json
import struct
import sys
from math import floor

import numpy as np

NAMES = ["fc_layers.0.weight", "fc_layers.1.weight", "fc.weight"]


def read(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])

    def tensor(name):
        first, last = header[name]["data_offsets"]
        values = np.frombuffer(data[8 + size + first:8 + size + last], np.float32)
        return np.abs(values.reshape(header[name]["shape"]).astype(float))

    return [tensor(name) for name in NAMES]


def largest_ratio(weights, iterations, density):
    """Exponential schedule; sorts all scores, pruned weights (score 0) included."""
    total = sum(w.size for w in weights)
    masks, ratios = [np.ones_like(w) for w in weights], []
    for iteration in range(1, iterations + 1):
        current = [w * m for w, m in zip(weights, masks)]
        hidden = [np.ones(weights[0].shape[1])]
        for w in current:
            hidden.append(w @ hidden[-1])
        output, gradient, scores = hidden[-1].sum(), np.ones(len(hidden[-1])), []
        for w, h in zip(reversed(current), reversed(hidden[:-1])):
            scores.insert(0, w * np.outer(gradient, h))
            gradient = w.T @ gradient
        flat = np.concatenate([s.ravel() for s in scores])
        pruned = floor((1 - density ** (iteration / iterations)) * total + 1e-12)
        lowest = np.argsort(flat, kind="stable")[:pruned]
        ratios.append(flat[lowest].sum() / output)
        kept = np.concatenate([m.ravel() for m in masks])
        kept[lowest] = 0
        ends = np.cumsum([w.size for w in weights])[:-1]
        masks = [m.reshape(w.shape) for m, w in zip(np.split(kept, ends), weights)]
    return max(ratios)


weights = read(sys.argv[1])
print("totals of |w|", [float(w.sum()) for w in weights])
print("one shot, density 0.1", largest_ratio(weights, 1, 0.1))
print("5 iterations, density 0.1", largest_ratio(weights, 5, 0.1))
