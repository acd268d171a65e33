"""Writes what PyTorch gives for the programs of ProgramGradientsTests.

    python3 -m venv venv && venv/bin/pip install torch==2.13.0+cpu safetensors==0.8.0 numpy==2.4.6
    venv/bin/python Tests/ProgramsTests/program.py

Arithmetic is float64, so that what differs is the toolkit's rounding alone. State dictionaries are
written as numbered lists, in their order.
"""

import platform
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

BATCHES = [1, 2, 5]
VERSIONS = {
    "versions": f"torch {torch.__version__}, Python {platform.python_version()}"
}


def conv(inputs, outputs, kernel, stride=1, padding=0, bias=False):
    return nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=bias)


class Residual(nn.Module):
    """Every fused form: norm, norm and ReLU, norm and addition and ReLU with either side normalized."""

    def __init__(self):
        super().__init__()
        self.conv0, self.norm0 = conv(3, 5, 3, padding=1), nn.BatchNorm2d(5)
        self.conv1, self.norm1 = conv(5, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6)
        self.conv2, self.norm2 = conv(6, 6, 3, padding=1), nn.BatchNorm2d(6)
        self.short, self.norms = conv(5, 6, 1, stride=2), nn.BatchNorm2d(6)
        self.conv3 = conv(6, 6, 3, padding=1, bias=True)
        self.conv4, self.norm4 = conv(6, 6, 3, padding=1), nn.BatchNorm2d(6)
        self.conv5, self.norm5 = conv(6, 70, 1, bias=True), nn.BatchNorm2d(70)
        self.fc = nn.Linear(70, 4)

    def forward(self, x):
        x = self.norm0(self.conv0(x)).relu()
        x = nn.functional.max_pool2d(x, 3, 2, 1)
        body = self.norm2(self.conv2(self.norm1(self.conv1(x)).relu()))
        x = (body + self.norms(self.short(x))).relu()
        x = (self.norm4(self.conv4(self.conv3(x).relu())) + x).relu()
        x = nn.functional.avg_pool2d(x, 2, 1, 1)
        x = self.norm5(self.conv5(x))
        return self.fc(x.mean((2, 3)))


class Plain(nn.Module):
    """What no fused form covers: ReLU and additions anywhere, a value read three times, a flat map."""

    def __init__(self):
        super().__init__()
        self.norm0 = nn.BatchNorm2d(3)
        self.conv0 = conv(3, 4, 3, stride=2, bias=True)
        self.conv1 = conv(4, 4, 3, padding=1, bias=True)
        self.fc0 = nn.Linear(4 * 2 * 1, 7, bias=False)
        self.fc1 = nn.Linear(7, 4)

    def forward(self, x):
        x = self.conv0(self.norm0(x))
        y = self.conv1(x)
        z = (x + y) + x
        x = (x.relu() + z).relu()
        x = nn.functional.max_pool2d(x, 2, 2)
        x = self.fc0(x.flatten(1)).relu()
        return self.fc1(x + x)


def pulled(network, inputs, labels):
    network.train()
    network.zero_grad()
    loss = nn.functional.cross_entropy(network(inputs), labels)
    loss.backward()
    return loss.detach()


def synaptic_flow(network, initial):
    """|w * dR/dw| of SynFlow (Tanaka et al. 2020, eq. 3), batch norm the identity."""
    network.load_state_dict(initial)
    with torch.no_grad():
        for key, value in network.state_dict().items():
            value.copy_(value.abs())
            if key.endswith("running_mean"):
                value.zero_()
            if key.endswith("running_var"):
                value.fill_(1)
    network.eval()
    network.zero_grad()
    network(torch.ones(1, 3, 9, 7).double()).sum().backward()
    return {key: value.detach() * value.grad for key, value in network.named_parameters()}


def main():
    out = {}
    for name, network in [("residual", Residual()), ("plain", Plain())]:
        generator = torch.Generator().manual_seed(3)
        network = network.double()
        with torch.no_grad():
            for key, value in network.state_dict().items():
                if value.dtype != torch.int64:
                    draws = torch.randn(value.shape, generator=generator, dtype=torch.float64)
                    scale = 0.5 if value.dim() > 1 else 0.2
                    draws = draws * scale + ("norm" in key and value.dim() == 1 and 1)
                    value.copy_(draws.abs() if "var" in key else draws)
                    value.copy_(value.float())
        initial = {key: value.clone() for key, value in network.state_dict().items()}
        for i, value in enumerate(initial.values()):
            out[f"{name}.state.{i}"] = value if value.dtype == torch.int64 else value.float()
        flow = synaptic_flow(network, initial)
        for i, (entry, value) in enumerate(initial.items()):
            if value.dim() > 1:
                out[f"{name}.flow.{i}"] = flow[entry]
        for batch in BATCHES:
            network.load_state_dict(initial)
            # A mean far from zero: variances must not cancel.
            inputs = torch.randn(batch, 3, 9, 7, generator=generator).double() + 3
            inputs = inputs.float().double()
            labels = torch.randint(0, 4, (batch,), generator=generator)
            key = f"{name}.{batch}"
            out[f"{key}.inputs"], out[f"{key}.labels"] = inputs.float(), labels
            out[f"{key}.loss"] = pulled(network, inputs, labels).reshape(1)
            gradients = {k: p.grad.clone() for k, p in network.named_parameters()}
            for i, (entry, value) in enumerate(network.state_dict().items()):
                out[f"{key}.after.{i}"] = value.clone()
                if entry in gradients:
                    out[f"{key}.gradient.{i}"] = gradients[entry]
            network.eval()
            out[f"{key}.logits"] = network(inputs).detach()
    safetensors.torch.save_file(
        {key: value.contiguous() for key, value in out.items()},
        Path(__file__).parent / "Resources/program.safetensors",
        metadata=VERSIONS,
    )


main()
