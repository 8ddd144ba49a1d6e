#!/usr/bin/env python3
"""Converts an OpenAI Whisper model from CTranslate2's form to the one whisper.cpp reads.

usage: convert_ct2_to_ggml.py CT2_DIR OUT.bin [--type f16|q8_0]

CT2_DIR holds model.bin and tokenizer.json. Needs numpy and nothing else. The same input gives the same bytes on every machine,
so the result can be pinned by its SHA-256. The f16 form differs from OpenAI's own conversion in the order of tensors only.
"""

import argparse
import hashlib
import json
import math
import struct
from pathlib import Path

import numpy as np

CT2_TYPES = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
GGML_F32, GGML_F16, GGML_Q8_0 = 0, 1, 8
# what stands in the header: 1 is "mostly f16"; 2007 is quantisation format 2 × 1000 + 7, "mostly q8_0"
FILE_TYPES = {"f16": 1, "q8_0": 2007}
TEXT_TOKENS = 50257


def read_ct2(path):
    """All variables of a CTranslate2 model.bin, by name."""
    raw, at = path.read_bytes(), 0

    def number(code):
        nonlocal at
        value = struct.unpack_from("<" + code, raw, at)[0]
        at += struct.calcsize("<" + code)
        return value

    def string():
        nonlocal at
        size = number("H")
        text = raw[at : at + size].rstrip(b"\0").decode()
        at += size
        return text

    version, spec, _revision, count = number("I"), string(), number("I"), number("I")
    if version < 6 or spec != "WhisperSpec":
        raise SystemExit(f"not a Whisper model of CTranslate2: {spec} {version}")
    variables = {}
    for _ in range(count):
        name = string()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = np.dtype(CT2_TYPES[number("B")]), number("I")
        variables[name] = np.frombuffer(raw, kind, size // kind.itemsize, at).reshape(shape)
        at += size
    for _ in range(number("I")):
        alias = string()
        variables[alias] = variables[string()]
    if at != len(raw):
        raise SystemExit("the model file has a tail that was not expected")
    return variables


def mel_filters(bands, rate=16000, size=400):
    """Slaney's mel filters, as librosa and OpenAI compute them."""
    linear_step, knee_hz, log_step = 200.0 / 3, 1000.0, math.log(6.4) / 27.0
    knee = knee_hz / linear_step
    top = knee + math.log((rate / 2) / knee_hz) / log_step

    def to_hz(mel):
        return linear_step * mel if mel < knee else knee_hz * math.exp(log_step * (mel - knee))

    edges = [to_hz(top * i / (bands + 1)) for i in range(bands + 2)]
    bins = [rate * i / size for i in range(size // 2 + 1)]
    filters = np.zeros((bands, len(bins)), dtype="<f4")
    for band in range(bands):
        low, middle, high = edges[band : band + 3]
        for at, hz in enumerate(bins):
            weight = min((hz - low) / (middle - low), (high - hz) / (high - middle))
            filters[band, at] = float(np.float32(max(0.0, weight))) * (2.0 / (high - low))
    return filters


def byte_of_character():
    """GPT-2's table from printable characters back to bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {chr(byte): byte for byte in plain}
    shifted = (byte for byte in range(256) if byte not in plain)
    table.update({chr(256 + n): byte for n, byte in enumerate(shifted)})
    return table


def read_tokens(path, multilingual):
    """The bytes of every text token, by number."""
    table = byte_of_character()
    tokenizer = json.loads(path.read_text("utf8"))
    special = {token["id"]: token["content"] for token in tokenizer.get("added_tokens", [])}
    by_id = {number: text for text, number in tokenizer["model"]["vocab"].items()}
    tokens = []
    for number in range(TEXT_TOKENS):
        if number in special or number not in by_id:
            tokens.append(special.get(number, "").encode())
        else:
            tokens.append(bytes(table[character] for character in by_id[number]))
    if multilingual:
        tokens[-1] = b""
    return tokens


def whisper_tensors(variables):
    """CTranslate2's variables under OpenAI's names: fused projections are split."""
    width = variables["encoder/layer_norm/gamma"].shape[0]
    tensors = {}

    def linear(to, source):
        tensors[to + ".weight"] = variables[source + "/weight"]
        tensors[to + ".bias"] = variables[source + "/bias"]

    def norm(to, source):
        tensors[to + ".weight"] = variables[source + "/gamma"]
        tensors[to + ".bias"] = variables[source + "/beta"]

    def fused(to, source, parts):
        weight, bias = variables[source + "/weight"], variables[source + "/bias"]
        for at, part in enumerate(parts):
            rows = slice(at * width, (at + 1) * width)
            tensors[f"{to}.{part}.weight"] = weight[rows]
            if part != "key":
                tensors[f"{to}.{part}.bias"] = bias[rows]
            elif np.any(bias[rows]):
                raise SystemExit("Whisper's keys have no bias, yet this model has one")

    def layers(side):
        count = 0
        while f"{side}/layer_{count}/self_attention/linear_0/weight" in variables:
            to, source = f"{side}.blocks.{count}", f"{side}/layer_{count}"
            fused(to + ".attn", source + "/self_attention/linear_0", ["query", "key", "value"])
            linear(to + ".attn.out", source + "/self_attention/linear_1")
            norm(to + ".attn_ln", source + "/self_attention/layer_norm")
            if side == "decoder":
                linear(to + ".cross_attn.query", source + "/attention/linear_0")
                fused(to + ".cross_attn", source + "/attention/linear_1", ["key", "value"])
                linear(to + ".cross_attn.out", source + "/attention/linear_2")
                norm(to + ".cross_attn_ln", source + "/attention/layer_norm")
            linear(to + ".mlp.0", source + "/ffn/linear_0")
            linear(to + ".mlp.2", source + "/ffn/linear_1")
            norm(to + ".mlp_ln", source + "/ffn/layer_norm")
            count += 1
        return count

    tensors["encoder.positional_embedding"] = variables["encoder/position_encodings/encodings"]
    linear("encoder.conv1", "encoder/conv1")
    linear("encoder.conv2", "encoder/conv2")
    encoder = layers("encoder")
    norm("encoder.ln_post", "encoder/layer_norm")
    tensors["decoder.positional_embedding"] = variables["decoder/position_encodings/encodings"]
    tensors["decoder.token_embedding.weight"] = variables["decoder/embeddings/weight"]
    decoder = layers("decoder")
    norm("decoder.ln", "decoder/layer_norm")
    return tensors, encoder, decoder


def q8_0(values):
    """Blocks of 32: the scale as f16, then 32 signed bytes; rounds half away from zero, as ggml does."""
    blocks = values.astype("<f4").reshape(-1, 32)
    scale = np.abs(blocks).max(axis=1) / np.float32(127)
    inverse = np.zeros_like(scale)
    np.divide(np.float32(1), scale, out=inverse, where=scale != 0)
    scaled = blocks * inverse[:, None]
    size = np.abs(scaled)
    whole = np.trunc(size)
    rounded = np.copysign(whole + (size - whole >= 0.5), scaled)
    out = np.empty(len(blocks), dtype=[("scale", "<f2"), ("bytes", "<i1", 32)])
    out["scale"], out["bytes"] = scale, rounded
    return out.tobytes()


def tensor_bytes(name, values, kind):
    """One tensor with its header. Vectors, convolution biases and positions stay f32, convolutions stay f16."""
    values = np.squeeze(values)
    exact = values.ndim < 2 or name.endswith("positional_embedding")
    if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
        values = values.reshape(-1, 1)
    values = np.ascontiguousarray(values)
    if exact:
        code, data = GGML_F32, values.astype("<f4").tobytes()
    elif kind == "q8_0" and values.ndim == 2:
        code, data = GGML_Q8_0, q8_0(values.astype("<f2"))
    else:
        code, data = GGML_F16, values.astype("<f2").tobytes()
    label = name.encode()
    shape = struct.pack(f"<{values.ndim}i", *values.shape[::-1])
    return struct.pack("<3i", values.ndim, len(label), code) + shape + label + data


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="folder with model.bin and tokenizer.json")
    parser.add_argument("out", type=Path)
    parser.add_argument("--type", choices=FILE_TYPES, default="f16")
    options = parser.parse_args()

    tensors, encoder, decoder = whisper_tensors(read_ct2(options.model / "model.bin"))
    vocabulary, text_width = tensors["decoder.token_embedding.weight"].shape
    text_context = tensors["decoder.positional_embedding"].shape[0]
    audio_context, audio_width = tensors["encoder.positional_embedding"].shape
    bands = tensors["encoder.conv1.weight"].shape[1]
    filters = mel_filters(bands)
    tokens = read_tokens(options.model / "tokenizer.json", multilingual=vocabulary >= 51865)

    sizes = [vocabulary, audio_context, audio_width, audio_width // 64, encoder]
    sizes += [text_context, text_width, text_width // 64, decoder, bands, FILE_TYPES[options.type]]
    digest = hashlib.sha256()
    with options.out.open("wb") as file:

        def write(data):
            file.write(data)
            digest.update(data)

        write(struct.pack("<12i", 0x67676D6C, *sizes))
        write(struct.pack("<2i", *filters.shape) + filters.tobytes())
        write(struct.pack("<i", len(tokens)))
        write(b"".join(struct.pack("<i", len(token)) + token for token in tokens))
        for name, values in tensors.items():
            write(tensor_bytes(name, values, options.type))
    print(f"{digest.hexdigest()}  {options.out.name}")


if __name__ == "__main__":
    main()
