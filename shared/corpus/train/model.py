"""The network: word and piece vectors, two bidirectional LSTM layers, four heads on tokens and one on clauses."""
import random
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from data import ROLES, STATES, TOPICS, grams, is_dictated, key, shape

GRAM_ROWS = 4096
SHAPES, GAPS = 7, 3
TRAITS = SHAPES + GAPS + 1  # shape, gap, and whether the text is dictated
HEADS = (3, len(ROLES), len(STATES), len(TOPICS))  # boundary: begins, goes on, outside
BEGINS, GOES_ON, OUTSIDE = range(3)


class Batch:
    """Padded tensors of some documents. Labels are -1 where there is nothing to learn."""

    def __init__(self, docs, vocabulary):
        size, width = len(docs), max(len(d.rows) for d in docs)
        spans = max(1, max(len(d.clauses) for d in docs))
        unique = {}
        ids, traits = np.zeros((size, width), np.int64), np.zeros((size, width, TRAITS), np.float32)
        labels, clause_labels = np.full((size, width, 4), -1), np.full((size, spans, 3), -1)
        member = np.zeros((size, spans, width), np.float32)
        first, last = np.zeros((size, spans), np.int64), np.zeros((size, spans), np.int64)
        for b, doc in enumerate(docs):
            n, at = len(doc.rows), np.arange(len(doc.rows))
            ids[b, :n] = [unique.setdefault(key(t.text), len(unique)) for t, _ in doc.rows]
            traits[b, at, [shape(t.text) for t, _ in doc.rows]] = 1
            traits[b, at, [SHAPES + t.gap for t, _ in doc.rows]] = 1
            traits[b, :n, -1] = is_dictated([t for t, _ in doc.rows])
            clause = np.array([c for _, c in doc.rows])
            begins = (clause >= 0) & (clause != np.concatenate([[-1], clause[:-1]]))
            labels[b, :n, 0] = np.where(clause < 0, OUTSIDE, np.where(begins, BEGINS, GOES_ON))
            inside = at[clause >= 0]
            if len(inside):
                names = np.array(doc.clauses)
                labels[b, inside, 1:] = names[clause[inside]]
                member[b, clause[inside], inside] = 1
                last[b, clause[inside]] = inside
                starts = at[begins]
                first[b, clause[starts]] = starts
                clause_labels[b, clause[starts]] = names[clause[starts]]
        pieces = [pieces_of(w) for w in unique]
        self.words = torch.tensor([vocabulary.get(w, 0) for w in unique])
        self.offsets = torch.tensor([0] + [len(p) for p in pieces]).cumsum(0)[:-1]
        self.pieces = torch.tensor([g for p in pieces for g in p])
        self.ids, self.traits, self.labels = torch.from_numpy(ids), torch.from_numpy(traits), torch.from_numpy(labels)
        self.clause_labels, self.member = torch.from_numpy(clause_labels), torch.from_numpy(member)
        self.first, self.last = torch.from_numpy(first), torch.from_numpy(last)
        lengths, steps = torch.tensor([[len(d.rows)] for d in docs]), torch.arange(width)[None]
        self.flip = torch.where(steps < lengths, lengths - 1 - steps, steps)


@cache
def pieces_of(word):
    return [g % GRAM_ROWS for g in grams(word)]


class Net(nn.Module):
    """Row 0 of the word table stands for every word outside the vocabulary and is kept at zero."""

    def __init__(self, words, width=96, hidden=112, traits=16, mix=96, dropout=0.3):
        super().__init__()
        self.sizes = dict(words=words, width=width, hidden=hidden, traits=traits, mix=mix)
        self.word = nn.Embedding(words, width, padding_idx=0)
        self.gram = nn.EmbeddingBag(GRAM_ROWS, width, mode="mean")
        self.trait = nn.Linear(TRAITS, traits)
        wide = width + traits
        self.layers = nn.ModuleList(
            nn.ModuleList(nn.LSTM(size, hidden, batch_first=True) for _ in range(2)) for size in (wide, 2 * hidden)
        )
        self.mix = nn.Linear(2 * hidden, mix)
        self.heads = nn.ModuleList(nn.Linear(mix, n) for n in HEADS)
        self.clause = nn.Linear(3 * mix, sum(HEADS[1:]))
        self.dropout = dropout

    def start_from(self, word_table, gram_table):
        with torch.no_grad():
            self.word.weight.copy_(word_table)
            self.gram.weight.copy_(gram_table)

    def body(self, batch):
        word, gram = self.word(batch.words), self.gram(batch.pieces, batch.offsets)
        if self.training:
            word = word * (torch.rand(len(word), 1) > 0.15)
        x = (word + gram)[batch.ids]
        if self.training:
            x = x * (torch.rand(*x.shape[:2], 1) > 0.06)
        x = torch.cat([x, self.trait(batch.traits)], -1)
        x = F.dropout(x, self.dropout * 0.6, self.training)
        for ahead, back in self.layers:
            flip = batch.flip[:, :, None].expand(-1, -1, x.shape[2])
            y = back(x.gather(1, flip))[0]
            y = y.gather(1, batch.flip[:, :, None].expand(-1, -1, y.shape[2]))
            x = F.dropout(torch.cat([ahead(x)[0], y], -1), self.dropout, self.training)
        return F.dropout(torch.tanh(self.mix(x)), self.dropout * 0.6, self.training)

    def clause_scores(self, y, member, first, last):
        """Scores of role, state and topic for each clause, from its mean, first and last token."""
        mean = member @ y / member.sum(-1, keepdim=True).clamp(min=1)
        pick = lambda at: y.gather(1, at[:, :, None].expand(-1, -1, y.shape[2]))
        return self.clause(torch.cat([mean, pick(first), pick(last)], -1))

    def forward(self, batch):
        y = self.body(batch)
        return [head(y) for head in self.heads] + list(
            self.clause_scores(y, batch.member, batch.first, batch.last).split(HEADS[1:], -1)
        )


def batches(docs, size, rng, vocabulary):
    """Documents of like length together, in random order."""
    docs = sorted(docs, key=lambda d: len(d.rows) + rng.random() * 15)
    groups = [docs[i:i + size] for i in range(0, len(docs), size)]
    rng.shuffle(groups)
    return (Batch(group, vocabulary) for group in groups)


# Of boundary, role, state and topic of tokens, then role, state and topic of clauses.
WEIGHTS = (1.5, 0.7, 0.5, 0.2, 0.8, 0.5, 0.2)
STATE_WEIGHTS = torch.tensor([0.6, 1.5, 1.5, 2.0])


def loss_of(outputs, batch):
    """Weighted cross-entropy on tokens and on clauses."""
    total = 0.0
    wanted = [batch.labels[:, :, k] for k in range(4)] + [batch.clause_labels[:, :, k] for k in range(3)]
    for n, (out, want) in enumerate(zip(outputs, wanted)):
        weight = STATE_WEIGHTS if n in (2, 5) else None
        smoothing = 0.0 if n in (0, 2, 5) else 0.05
        total = total + WEIGHTS[n] * F.cross_entropy(
            out.flatten(0, 1), want.flatten(), ignore_index=-1, weight=weight, label_smoothing=smoothing
        )
    return total


def new_random(seed):
    torch.manual_seed(seed)
    return random.Random(seed)
