"""A small character-level transformer that learns the licence of this project, as an engine of Espalier.

    engine: {command: ["python3", "engine.py"], depends-on: ["espalier_engine.py", "../../LICENSE"]}

A GPT of two blocks (A. Radford et al., 2019): normalization before each part, learned positions, the output tied to
the embedding. Pruned are the linear layers of the blocks, 98,304 weights, as by Wanda (M. Sun et al., ICLR 2024);
embeddings, biases and normalizations stay whole. The metric is the loss in nats per character.

In two epochs of 390 steps, a quarter of a minute on one core, a dense network comes to about 1.5 on the validation
windows; from the character before alone, one comes to 2.5.

Letters in shapes: N windows, T characters, V kinds of them, D width, H heads.
"""
import math
from pathlib import Path

import torch
from torch import nn
from espalier_engine import Data, serve

TEXT = (Path(__file__).resolve().parents[2] / "LICENSE").read_text(encoding="ascii")
CHARACTERS = sorted(set(TEXT))
LENGTH = 64  # characters that are seen together, T
WIDTH, HEADS, BLOCKS, DROPOUT = 64, 4, 2, 0.1


# Of every seven blocks of 1,024 characters: which are for what, and how far apart windows begin in them.
BLOCK = 1024
PARTS = ("train", 0, 3, 4), ("test", 3, 4, LENGTH), ("train", 4, 6, 4), ("validation", 6, 7, LENGTH)


def windows():
    """Windows of the text and, for each of their characters, the one that follows it. No window reaches from one part
    into another, so that no character of test or validation is seen in training; theirs do not overlap."""
    codes, found = torch.tensor([CHARACTERS.index(x) for x in TEXT]), {}
    for seven in codes.split(7 * BLOCK):
        for split, first, end, stride in PARTS:
            part = seven[first * BLOCK : end * BLOCK]
            if len(part) > LENGTH:
                found.setdefault(split, []).append(part.unfold(0, LENGTH + 1, stride))
    splits = {split: torch.cat(parts) for split, parts in found.items()}
    return Data(**{split: (x[:, :-1], x[:, 1:]) for split, x in splits.items()})  # each [N, T]


class Attention(nn.Module):
    """Each character looks back at itself and those before it."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x):
        def heads(y):
            return y.unflatten(2, (HEADS, -1)).transpose(1, 2)  # [N, H, T, D / H]

        x = nn.functional.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), is_causal=True)
        return self.output(x.transpose(1, 2).flatten(2))  # [N, T, D]


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])
        self.attention = Attention()
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x):
        x = x + self.dropout(self.attention(self.norms[0](x)))
        return x + self.dropout(self.narrow(nn.functional.gelu(self.widen(self.norms[1](x)))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.characters, self.positions = nn.Embedding(len(CHARACTERS), WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)
        self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, len(CHARACTERS), bias=False)
        self.head.weight = self.characters.weight  # the adapter leaves a tied weight alone
        nn.init.normal_(self.characters.weight, std=0.1)
        nn.init.normal_(self.positions.weight, std=0.1)

    def forward(self, x):  # [N, T]
        x = self.characters(x) + self.positions.weight[: x.shape[1]]
        return self.head(self.norm(self.blocks(self.dropout(x))))  # [N, T, V]


def loss(outputs, targets):
    return nn.functional.cross_entropy(outputs.flatten(0, 1), targets.flatten())


def schedule(step, duration):
    """Up over a twentieth of the training, then down by half a cosine to a tenth, at which fine-tuning goes on."""
    done = min(step / duration, 1)
    return min((step + 1) / duration * 20, 0.55 + 0.45 * math.cos(math.pi * done))


def optimizer(parameters):
    return torch.optim.AdamW(parameters, lr=6e-3, weight_decay=0.1)


if __name__ == "__main__":
    serve(
        model=Transformer, data=windows(), loss=loss, optimizer=optimizer, schedule=schedule, batch_size=16,
        metric="loss")
