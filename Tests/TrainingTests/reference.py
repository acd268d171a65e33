"""Writes the expected values that the engine's tests read, computed by PyTorch and safetensors.

    python3 -m venv venv && venv/bin/pip install torch==2.13.0+cpu safetensors==0.8.0 numpy==2.4.6
    venv/bin/python Tests/TrainingTests/reference.py

The versions used stand in the metadata of every file written. Nothing here shares code with the
toolkit: the data order of the training runs comes from a second implementation of its streams, after
Salmon et al. 2011 (Philox 4x32-10) and the GSL manual (shuffle, choose, uniform_int).
"""

import gzip
import hashlib
import platform
import struct
from pathlib import Path

import numpy
import safetensors
import safetensors.numpy
import safetensors.torch
import torch
from torch.nn.functional import cross_entropy, linear, relu

TESTS = Path(__file__).resolve().parent.parent
# One entry: the library writes several in no order of its own, and the files would differ each time.
VERSIONS = {
    "versions": f"torch {torch.__version__}, safetensors {safetensors.__version__}, "
    f"numpy {numpy.__version__}, Python {platform.python_version()}"
}


def save(room, name, tensors):
    folder = TESTS / room / "Resources"
    folder.mkdir(exist_ok=True)
    safetensors.torch.save_file(
        {key: value.detach().contiguous() for key, value in tensors.items()},
        folder / name,
        metadata=VERSIONS,
    )


# Streams ------------------------------------------------------------------------------------------

LOW = 0xFFFFFFFF


class Stream:
    def __init__(self, path):
        digest = hashlib.sha256(path.encode()).digest()
        self.key = struct.unpack("<2I", digest[:8])
        self.upper = struct.unpack("<2I", digest[8:16])
        self.block, self.spare = 0, []

    def bits(self):
        if not self.spare:
            a, b, c, d = self.block & LOW, self.block >> 32, *self.upper
            k0, k1 = self.key
            for _ in range(10):
                p, q = a * 0xD2511F53, c * 0xCD9E8D57
                a, b, c, d = (q >> 32) ^ b ^ k0, q & LOW, (p >> 32) ^ d ^ k1, p & LOW
                k0, k1 = (k0 + 0x9E3779B9) & LOW, (k1 + 0xBB67AE85) & LOW
            self.block += 1
            self.spare = [b << 32 | a, d << 32 | c]
        return self.spare.pop(0)

    def below(self, bound):
        scale = (2**64 - 1) // bound
        while (value := self.bits() // scale) >= bound:
            pass
        return value

    def permutation(self, count):
        order = list(range(count))
        for i in range(count - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order

    def choose(self, count, total):
        chosen = []
        for i in range(total):
            if (total - i) * (self.bits() >> 11) * 2.0**-53 < count - len(chosen):
                chosen.append(i)
        return chosen


def digits():
    """Normalized training examples of the digits, 144 of them held out by the stream 'seed 5 / split'."""
    file = TESTS.parent / "Sources/Readers/Resources/digits.csv.gz"
    rows = numpy.loadtxt(gzip.open(file, "rt"), delimiter=",", dtype=numpy.int64)
    training = rows[Stream("seed 0 / digits / test").permutation(len(rows))[357:]]
    held_out = set(Stream("seed 5 / split").choose(144, len(training)))
    training = training[[i for i in range(len(training)) if i not in held_out]]
    inputs = (training[:, :-1] / 16 - 0.3) / 0.4
    return torch.tensor(inputs, dtype=torch.float32), torch.tensor(training[:, -1])


# Fused steps --------------------------------------------------------------------------------------

STEPS = {
    "sgd": (torch.optim.SGD, {}),
    "sgd-decay": (torch.optim.SGD, {"weight_decay": 0.01}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "momentum-decay": (torch.optim.SGD, {"momentum": 0.9, "weight_decay": 0.01}),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "nesterov-decay": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    "adam": (torch.optim.Adam, {"betas": (0.8, 0.95), "eps": 1e-6}),
    "adam-decay": (torch.optim.Adam, {"betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.01}),
    "adamw-decay": (torch.optim.AdamW, {"betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1}),
}
RATES = [0.1, 0.02, 0.3]
MOMENTS = ["momentum_buffer", "exp_avg", "exp_avg_sq"]


def mask_state(optimizer, masks):
    """Pruned weights and everything an optimizer remembers of them become zero."""
    with torch.no_grad():
        for parameter, mask in masks:
            parameter.mul_(mask)
            for name in MOMENTS:
                moment = optimizer.state[parameter].get(name)
                if moment is not None:
                    moment.mul_(mask)


def fused_steps():
    generator = torch.Generator().manual_seed(1)
    count = 37  # whole vectors of every width, and a rest
    weight = torch.randn(count, generator=generator)
    gradients = [torch.randn(count, generator=generator) for _ in RATES]
    mask = (torch.rand(count, generator=generator) < 0.6).float()
    out = {"weight": weight, "mask": mask.to(torch.uint8)}
    out |= {f"gradient.{i}": gradient for i, gradient in enumerate(gradients)}
    for name, (kind, options) in STEPS.items():
        for masked in (False, True):
            parameter = torch.nn.Parameter(weight * mask if masked else weight.clone())
            optimizer = kind([parameter], lr=1.0, **options)
            for i, (rate, gradient) in enumerate(zip(RATES, gradients)):
                optimizer.param_groups[0]["lr"] = rate
                parameter.grad = gradient.clone()
                optimizer.step()
                if masked:
                    mask_state(optimizer, [(parameter, mask)])
                key = f"{name}{'.masked' if masked else ''}.{i}"
                out[f"{key}.weight"] = parameter.detach().clone()
                for moment in MOMENTS:
                    value = optimizer.state[parameter].get(moment)
                    if value is not None:
                        out[f"{key}.{moment}"] = value.clone()
    save("TensorsTests", "steps.safetensors", out)


# Networks and training ----------------------------------------------------------------------------


def lenet(widths, generator):
    tensors = {}
    for i, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
        name = f"fc_layers.{i}" if i < len(widths) - 2 else "fc"
        scale = (2 / fan_in) ** 0.5
        tensors[f"{name}.weight"] = scale * torch.randn(fan_out, fan_in, generator=generator)
        tensors[f"{name}.bias"] = 0.1 * torch.randn(fan_out, generator=generator)
    return tensors


def logits(tensors, x):
    values = list(tensors.values())
    for i in range(0, len(values), 2):
        x = linear(x, values[i], values[i + 1])
        if i < len(values) - 2:
            x = relu(x)
    return x


def forward():
    generator = torch.Generator().manual_seed(2)
    out = {}
    for name, widths in {"lenet-12-8": [6, 12, 8, 4], "lenet-5": [6, 5, 4]}.items():
        tensors = lenet(widths, generator)
        inputs = torch.randn(9, 6, generator=generator)
        out |= {f"{name}/{key}": value for key, value in tensors.items()}
        out |= {f"{name}/inputs": inputs.reshape(9, 1, 2, 3), f"{name}/logits": logits(tensors, inputs)}
    save("NetworksTests", "forward.safetensors", out)


RUNS = {
    "sgd": (torch.optim.SGD, 0.1, {}),
    "momentum": (torch.optim.SGD, 0.05, {"momentum": 0.9, "weight_decay": 5e-4}),
    "nesterov": (torch.optim.SGD, 0.05, {"momentum": 0.9, "nesterov": True}),
    # A larger epsilon than usual: else rounding in gradients near zero shows in whole steps.
    "adam": (torch.optim.Adam, 0.002, {"eps": 1e-4}),
    "adamw": (torch.optim.AdamW, 0.002, {"eps": 1e-4, "weight_decay": 0.1}),
    "masked": (torch.optim.SGD, 0.05, {"momentum": 0.9}),
}


def factor(name, step):
    """Of the masked run: warmup over 4 steps, a tenth from step 12 on."""
    if name != "masked":
        return 1.0
    return min(step / 4, 1.0) * (0.1 if step >= 12 else 1.0)


def run():
    torch.set_num_threads(1)
    examples, labels = digits()
    batch, steps = 500, 20
    generator = torch.Generator().manual_seed(3)
    initial = lenet([64, 12, 8, 10], generator)
    masks = {
        name: (torch.rand(value.shape, generator=generator) < 0.3).float()
        for name, value in initial.items()
        if value.dim() > 1
    }
    per_epoch = -(-len(examples) // batch)
    out = {f"initial/{name}": value for name, value in initial.items()}
    out |= {f"mask/{name}": value.to(torch.uint8) for name, value in masks.items()}
    for name, (kind, rate, options) in RUNS.items():
        parameters = {key: torch.nn.Parameter(value.clone()) for key, value in initial.items()}
        pairs = [(parameters[key], mask) for key, mask in masks.items()] if name == "masked" else []
        optimizer = kind(parameters.values(), lr=rate, **options)
        mask_state(optimizer, pairs)
        losses = []
        for step in range(steps):
            epoch, position = divmod(step, per_epoch)
            order = Stream(f"seed 5 / order / epoch {epoch}").permutation(len(examples))
            rows = order[position * batch : (position + 1) * batch]
            optimizer.param_groups[0]["lr"] = rate * factor(name, step)
            optimizer.zero_grad()
            loss = cross_entropy(logits(parameters, examples[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            mask_state(optimizer, pairs)
            losses.append(loss.item())
        out |= {f"{name}/{key}": value for key, value in parameters.items()}
        print(f"{name}: loss {losses[0]:.4f} to {losses[-1]:.4f}")
    save("TrainingTests", "run.safetensors", out)


# Files --------------------------------------------------------------------------------------------


def python_file():
    """A file of every element type, as the reference library writes it."""
    values = [-1.5, 0.0, 2.25, 65504.0]
    tensors = {
        "f32": torch.tensor(values),
        "f64": torch.tensor([[1 / 3], [-0.0]], dtype=torch.float64),
        "f16": torch.tensor(values, dtype=torch.float16),
        "bf16": torch.tensor(values, dtype=torch.bfloat16),
        "i64": torch.tensor([-(2**63), 2**63 - 1]),
        "u8": torch.arange(6, dtype=torch.uint8).reshape(1, 2, 3),
        "bool": torch.tensor([True, False, True]),
        "scalar": torch.tensor(7.5),
        "empty": torch.zeros(0, 3),
        "größe \"β\" \\ /": torch.tensor([1.0]),
    }
    save("TensorsTests", "python.safetensors", tensors)


def golden_file():
    """The bytes our own writer must give, put together by hand and read back by the library."""
    header = (
        '{"__metadata__":{"a":"b \\"c\\""},'
        '"w/é":{"data_offsets":[0,16],"dtype":"F32","shape":[2,2]},'
        '"n":{"data_offsets":[16,24],"dtype":"I64","shape":[]},'
        '"none":{"data_offsets":[24,24],"dtype":"F64","shape":[0,3]},'
        '"m":{"data_offsets":[24,27],"dtype":"BOOL","shape":[3]}}'
    ).encode()
    header += b" " * (-len(header) % 8)
    data = struct.pack("<4fq3?", 1, -2, 0.5, float("inf"), -3, True, False, True)
    path = TESTS / "TensorsTests/Resources/golden.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)
    read = safetensors.numpy.load_file(path)
    assert read["w/é"].tolist() == [[1, -2], [0.5, float("inf")]]
    assert read["n"].tolist() == -3 and read["none"].shape == (0, 3)
    assert read["m"].tolist() == [True, False, True]
    with safetensors.safe_open(path, "numpy") as file:
        assert file.metadata() == {"a": 'b "c"'}


if __name__ == "__main__":
    fused_steps()
    forward()
    run()
    python_file()
    golden_file()
    print(VERSIONS["versions"])
