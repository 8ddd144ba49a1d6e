#!/usr/bin/env python3
"""Opens the vectors of envelope v1 with code of its own, from docs/PROTOCOL.md and nothing but Python's standard library.

AES-256-GCM, Ed25519 and CBOR are written out below for checking, slowly and not in constant time: never use them for real keys.
"""

import hashlib
import json
import pathlib

# --- AES-256-GCM (FIPS 197, SP 800-38D) -------------------------------------------------------------------------------


def _sbox():
    box, p, q = [0] * 256, 1, 1
    while True:
        p ^= (p << 1) ^ (0x11B if p & 0x80 else 0)
        p &= 0xFF
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xFF
        q ^= 0x09 if q & 0x80 else 0
        rotated = q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4)
        box[p] = (rotated ^ 0x63) & 0xFF
        if p == 1:
            break
    box[0] = 0x63
    return box


SBOX = _sbox()


def _double(x):
    return ((x << 1) ^ 0x1B) & 0xFF if x & 0x80 else x << 1


def round_keys(key):
    words = [list(key[i : i + 4]) for i in range(0, 32, 4)]
    round_constant = 1
    for i in range(8, 60):
        word = list(words[i - 1])
        if i % 8 == 0:
            word = [SBOX[b] for b in word[1:] + word[:1]]
            word[0] ^= round_constant
            round_constant = _double(round_constant)
        elif i % 8 == 4:
            word = [SBOX[b] for b in word]
        words.append([a ^ b for a, b in zip(words[i - 8], word)])
    return [sum(words[i : i + 4], []) for i in range(0, 60, 4)]


def encrypt_block(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number, key in enumerate(keys[1:], 1):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < 14:
            mixed = []
            for column in range(0, 16, 4):
                a = state[column : column + 4]
                every = a[0] ^ a[1] ^ a[2] ^ a[3]
                mixed += [a[i] ^ every ^ _double(a[i] ^ a[(i + 1) % 4]) for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def _multiply(x, y):
    product = 0
    for bit in range(127, -1, -1):
        if y >> bit & 1:
            product ^= x
        x = (x >> 1) ^ (0xE1 << 120 if x & 1 else 0)
    return product


def open_gcm(key, nonce, associated, sealed):
    """The text, or None when a single bit is wrong."""
    text, tag = sealed[:-16], sealed[-16:]
    keys = round_keys(key)
    h = int.from_bytes(encrypt_block(keys, bytes(16)), "big")
    total = 0
    lengths = (len(associated) * 8).to_bytes(8, "big") + (len(text) * 8).to_bytes(8, "big")
    padded = associated + bytes(-len(associated) % 16) + text + bytes(-len(text) % 16) + lengths
    for at in range(0, len(padded), 16):
        total = _multiply(total ^ int.from_bytes(padded[at : at + 16], "big"), h)
    block = lambda counter: encrypt_block(keys, nonce + counter.to_bytes(4, "big"))
    if (total ^ int.from_bytes(block(1), "big")).to_bytes(16, "big") != tag:
        return None
    stream = b"".join(block(2 + number) for number in range((len(text) + 15) // 16))
    return bytes(a ^ b for a, b in zip(text, stream))


# --- Ed25519 (RFC 8032) -----------------------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    assert (x * x - square) % P == 0, "not a point"
    return (P - x if x & 1 != sign else x, y)


def _add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, P - 2, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, P - 2, P)
    return (x % P, y % P)


def _times(number, point):
    out = (0, 1)
    while number:
        if number & 1:
            out = _add(out, point)
        point = _add(point, point)
        number >>= 1
    return out


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    challenge = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    return s < ORDER and _times(s, BASE) == _add(_point(r), _times(challenge, _point(public)))


# --- CBOR (RFC 8949), as much as bodies use ---------------------------------------------------------------------------


def read_cbor(data, at=0):
    kind, short = data[at] >> 5, data[at] & 31
    at += 1
    if kind == 7:
        assert short in (20, 21, 22), "a simple value that bodies do not use"
        return {20: False, 21: True, 22: None}[short], at
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(short, 0)
    assert width or short < 24, "a length that bodies do not use"
    number = int.from_bytes(data[at : at + width], "big") if width else short
    at += width
    if kind in (0, 1):
        return (number if kind == 0 else -1 - number), at
    if kind in (2, 3):
        raw = data[at : at + number]
        return (raw if kind == 2 else raw.decode()), at + number
    out = []
    for _ in range(number * (2 if kind == 5 else 1)):
        item, at = read_cbor(data, at)
        out.append(item)
    return (dict(zip(out[::2], out[1::2])) if kind == 5 else out), at


# --- Envelope v1 ------------------------------------------------------------------------------------------------------


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def padded_len(length):
    step = 256 if length <= 4096 else 1 << (length.bit_length() - 4)
    return -(-length // step) * step


def open_envelope(envelope, record_key, public, kind):
    """The fields and the hash, or None."""
    header, wrapped = envelope[:160], envelope[160:220]
    version, suite, klass, flags = header[:4]
    account, record, rev = header[4:20], header[20:36], header[36:40]
    body_len, commitment = int.from_bytes(header[124:128], "big"), header[128:160]
    body, signature = envelope[220 : 220 + body_len], envelope[220 + body_len :]
    if (version, suite, flags) != (1, 1, 0) or len(body) != body_len or len(signature) != (64 if klass == 1 else 0):
        return None
    env_hash = sha256(b"afterword/1/env-hash\0", header, sha256(body), wrapped)
    if klass == 1 and not is_signed(public, b"afterword/1/env-signature\0" + env_hash, signature):
        return None
    purpose = b"afterword/1/data-key\0" + bytes([klass]) + account + record + rev
    data_key = open_gcm(record_key, wrapped[:12], purpose, wrapped[12:])
    if data_key is None or sha256(b"afterword/1/key-commit\0", data_key, record, rev) != commitment:
        return None
    padded = open_gcm(data_key, bytes(12), header, body)
    if padded is None:
        return None
    length = int.from_bytes(padded[:4], "big")
    opened, end = read_cbor(padded[4 : 4 + length])
    if end != length or any(padded[4 + length :]) or padded_len(4 + length) != len(padded):
        return None
    return (opened["fields"], env_hash) if (opened["schema"], opened["kind"]) == (1, kind) else None


def main():
    vectors = json.loads((pathlib.Path(__file__).parent / "envelope" / "v1.json").read_text(encoding="utf-8"))
    assert vectors
    refused = 0
    for vector in vectors:
        envelope, key = bytes.fromhex(vector["envelope"]), bytes.fromhex(vector["record_key"])
        public = bytes.fromhex(vector["device_public"])
        fields, env_hash = open_envelope(envelope, key, public, vector["kind"])
        assert fields == vector["fields"] and env_hash.hex() == vector["env_hash"], vector["name"]
        # one bit in each part: header, wrapped key, body, tag or signature
        for at in (5, 40, 130, 165, 215, 230, len(envelope) - 1):
            flipped = bytearray(envelope)
            flipped[at] ^= 1
            assert open_envelope(bytes(flipped), key, public, vector["kind"]) is None, f"{vector['name']}: byte {at}"
            refused += 1
        assert open_envelope(envelope, bytes(32), public, vector["kind"]) is None
    print(f"envelope v1: {len(vectors)} vectors opened, {refused} flipped bits refused")


if __name__ == "__main__":
    main()
