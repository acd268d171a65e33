"""An engine of your own: this network, these data, this training, run by Espalier's suites.

    engine: {command: ["python3", "engine.py"], depends-on: ["espalier_engine.py"]}

Put yours in place of what stands here. It learns to tell four gestures of a pen, drawn where and as large as chance
has it, in noise: 1,600 images of 16 by 16 pixels, made below, of which a network of depthwise convolutions with batch
norm gets most right within ten epochs.
"""
import math

import torch
from torch import nn
from espalier_engine import Data, serve


def images(count, seed):
    """Rings, crosses, bars and brackets: inputs [count, 1, 16, 16] and their classes [count]."""
    generator = torch.Generator().manual_seed(seed)  # the data are the same for every replicate
    place = 7.5 + 5 * torch.rand(2, count, 1, 1, generator=generator) - 2.5
    size = 3 + 2 * torch.rand(count, 1, 1, generator=generator)
    y, x = torch.meshgrid(torch.arange(16.0), torch.arange(16.0), indexing="ij")
    y, x = (y - place[0]).abs(), x - place[1]  # [count, 16, 16]
    inside = torch.maximum(x.abs(), y) < size
    shapes = torch.stack([
        (torch.hypot(x, y) - size).abs() < 0.8,
        inside & ((x.abs() - y).abs() < 0.8),
        inside & (y < 0.8),
        inside & (torch.minimum(x + size, size - y) < 0.8)])
    classes = torch.randint(4, (count,), generator=generator)
    pixels = shapes[classes, torch.arange(count)].float() + 0.5 * torch.randn(count, 16, 16, generator=generator)
    return pixels[:, None], classes


def separable(inputs, outputs, stride):
    """A convolution within each channel and one across channels, each with batch norm."""
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, 3, stride, padding=1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.ReLU(),
        nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Net(nn.Module):
    """Any module will do whose weights are drawn when it is made; what its layers are called names the tensors."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.blocks = nn.Sequential(separable(16, 32, 2), separable(32, 32, 1), separable(32, 64, 2))
        self.head = nn.Linear(64, 4)

    def forward(self, x):  # [N, 1, 16, 16]
        return self.head(self.blocks(self.stem(x)).mean((2, 3)))


def mirrored(x, generator):
    """Augmentation: draw from this generator alone, and every draw repeats."""
    flips = torch.rand(len(x), 1, 1, 1, generator=generator, device=x.device) < 0.5
    return torch.where(flips, x.flip(2), x)


if __name__ == "__main__":
    serve(
        model=Net,
        data=Data(train=images(1280, seed=1), validation=images(320, seed=2), test=images(1000, seed=3)),
        loss=nn.functional.cross_entropy,
        optimizer=lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9, weight_decay=1e-4),
        schedule=lambda step, duration: max((1 + math.cos(math.pi * min(step / duration, 1))) / 2, 0.01),
        batch_size=64,
        augment=mirrored)
