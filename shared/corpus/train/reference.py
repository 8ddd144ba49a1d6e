"""Tags a text exactly as the Rust code does, with one network or the mean of several."""
import numpy as np
import torch

from data import ROLES, STATES, SYMBOL, TOPICS, Document, Token, is_dictated, key, shape, tokens
from decode import START, segment
from model import HEADS, Batch

WINDOW, MARGIN = 400, 60
FLOOR = np.float32(1e-6)
RISK = ROLES.index("risk")


class Reference:
    def __init__(self, nets, vocabulary, joins, order, settings):
        self.nets, self.vocabulary, self.joins, self.order, self.settings = nets, vocabulary, joins, order, settings

    @torch.no_grad()
    def read(self, toks):
        """Token probabilities of the four heads, and the hidden layer of each network."""
        parts, start, spoken = [], 0, is_dictated(toks)
        while start < len(toks):
            stop = len(toks) if len(toks) <= start + WINDOW + MARGIN else start + WINDOW
            low, high = max(0, start - MARGIN), min(len(toks), stop + MARGIN)
            batch = Batch([Document([(t, -1) for t in toks[low:high]], [])], self.vocabulary)
            batch.traits[:, :, -1] = float(spoken)
            parts.append([net.body(batch)[0, start - low:stop - low] for net in self.nets])
            start = stop
        hidden = [torch.cat(rows) for rows in zip(*parts)]
        heads = [sum(net.heads[k](y).softmax(-1) for net, y in zip(self.nets, hidden)) / len(self.nets) for k in range(4)]
        return [h.numpy() for h in heads], hidden

    @torch.no_grad()
    def clause(self, hidden, i, j):
        total = 0
        for net, y in zip(self.nets, hidden):
            scores = net.clause(torch.cat([y[i:j].mean(0), y[i], y[j - 1]]))
            total = total + torch.cat([part.softmax(-1) for part in scores.split(HEADS[1:])]) / len(self.nets)
        return [part.numpy() for part in total.split(HEADS[1:])]

    def spans(self, toks, heads):
        joins = np.array([shape(t.text) == SYMBOL or key(t.text) in self.joins for t in toks])
        out = []
        for i, j in segment(heads[0], heads[1], joins, self.order, self.settings, is_dictated(toks)):
            while i < j and toks[i].text in (".", ",", ";"):
                i += 1
            while i < j and toks[j - 1].text in (".", ",", ";"):
                j -= 1
            if i < j:
                out.append((i, j))
        return out

    def tag(self, text, known=None):
        """[{start, end (characters), role, confidence, p_risk, roles, states, topics}]; `known` is (tokens, *read(tokens))."""
        toks, heads, hidden = known or self.know(text)
        if not toks:
            return []
        s, out = self.settings, []
        for i, j in self.spans(toks, heads):
            own = self.clause(hidden, i, j)
            roles, states, topics = (s.clause_share * o + (1 - s.clause_share) * h[i:j].mean(0) for o, h in zip(own, heads[1:]))
            roles = (roles + FLOOR) ** (1 / s.role_temperature)
            roles = roles / roles.sum()
            p = max(1 - states[0], roles[RISK], (1 - heads[2][i:j, 0]).max() * s.token_risk)
            p = min(max(p, FLOOR), 1 - FLOOR)
            p = 1 / (1 + np.exp(-(s.risk_slope * np.log(p / (1 - p)) + s.risk_shift)))
            out.append(dict(start=toks[i].start, end=toks[j - 1].end, p_risk=float(p), roles=roles, states=states, topics=topics))
        for clause, role in zip(out, self.settle([c["roles"] for c in out])):
            clause["role"], clause["confidence"] = ROLES[role], float(clause["roles"][role])
            clause["state"] = STATES[1 + int(clause["states"][1:].argmax())]
            clause["topic"] = TOPICS[1 + int(clause["topics"][1:].argmax())]
        return out

    def know(self, text):
        toks = tokens(text)
        return (toks, *self.read(toks)) if toks else ([], None, None)

    def settle(self, roles):
        """The best sequence of roles under role-after-role scores."""
        best, back = None, []
        for row in roles:
            order = self.settings.settle_share * self.order
            step = order[START:] if best is None else best[:, None] + order[:START]
            back.append(step.argmax(0))
            best = step.max(0) + np.log(row + FLOOR)
        out = [int(best.argmax())] if roles else []
        for pointers in reversed(back[1:]):
            out.append(int(pointers[out[-1]]))
        return out[::-1]
