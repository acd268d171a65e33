"""LeNet-300-100 on MNIST as a PyTorch module, named, normalized and trained as the toolkit's own network of that name.

    MNIST=FOLDER python3 lenet_engine.py

Beside it must lie espalier_engine.py. Nothing is held out: training examples are those of the file, in its order. Where
STARTS names a folder, networks start from SEED.safetensors there, so that both have the same weights.
"""
import gzip, os, struct
from pathlib import Path

import torch
from torch import nn
from espalier_engine import Data, Engine, serve

FOLDER, STARTS = Path(os.environ["MNIST"]), os.environ.get("STARTS")


def idx(name):
    """The bytes of an IDX file, gzipped or not."""
    path = FOLDER / name
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(name + ".gz").read_bytes())
    shape = struct.unpack_from(f">{data[3]}I", data, 4)
    return torch.frombuffer(bytearray(data[4 + 4 * data[3] :]), dtype=torch.uint8).view(shape)


def examples(part):
    """Images [N, 784], normalized in single precision with one rounding, and their classes [N]."""
    scale, shift = torch.tensor([1 / (255 * 0.3081), -0.1307 / 0.3081], dtype=torch.float32)
    inputs = (idx(f"{part}-images-idx3-ubyte").double() * scale.double() + shift.double()).float()
    return inputs.flatten(1), idx(f"{part}-labels-idx1-ubyte").long()


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc_layers = nn.ModuleList([nn.Linear(784, 300), nn.Linear(300, 100)])
        self.fc = nn.Linear(100, 10)

    def forward(self, x):
        for layer in self.fc_layers:
            x = layer(x).relu()
        return self.fc(x)


def initialize(engine, request, tell):
    """Copies the start that the seed names."""
    Path(request["weights"]).write_bytes((Path(STARTS) / f"{request['seed']}.safetensors").read_bytes())
    return {}


if __name__ == "__main__":
    if STARTS:
        Engine.initialize = initialize
    serve(
        model=LeNet, data=Data(train=examples("train"), test=examples("t10k")),
        optimizer=lambda parameters: torch.optim.SGD(parameters, lr=0.1), batch_size=128)
