"""Train the tagger on the corpus and write its weights file.

usage: train.py --out tagger.bin [--hold-out H,M,J] [--vectors vectors.jsonl] [--seed 1] [--threads 1]
With --hold-out the authors named are left out of everything and measured at the end.
"""
import argparse
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

import vectors
from augment import by_role, dictated, hasty, remixed
from check import expected
from data import CORPUS, author, document, key, load
from decode import Settings, role_order
from evaluate import measure
from export import round_in_place, weights_file
from model import Net, batches, loss_of, new_random
from reference import Reference

WORDS = 12_000
LONGEST_DOCUMENT = 320
BATCH = 32
# How much of the averaged weights is kept at each step.
AVERAGE = 0.995


@dataclass(frozen=True)
class Course:
    """How one network is trained."""

    epochs: int = 7
    rate: float = 4e-3
    vector_rate: float = 0.6  # of `rate`, for word and piece vectors
    remixes: float = 0.8  # remixed documents for every document
    hidden: int = 112
    width: int = 96


def epoch_documents(docs, stock, course, rng):
    out = []
    for doc in docs:
        out.append(hasty(doc, rng) if rng.random() < 0.5 else doc)
        out.append(dictated(doc, rng))
    for _ in range(int(course.remixes * len(docs))):
        doc = remixed(docs, stock, rng)
        out.append(dictated(doc, rng) if rng.random() < 0.55 else hasty(doc, rng))
    return [d for d in out if 0 < len(d.rows) <= LONGEST_DOCUMENT]


def train(docs, vocabulary, tables, course, seed):
    """The averaged network at the end of the course."""
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
            loss = loss_of(net(batch), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch} loss {total / count:.3f} seconds {time.time() - began:.0f}", flush=True)
    return average.module.eval()


def joining_words(docs):
    """Words that stand between clauses at least three times, and at least every fiftieth time."""
    outside, total = Counter(), Counter()
    for doc in docs:
        for token, clause in doc.rows:
            total[key(token.text)] += 1
            outside[key(token.text)] += clause == -1
    return {w for w, n in outside.items() if n >= 3 and n * 50 >= total[w]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold-out", default="", help="authors, by letter, separated by commas")
    parser.add_argument("--vectors", type=Path, help="where to write what the Rust tests compare with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    records, held = load([CORPUS / "summaries.jsonl"]), set(args.hold_out.split(","))
    known = [r for r in records if author(r) not in held]
    docs, course = [document(r) for r in known], Course()
    words = vectors.choose_words(known, vectors.whisper_table()[0], WORDS)
    vocabulary = {word: n + 1 for n, word in enumerate(words)}
    net = round_in_place(train(docs, vocabulary, vectors.first_vectors(words, course.width), course, args.seed))
    order, joins, settings = role_order(docs), joining_words(docs), Settings()
    args.out.write_bytes(weights_file(net, words, joins, order, settings))
    reference = Reference([net], vocabulary, joins, order, settings)
    if args.vectors:
        args.vectors.write_text(expected(reference), "utf-8")
    unseen = [r for r in records if author(r) in held]
    if unseen:
        for name, figure in measure(reference, unseen).report().items():
            print(f"{name:22s} {figure:.3f}")


if __name__ == "__main__":
    main()
