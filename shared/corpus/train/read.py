"""Reads a weights file back, so that a change of the decoder's settings needs no training.

usage: read.py WEIGHTS [--set name=value ...] [--vectors vectors.jsonl]
Writes the settings into the file, and what the Rust tests compare with.
"""
import argparse
import struct
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np
import torch

from check import expected
from data import ROLES
from decode import Settings
from export import MAGIC, parts
from model import Net
from reference import Reference

SETTINGS_AT = len(MAGIC) + 6 * 4


class Bytes:
    """A file, from front to back."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def array(self, kind, *shape):
        count = int(np.prod(shape))
        out = np.frombuffer(self.data, kind, count, self.at).reshape(shape)
        self.at += out.nbytes
        return out


def reference(data):
    """The tagger of a weights file."""
    file = Bytes(data)
    assert file.array("u1", len(MAGIC)).tobytes() == MAGIC, "not a weights file of this version"
    count, _, width, traits, hidden, mix = (int(n) for n in file.array("<u4", 6))
    settings = Settings(*(float(x) for x in file.array("<f4", len(fields(Settings)))))
    order = file.array("<f4", len(ROLES) + 1, len(ROLES))
    words = [file.array("u1", file.array("u1", 1)[0]).tobytes().decode() for _ in range(count)]
    joins = {word for word, may in zip(words, file.array("u1", count)) if may}
    net = Net(count + 1, width, hidden, traits, mix).eval()
    matrices = []
    for weight, bias in parts(net):
        own = None if bias is None else file.array("<f4", *bias.shape)
        scales = file.array("<f4", weight.shape[0])
        matrices.append((file.array("i1", *weight.shape).astype(np.float32) * scales[:, None], own))
    fill(net, iter(matrices))
    return Reference([net], {word: n + 1 for n, word in enumerate(words)}, joins, order, settings)


@torch.no_grad()
def fill(net, matrices):
    """Puts the matrices into the network, in the order of `parts`."""

    def put(weight, bias=None):
        values, own = next(matrices)
        weight.copy_(torch.from_numpy(values))
        if bias is not None:
            bias.copy_(torch.from_numpy(own.copy()))

    put(net.word.weight[1:])
    put(net.gram.weight)
    put(net.trait.weight, net.trait.bias)
    for layer in net.layers:
        for lstm in layer:
            put(lstm.weight_ih_l0, lstm.bias_ih_l0)
            lstm.bias_hh_l0.zero_()
            put(lstm.weight_hh_l0)
    put(net.mix.weight, net.mix.bias)
    rows, own = next(matrices)
    at = 0
    for head in net.heads:
        size = head.weight.shape[0]
        head.weight.copy_(torch.from_numpy(rows[at:at + size]))
        head.bias.copy_(torch.from_numpy(own[at:at + size].copy()))
        at += size
    put(net.clause.weight, net.clause.bias)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--set", nargs="*", default=[], help="settings of the decoder, name=value")
    parser.add_argument("--vectors", type=Path)
    args = parser.parse_args()
    data = args.weights.read_bytes()
    tagger = reference(data)
    changes = {name: float(value) for name, value in (pair.split("=") for pair in args.set)}
    tagger.settings = replace(tagger.settings, **changes)
    values = astuple(tagger.settings)
    if changes:
        packed = struct.pack(f"<{len(values)}f", *values)
        args.weights.write_bytes(data[:SETTINGS_AT] + packed + data[SETTINGS_AT + len(packed):])
    if args.vectors:
        args.vectors.write_text(expected(tagger), "utf-8")


if __name__ == "__main__":
    main()
