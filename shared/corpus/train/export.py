"""Writes a weights file: little-endian, eight-bit rows with one scale each. `shared/src/drafting/tag/weights.rs` reads it."""
import struct
from dataclasses import astuple

import numpy as np
import torch

from model import GRAM_ROWS, TRAITS

MAGIC = b"AFTAG\0\0\x01"


def rounded(weight):
    """(eight-bit rows, scales) of a matrix."""
    scales = (np.abs(weight).max(1) / 127 + 1e-9).astype("<f4")
    return np.round(weight / scales[:, None]).astype(np.int8), scales


def parts(net):
    """(weight, bias or None) in the order of the file, without the vocabulary's row for strangers."""
    array = lambda t: t.detach().numpy().astype(np.float32)
    yield array(net.word.weight)[1:], None
    yield array(net.gram.weight), None
    yield array(net.trait.weight), array(net.trait.bias)
    for layer in net.layers:
        for lstm in layer:
            yield array(lstm.weight_ih_l0), array(lstm.bias_ih_l0 + lstm.bias_hh_l0)
            yield array(lstm.weight_hh_l0), np.zeros(lstm.weight_hh_l0.shape[0], np.float32)
    yield array(net.mix.weight), array(net.mix.bias)
    yield np.vstack([array(h.weight) for h in net.heads]), np.concatenate([array(h.bias) for h in net.heads])
    yield array(net.clause.weight), array(net.clause.bias)


def weights_file(net, words, joins, order, settings):
    """The bytes of a weights file; `words` in byte order."""
    s = net.sizes
    out = [MAGIC, struct.pack("<6I", len(words), GRAM_ROWS, s["width"], s["traits"], s["hidden"], s["mix"])]
    out += [np.array(astuple(settings), "<f4").tobytes(), order.astype("<f4").tobytes()]
    for word in words:
        data = word.encode()
        out.append(bytes([len(data)]) + data)
    out.append(bytes(word in joins for word in words))
    for weight, bias in parts(net):
        rows, scales = rounded(weight)
        if bias is not None:
            out.append(bias.astype("<f4").tobytes())
        out += [scales.tobytes(), rows.tobytes()]
    return b"".join(out)


def round_in_place(net):
    """Gives a network the weights that its file will hold, so that what is measured is what ships."""
    matrices = [net.word.weight, net.gram.weight, net.trait.weight, net.mix.weight, net.clause.weight]
    matrices += [h.weight for h in net.heads]
    matrices += [w for layer in net.layers for lstm in layer for w in (lstm.weight_ih_l0, lstm.weight_hh_l0)]
    with torch.no_grad():
        for m in matrices:
            rows, scales = rounded(m.numpy())
            m.copy_(torch.from_numpy(rows.astype(np.float32) * scales[:, None]))
    return net
