"""Train the tagger: an ensemble first, then one small network that learns from it and from the labels.

usage: train.py --out tagger.bin [--hold-out H,M,J] [--seed 1]
"""
import argparse
import time
from collections import Counter
from dataclasses import dataclass

import torch
from torch import nn

import vectors
from augment import by_role, dictated, hasty, remixed
from data import CORPUS, author, document, key, load
from model import Net, batches, loss_of, new_random

LONGEST_DOCUMENT = 320
BATCH = 32
# How much of the averaged weights is kept at each step.
AVERAGE = 0.995


@dataclass(frozen=True)
class Course:
    """How one network is trained."""

    epochs: int = 8
    rate: float = 4e-3
    vector_rate: float = 0.6  # of `rate`, for word and piece vectors
    remixes: float = 0.8  # remixed documents for every document
    hidden: int = 112
    width: int = 96
    soft: float = 0.0


def epoch_documents(docs, stock, course, rng):
    out = []
    for doc in docs:
        out.append(hasty(doc, rng) if rng.random() < 0.5 else doc)
        out.append(dictated(doc, rng))
    for _ in range(int(course.remixes * len(docs))):
        doc = remixed(docs, stock, rng)
        out.append(dictated(doc, rng) if rng.random() < 0.55 else hasty(doc, rng))
    return [d for d in out if 0 < len(d.rows) <= LONGEST_DOCUMENT]


def train(docs, vocabulary, tables, course, seed, teachers=(), log=print, each=None):
    rng = new_random(seed)
    net = Net(len(vocabulary) + 1, course.width, course.hidden)
    net.start_from(*tables)
    slow = list(net.word.parameters()) + list(net.gram.parameters())
    rest = [p for n, p in net.named_parameters() if not n.startswith(("word.", "gram."))]
    groups = [{"params": rest, "lr": course.rate}, {"params": slow, "lr": course.rate * course.vector_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    stock, began = by_role(docs), time.time()
    steps = course.epochs * (1 + len(epoch_documents(docs, stock, course, new_random(0))) // BATCH)
    torch.manual_seed(seed)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (0.08 * steps)) * max(0.02, 1 - s / steps))
    for epoch in range(course.epochs):
        net.train()
        total = count = 0
        for batch in batches(epoch_documents(docs, stock, course, rng), BATCH, rng, vocabulary):
            soft = None
            if teachers:
                with torch.no_grad():
                    soft = [sum(o) / len(teachers) for o in zip(*[[x.softmax(-1) for x in t(batch)] for t in teachers])]
            loss = loss_of(net(batch), batch, soft, course.soft)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
            total, count = total + loss.item(), count + 1
        log(f"epoch {epoch} loss {total / count:.3f} seconds {time.time() - began:.0f}", flush=True)
        if each:
            each(average.module.eval(), epoch)
    return average.module.eval()


def joining_words(docs):
    """Words that stand between clauses at least three times, and at least every fiftieth time."""
    outside, total = Counter(), Counter()
    for doc in docs:
        for token, clause in doc.rows:
            total[key(token.text)] += 1
            outside[key(token.text)] += clause == -1
    return {w for w, n in outside.items() if n >= 3 and n * 50 >= total[w]}
