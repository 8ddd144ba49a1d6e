//! From token probabilities to clauses: the best way to cut a text into clauses, each with one role, weighing where clauses seem
//! to begin, what role their tokens seem to have, and which role tends to follow which (a semi-Markov model).

use super::network::Reading;

/// Tokens in the longest clause.
pub(super) const LONGEST: usize = 60;
const ROLES: usize = 11;
/// The "role" before the first clause.
const START: usize = ROLES;
/// Keeps logarithms finite.
const FLOOR: f32 = 1e-9;
/// What it costs to leave a word of content outside every clause.
const LOSING_CONTENT: f64 = -20.0;

/// Scalars that were chosen on a development author, and how often one role follows another.
#[derive(Debug)]
pub(super) struct Settings {
    role_share: f64,
    order_share: f64,
    begin_bonus: f64,
    begin_bonus_dictated: f64,
    full_length: f64,
    /// Weight of the clause head against the mean of the tokens.
    pub clause_share: f32,
    /// Weight of role-after-role scores in naming the clauses.
    pub settle_share: f32,
    /// How far the riskiest token speaks for its clause.
    pub token_risk: f32,
    /// Roles' log-probabilities are divided by this.
    pub role_temperature: f32,
    /// Slope and shift of the risk's log-odds.
    pub risk_slope: f32,
    pub risk_shift: f32,
    /// log P(role | role before), a row for each role before and one for the start.
    pub order: [[f32; ROLES]; ROLES + 1],
}

/// A clause as token indices; `to` is behind its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub from: usize,
    pub to: usize,
}

impl Span {
    /// Leaves off tokens at both ends for which `is_stop` holds.
    pub fn trim(&mut self, is_stop: impl Fn(usize) -> bool) {
        while self.from < self.to && is_stop(self.from) {
            self.from += 1;
        }
        while self.from < self.to && is_stop(self.to - 1) {
            self.to -= 1;
        }
    }
}

/// How the best score at a place was reached.
#[derive(Clone, Copy, Default)]
struct Step {
    from: usize,
    role: usize,
    is_clause: bool,
}

impl Settings {
    /// Scalars in a weights file.
    pub const SCALARS: usize = 11;

    pub fn new(scalars: &[f32], order: &[f32]) -> Settings {
        let mut rows = [[0.0; ROLES]; ROLES + 1];
        rows.as_flattened_mut().copy_from_slice(order);
        let wide = |i: usize| f64::from(scalars[i]);
        Settings {
            role_share: wide(0),
            order_share: wide(1),
            begin_bonus: wide(2),
            begin_bonus_dictated: wide(3),
            full_length: wide(4),
            clause_share: scalars[5],
            settle_share: scalars[6],
            token_risk: scalars[7],
            role_temperature: scalars[8],
            risk_slope: scalars[9],
            risk_shift: scalars[10],
            order: rows,
        }
    }
}

/// The clauses of a text; `joins` says of each token whether it may stay outside, `dictated` is as for the network.
pub(super) fn segment(reading: &Reading, joins: &[bool], dictated: bool, settings: &Settings) -> Vec<Span> {
    let n = joins.len();
    let bonus = if dictated {
        settings.begin_bonus_dictated
    } else {
        settings.begin_bonus
    };
    let log = |p: f32| f64::from((p + FLOOR).ln());
    let inner = sums(reading.edges.iter().map(|edge| [log(edge[1])]));
    let roles = sums(reading.roles.iter().map(|role| role.map(log)));
    let shares: Vec<f64> = (0..=LONGEST).map(|length| settings.share(length)).collect();
    let mut best = vec![[f64::NEG_INFINITY; ROLES + 1]; n + 1];
    best[0][START] = 0.0;
    let mut entries: Vec<[(f64, usize); ROLES]> = Vec::with_capacity(n);
    let mut steps = vec![[Step::default(); ROLES + 1]; n + 1];
    for to in 1..=n {
        let edge = &reading.edges[to - 1];
        let begins = log(edge[0]) + bonus - inner[to][0];
        entries.push(
            settings
                .enter(&best[to - 1])
                .map(|(score, before)| (score + begins, before)),
        );
        let stay = if joins[to - 1] {
            log(edge[2])
        } else {
            log(edge[2]) + LOSING_CONTENT
        };
        for role in 0..=ROLES {
            best[to][role] = best[to - 1][role] + stay;
            steps[to][role] = Step {
                from: to - 1,
                role,
                is_clause: false,
            };
        }
        for from in to.saturating_sub(LONGEST)..to {
            let share = shares[to - from];
            for role in 0..ROLES {
                let (entry, before) = entries[from][role];
                let score = entry + inner[to][0] + (roles[to][role] - roles[from][role]) * share;
                if score > best[to][role] {
                    best[to][role] = score;
                    steps[to][role] = Step {
                        from,
                        role: before,
                        is_clause: true,
                    };
                }
            }
        }
    }
    trace(&best[n], &steps)
}

impl Settings {
    /// Weight of role evidence in a clause of so many tokens: long ones must not drown the boundaries.
    #[expect(clippy::cast_precision_loss, reason = "at most sixty")]
    fn share(&self, length: usize) -> f64 {
        self.role_share * (self.full_length / length.max(1) as f64).min(1.0)
    }

    /// For each role the best score to begin a clause of it, and the role before.
    fn enter(&self, best: &[f64; ROLES + 1]) -> [(f64, usize); ROLES] {
        std::array::from_fn(|role| {
            let score = |before: usize| best[before] + self.order_share * f64::from(self.order[before][role]);
            (1..=ROLES).fold((score(0), 0), |top, before| {
                if score(before) > top.0 {
                    (score(before), before)
                } else {
                    top
                }
            })
        })
    }
}

/// Running sums, one row more than there are values.
fn sums<const N: usize>(rows: impl Iterator<Item = [f64; N]>) -> Vec<[f64; N]> {
    let mut out = vec![[0.0; N]];
    let mut sum = [0.0; N];
    for row in rows {
        sum.iter_mut().zip(row).for_each(|(s, v)| *s += v);
        out.push(sum);
    }
    out
}

fn trace(last: &[f64; ROLES + 1], steps: &[[Step; ROLES + 1]]) -> Vec<Span> {
    let mut role = (1..=ROLES).fold(0, |top, role| if last[role] > last[top] { role } else { top });
    let (mut to, mut out) = (steps.len() - 1, Vec::new());
    while to > 0 {
        let step = steps[to][role];
        if step.is_clause {
            out.push(Span { from: step.from, to });
        }
        (to, role) = (step.from, step.role);
    }
    out.reverse();
    out
}
