"""Writes what PyTorch gives for the layers of GoldenLayersTests.

    python3 -m venv venv && venv/bin/pip install torch==2.13.0+cpu safetensors==0.8.0 numpy==2.4.6
    venv/bin/python Tests/NetworksTests/layers.py

Arithmetic is float64, so that what differs is the toolkit's rounding alone. State dictionaries are written as
numbered lists, in their order. For each network: inputs, labels, logits, the mean cross-entropy, its gradient, the
product of its Hessian with a vector, and the gradient of synaptic flow's summed output.
"""

import platform
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

VERSIONS = {
    "versions": f"torch {torch.__version__}, Python {platform.python_version()}"
}


class ChannelNorm(nn.LayerNorm):
    """Layer norm over dimension 1, whatever lies behind it."""

    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def networks():
    """Each layer where it stands alone between two others, and together."""
    yield "depthwise", nn.Sequential(
        nn.Conv2d(3, 6, 3, 2, 1),
        nn.Conv2d(6, 12, 3, 1, 1, groups=6, bias=False),
        nn.GroupNorm(3, 12),
        nn.SiLU(),
        nn.Conv2d(12, 8, 1, groups=2),
        nn.GELU(),
        ChannelNorm(8),
        Mean(),
        nn.Linear(8, 4),
    )
    yield "vectors", nn.Sequential(
        nn.Flatten(),
        nn.Linear(3 * 4 * 5, 10),
        nn.LayerNorm(10),
        nn.Tanh(),
        nn.Linear(10, 6),
        nn.GroupNorm(2, 6),
        nn.Sigmoid(),
        nn.Linear(6, 4),
    )
    for name, layer in [
        ("gelu", nn.GELU()),
        ("silu", nn.SiLU()),
        ("sigmoid", nn.Sigmoid()),
        ("tanh", nn.Tanh()),
        ("layer-norm", ChannelNorm(6)),
        ("group-norm", nn.GroupNorm(2, 6)),
        ("dropout", nn.Dropout(0.5)),
    ]:
        yield name, nn.Sequential(
            nn.Conv2d(3, 6, 3, 1, 1), layer, nn.Flatten(), nn.Linear(6 * 4 * 5, 4)
        )


def linearized(network, parameters, x):
    """Activations are the identity, norms have mean 0 and variance 1, parameters are magnitudes."""
    parameters = iter(parameters)
    for layer in network:
        tensors = [next(parameters) for _ in layer.parameters()]
        if isinstance(layer, nn.Conv2d):
            x = nn.functional.conv2d(
                x, tensors[0], tensors[1] if len(tensors) > 1 else None,
                layer.stride, layer.padding, groups=layer.groups,
            )
        elif isinstance(layer, nn.Linear):
            x = nn.functional.linear(x, *tensors)
        elif isinstance(layer, (nn.LayerNorm, nn.GroupNorm)):
            shape = [1, -1] + [1] * (x.dim() - 2)
            weight, bias = (tensor.reshape(shape) for tensor in tensors)
            x = x / (1 + 1e-5) ** 0.5 * weight + bias
        elif isinstance(layer, (nn.Flatten, Mean)):
            x = layer(x)
    return x


def main():
    torch.manual_seed(17)
    torch.set_default_dtype(torch.float64)
    found = {}
    for name, network in networks():
        network.eval()
        parameters = list(network.parameters())
        with torch.no_grad():
            for parameter in parameters:
                # Norms away from where they start, and nothing too large for a Hessian to matter.
                noise = torch.randn_like(parameter)
                parameter.copy_(parameter + 0.3 * noise)
        # Float32 holds them, so that both libraries begin alike.
        with torch.no_grad():
            for parameter in parameters:
                parameter.copy_(parameter.float().double())
        inputs = torch.randn(3, 3, 4, 5).float().double()
        labels = torch.tensor([2, 0, 3])
        logits = network(inputs)
        loss = nn.functional.cross_entropy(logits, labels)
        gradients = torch.autograd.grad(loss, parameters, create_graph=True)
        vectors = [torch.randn_like(parameter) for parameter in parameters]
        products = torch.autograd.grad(gradients, parameters, vectors, allow_unused=True)
        magnitudes = [
            parameter.detach().abs().requires_grad_() for parameter in parameters
        ]
        flow = linearized(network, magnitudes, torch.ones(1, 3, 4, 5)).sum()
        flows = torch.autograd.grad(flow, magnitudes)
        found |= {
            f"{name}.inputs": inputs,
            f"{name}.labels": labels,
            f"{name}.logits": logits.detach(),
            f"{name}.loss": loss.detach(),
            f"{name}.flow": flow.detach(),
        }
        for index, parameter in enumerate(parameters):
            product = products[index]
            if product is None:
                product = torch.zeros_like(parameter)
            found |= {
                f"{name}.parameter.{index}": parameter.detach(),
                f"{name}.gradient.{index}": gradients[index].detach(),
                f"{name}.vector.{index}": vectors[index],
                f"{name}.product.{index}": product.detach(),
                f"{name}.flow.{index}": flows[index],
            }
    # Elementwise layers far from 0, where a careless formula overflows.
    x = torch.tensor([-800.0, -40, -3, -0.5, 0, 1e-9, 0.5, 3, 40, 800], requires_grad=True)
    found["points"] = x.detach()
    for name, layer in [
        ("gelu", nn.GELU()), ("silu", nn.SiLU()), ("sigmoid", nn.Sigmoid()), ("tanh", nn.Tanh()),
    ]:
        y = layer(x)
        found[f"points.{name}"] = y.detach()
        found[f"points.{name}.slope"] = torch.autograd.grad(y.sum(), x)[0]
    path = Path(__file__).parent / "Resources" / "layers.safetensors"
    safetensors.torch.save_file(
        {name: tensor.contiguous().clone() for name, tensor in found.items()}, path,
        metadata=VERSIONS,
    )


main()
