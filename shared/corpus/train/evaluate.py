"""Held-out figures of a tagger: what the project's draft scorer measures, on clauses alone."""
import collections

from data import ROLES

# At this probability, or with the role itself, a clause counts as flagged.
RISK_THRESHOLD = 0.3


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def f1(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


class Scores:
    """Counts over summaries."""

    def __init__(self):
        self.gaps = collections.defaultdict(lambda: [0, 0, 0])
        self.roles, self.risk, self.rest = collections.Counter(), [], []

    def add(self, record, clauses):
        gold, at = [], 0
        for c in record["clauses"]:
            start = record["summary"].index(c["text"], at)
            at = start + len(c["text"])
            gold.append((start, at))
        have = [(c["start"], c["end"]) for c in clauses]
        self.boundaries(record["style"], gold, have)
        for c, span in zip(record["clauses"], gold):
            near = [x for x, h in zip(clauses, have) if overlap(span, h)]
            best = max(near, key=lambda x: overlap(span, (x["start"], x["end"])), default=None)
            self.roles[c["role"], best["role"] if best else "missing"] += 1
            chance = lambda x: 1.0 if x["role"] == "risk" else x["p_risk"]
            if c["role"] == "risk" and c.get("risk"):
                top = max((chance(x) for x in near), default=0.0)
                right = any(x["state"] == c["risk"]["state"] for x in near if chance(x) >= RISK_THRESHOLD)
                self.risk.append((top, right))
            elif c["role"] != "risk":
                self.rest.append(chance(best) if best else 0.0)

    def boundaries(self, style, gold, have):
        gaps = lambda s: [(a[1], b[0]) for a, b in zip(s, s[1:])]
        want, have = gaps(gold), gaps(have)
        near = lambda x, ys: any(x[0] - 2 <= y[1] and y[0] <= x[1] + 2 for y in ys)
        found = sum(near(x, have) for x in want)
        for name in (style, "all"):
            for k, v in enumerate((found, sum(not near(y, want) for y in have), len(want) - found)):
                self.gaps[name][k] += v

    def report(self, threshold=RISK_THRESHOLD):
        """name -> figure"""
        out = {f"boundary {style}": f1(*v) for style, v in sorted(self.gaps.items())}
        per = {}
        for r in ROLES:
            tp = self.roles[r, r]
            fn = sum(v for (a, _), v in self.roles.items() if a == r) - tp
            fp = sum(v for (_, b), v in self.roles.items() if b == r) - tp
            per[r] = f1(tp, fp, fn)
        out["role macro"] = sum(per[r] for r in ROLES[:8]) / 8
        out["accuracy"] = sum(v for (a, b), v in self.roles.items() if a == b) / max(1, sum(self.roles.values()))
        hits = [right for p, right in self.risk if p >= threshold]
        out["risk recall"] = len(hits) / max(1, len(self.risk))
        out["polarity"] = sum(hits) / max(1, len(hits))
        out["false flags"] = sum(p >= threshold for p in self.rest) / max(1, len(self.rest))
        return out | {f"role {r}": v for r, v in per.items()}


def measure(reference, records, known=None):
    """Scores of a reference tagger on records; `known` keeps what the network said, for trying other settings."""
    scores = Scores()
    for record in records:
        if known is not None and record["id"] not in known:
            known[record["id"]] = reference.know(record["summary"])
        scores.add(record, reference.tag(record["summary"], known and known[record["id"]]))
    return scores
