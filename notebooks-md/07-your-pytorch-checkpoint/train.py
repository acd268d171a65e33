"""Trains two small networks on handwritten digits and writes their weights: `python3 train.py`.

What the notebook beside it starts from. PyTorch 2.13.0 and safetensors 0.8.0 wrote the files that are committed.
"""
import gzip

import torch
from safetensors.torch import save_file
from torch import nn

with gzip.open("../../Sources/Readers/Resources/digits.csv.gz", "rt") as file:
    rows = torch.tensor([[int(word) for word in line.split(",")] for line in file])
inputs = (rows[:, :64].float() / 16 - 0.3052) / 0.3760  # as `dataset: digits` normalizes them
labels = rows[:, 64].long()
inputs, labels = inputs[:1000], labels[:1000]


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc_layers = nn.ModuleList([nn.Linear(64, 100), nn.Linear(100, 50)])
        self.fc = nn.Linear(50, 10)

    def forward(self, x):
        for layer in self.fc_layers:
            x = torch.relu(layer(x))
        return self.fc(x)


def state(network):
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


for seed in (1, 2):
    torch.manual_seed(seed)
    network = LeNet()
    if seed == 1:
        save_file(state(network), "start.safetensors")
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    for epoch in range(40):
        for batch in torch.randperm(len(inputs)).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(inputs[batch]), labels[batch]).backward()
            optimizer.step()
    save_file(state(network), f"end-{seed}.safetensors")
batch = {"inputs": inputs[:100].reshape(-1, 1, 8, 8).contiguous(), "labels": labels[:100].contiguous()}
save_file(batch, "batch.safetensors")
