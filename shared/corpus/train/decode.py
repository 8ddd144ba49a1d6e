"""From token scores to clauses: the best segmentation under a semi-Markov score, as `shared/src/drafting/tag/decode.rs` does it."""
from dataclasses import dataclass

import numpy as np

from data import ROLES

LONGEST = 60  # tokens in a clause
FLOOR = np.float32(1e-9)
START = len(ROLES)  # the "role" before the first clause


LOSING_CONTENT = -20.0  # what it costs to leave a word of content outside every clause


@dataclass(frozen=True)
class Settings:
    """Scalars of the decoder, chosen on a development author; exported in this order."""

    role_share: float = 0.3  # weight of token role scores
    order_share: float = 0.2  # weight of role-after-role scores
    begin_bonus: float = 0.3  # added to "begins" in punctuated texts
    begin_bonus_dictated: float = 1.0  # the same in dictated ones
    full_length: float = 8.0  # beyond this many tokens a clause's role evidence counts as if it had this many
    clause_share: float = 0.7  # weight of the clause head against the mean of its tokens
    settle_share: float = 0.15  # weight of role-after-role scores in naming the clauses
    token_risk: float = 0.5  # how far the riskiest token speaks for its clause
    role_temperature: float = 1.0  # roles' log-probabilities are divided by this
    risk_slope: float = 1.0  # slope and shift of the risk's log-odds
    risk_shift: float = 0.0


def role_order(docs):
    """log P(role | role before), from counts with half a one added."""
    counts = np.full((len(ROLES) + 1, len(ROLES)), 0.5)
    for doc in docs:
        before = START
        for role, _, _ in doc.clauses:
            counts[before, role] += 1
            before = role
    return np.log(counts / counts.sum(1, keepdims=True)).astype(np.float32)


def segment(edges, roles, joins, order, settings, dictated):
    """[(from, to)] over tokens, from probabilities; `joins` says which tokens may stay outside."""
    n = len(edges)
    begins, goes_on, outside = np.log(edges + FLOOR).astype(np.float64).T
    roles = np.log(roles + FLOOR).astype(np.float64)
    outside = outside + np.where(joins, 0.0, LOSING_CONTENT)
    begins = begins + (settings.begin_bonus_dictated if dictated else settings.begin_bonus)
    inner = np.concatenate([[0], np.cumsum(goes_on)])
    role_sum = np.vstack([np.zeros(len(ROLES)), np.cumsum(roles, 0)])
    lengths = np.arange(1, LONGEST + 1)
    share = settings.role_share * np.minimum(1, settings.full_length / lengths)
    best = np.full((n + 1, len(ROLES) + 1), -1e30)
    best[0, START] = 0
    enter, enter_from = np.zeros((n, len(ROLES))), np.zeros((n, len(ROLES)), int)
    back = [[None] * (len(ROLES) + 1) for _ in range(n + 1)]
    for j in range(1, n + 1):
        scores = best[j - 1][:, None] + settings.order_share * order
        enter_from[j - 1] = scores.argmax(0)
        enter[j - 1] = scores.max(0) + begins[j - 1] - inner[j]
        best[j] = best[j - 1] + outside[j - 1]
        for p in range(len(ROLES) + 1):
            back[j][p] = (j - 1, p, False)
        low = max(0, j - LONGEST)
        weight = share[j - low - 1::-1][:j - low, None]
        values = enter[low:j] + inner[j] + (role_sum[j] - role_sum[low:j]) * weight
        at = values.argmax(0)
        for k in range(len(ROLES)):
            if values[at[k], k] > best[j, k]:
                best[j, k] = values[at[k], k]
                back[j][k] = (low + at[k], enter_from[low + at[k], k], True)
    out, j, k = [], n, int(best[n].argmax())
    while j > 0:
        i, previous, is_clause = back[j][k]
        if is_clause:
            out.append((i, j))
        j, k = i, int(previous)
    return out[::-1]
