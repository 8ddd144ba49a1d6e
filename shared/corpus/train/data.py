"""Reading the corpus: summaries, tokens and one label row per token.

The tokeniser here and the one in `shared/src/drafting/tag/tokens.rs` must agree on every input; `vectors.json` guards that.
"""
import json
import re
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent
ROLES = ["report", "observation", "assessment", "intervention", "response", "plan", "risk", "admin", "private", "command", "filler"]
STATES = ["none", "stated", "denied", "not_assessed"]
TOPICS = ["none", "si", "hi", "self_harm", "abuse", "substance", "other"]

# Letters by code point, not by Unicode tables, so that no two versions of a table can disagree.
LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u1fff"
SPACE = "\u0000-\u0020\u007f\u0085\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
TOKEN = re.compile(f"[{LETTER}]+(?:['\u2019][{LETTER}]+)*|[0-9]+(?:[.:][0-9]+)*|[^{SPACE}]")
# How many of every hundred tokens may be a stop, comma or semicolon before a text counts as punctuated.
STOPS_PER_HUNDRED = 3
STOPS = frozenset(".,;")

LOWER, CAPITAL, UPPER, MIXED, INITIAL, DIGITS, SYMBOL = range(7)
GLUED, SPACED, NEW_LINE = range(3)


class Token:
    """A token: its text, the gap before it, and its span in characters."""

    __slots__ = ("text", "gap", "start", "end")

    def __init__(self, text, gap, start=0, end=0):
        self.text, self.gap, self.start, self.end = text, gap, start, end


def tokens(text):
    out, at = [], 0
    for match in TOKEN.finditer(text):
        between = text[at:match.start()]
        gap = NEW_LINE if "\n" in between or at == 0 else SPACED if between else GLUED
        out.append(Token(match.group(), gap, match.start(), match.end()))
        at = match.end()
    return out


@cache
def key(text):
    """What a token is looked up as: ASCII lower case, straight quotes, every digit a 0."""
    text = text.replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"')
    return "".join("0" if "0" <= c <= "9" else chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


@cache
def shape(text):
    first = text[0]
    if "0" <= first <= "9":
        return DIGITS
    if not re.match(f"[{LETTER}]", first):
        return SYMBOL
    upper = sum("A" <= c <= "Z" for c in text)
    if upper == 0:
        return LOWER
    if upper == len(text):
        return UPPER if upper > 1 else INITIAL
    return CAPITAL if upper == 1 and "A" <= first <= "Z" else MIXED


def is_dictated(toks):
    """A text nearly without stops and commas, as from dictation."""
    stops = sum(t.text in STOPS for t in toks)
    return stops * 100 < STOPS_PER_HUNDRED * len(toks)


def grams(word):
    """Hashed 3- and 4-byte pieces of `<word>` (FNV-1a, 32 bits), at most 48; the caller takes them modulo the table."""
    data = b"<" + word.encode()[:24] + b">"
    out = []
    for size in (3, 4):
        for i in range(len(data) - size + 1):
            h = 0x811C9DC5
            for byte in data[i:i + size]:
                h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
            out.append(h)
    return out


class Document:
    """Tokens, the clause each belongs to (-1 for none), and the clauses' (role, state, topic) indices (-1 for unknown)."""

    __slots__ = ("rows", "clauses")

    def __init__(self, rows, clauses):
        self.rows, self.clauses = rows, clauses  # rows: [(Token, clause)]


def clause_labels(clause):
    role = ROLES.index(clause["role"])
    risk = clause.get("risk")
    if clause["role"] != "risk":
        return role, 0, 0
    if not risk:
        return role, -1, -1
    return role, STATES.index(risk["state"]), TOPICS.index(risk["topic"])


def document(record):
    spans, at = [], 0
    for clause in record["clauses"]:
        start = record["summary"].index(clause["text"], at)
        at = start + len(clause["text"])
        spans.append((start, at))
    rows, k = [], 0
    for token in tokens(record["summary"]):
        while k < len(spans) and token.start >= spans[k][1]:
            k += 1
        inside = k < len(spans) and spans[k][0] <= token.start
        rows.append((token, k if inside else -1))
    return Document(rows, [clause_labels(c) for c in record["clauses"]])


def load(paths):
    records = []
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            if line.strip():
                records.append(json.loads(line))
    return records


def author(record):
    """Authors are the letters that an id begins with."""
    return re.match("[A-Z]+", record["id"])[0]
