//! Names the clauses that were cut: role, risk and confidence of each, from the clause as a whole, from its tokens, and from the
//! clauses around it.

use super::TaggedClause;
use super::decode::{Settings, Span};
use super::network::{Network, Reading};
use super::tokens::Token;
use crate::note::draft::Role;

const ROLES: usize = Role::ALL.len();
const RISK: usize = Role::Risk as usize;
/// Keeps logarithms and odds finite.
const FLOOR: f32 = 1e-6;

/// The clauses at `spans`, which are not empty, with their roles.
pub(super) fn name(
    network: &Network,
    settings: &Settings,
    reading: &Reading,
    tokens: &[Token],
    spans: &[Span],
) -> Vec<TaggedClause> {
    let mut out: Vec<TaggedClause> = spans
        .iter()
        .map(|span| describe(network, settings, reading, tokens, *span))
        .collect();
    let roles = settle(settings, &out);
    for (clause, role) in out.iter_mut().zip(roles) {
        clause.role = Role::ALL[role];
        clause.confidence = clause.role_probs[role];
    }
    out
}

fn describe(network: &Network, settings: &Settings, reading: &Reading, tokens: &[Token], span: Span) -> TaggedClause {
    let (at, mix) = (span.from..span.to, reading.hidden.len() / tokens.len());
    let (role, state, topic) = network.clause(&reading.hidden[span.from * mix..span.to * mix]);
    let share = settings.clause_share;
    let role_probs = tempered(
        mixed(&role, &reading.roles[at.clone()], share),
        settings.role_temperature,
    );
    let risk_state_probs = mixed(&state, &reading.states[at.clone()], share);
    let riskiest = reading.states[at.clone()]
        .iter()
        .fold(0.0_f32, |top, state| top.max(1.0 - state[0]));
    let p_risk = (1.0 - risk_state_probs[0])
        .max(role_probs[RISK])
        .max(riskiest * settings.token_risk);
    TaggedClause {
        start: tokens[span.from].start,
        end: tokens[span.to - 1].end,
        role: Role::Report,
        confidence: 0.0,
        p_risk: stretched(p_risk, settings.risk_slope, settings.risk_shift),
        role_probs,
        risk_state_probs,
        topic_probs: mixed(&topic, &reading.topics[at], share),
    }
}

/// `share` of the clause's own probabilities and the rest from the mean of its tokens'.
#[expect(clippy::cast_precision_loss, reason = "a clause has at most sixty tokens")]
fn mixed<const N: usize>(clause: &[f32; N], tokens: &[[f32; N]], share: f32) -> [f32; N] {
    let mean = |i: usize| tokens.iter().map(|t| t[i]).sum::<f32>() / tokens.len() as f32;
    std::array::from_fn(|i| share * clause[i] + (1.0 - share) * mean(i))
}

/// Probabilities with their logarithms divided by a temperature.
fn tempered(probs: [f32; ROLES], temperature: f32) -> [f32; ROLES] {
    let powers = probs.map(|p| (p + FLOOR).powf(1.0 / temperature));
    let sum: f32 = powers.iter().sum();
    powers.map(|p| p / sum)
}

/// A probability whose log-odds are multiplied and moved.
fn stretched(p: f32, slope: f32, shift: f32) -> f32 {
    let p = p.clamp(FLOOR, 1.0 - FLOOR);
    let odds = (p / (1.0 - p)).ln();
    1.0 / (1.0 + (-(slope * odds + shift)).exp())
}

/// The best sequence of roles, weighing each clause's probabilities and which role tends to follow which.
fn settle(settings: &Settings, clauses: &[TaggedClause]) -> Vec<usize> {
    let mut best = [0.0_f32; ROLES];
    let mut back: Vec<[usize; ROLES]> = Vec::with_capacity(clauses.len());
    for (i, clause) in clauses.iter().enumerate() {
        let follow = |before: usize, role: usize| settings.settle_share * settings.order[before][role];
        let from: [usize; ROLES] = std::array::from_fn(|role| {
            let score = |before: usize| best[before] + follow(before, role);
            if i == 0 { ROLES } else { top(ROLES, score) }
        });
        best = std::array::from_fn(|role| {
            let before = if i == 0 { 0.0 } else { best[from[role]] };
            before + follow(from[role], role) + (clause.role_probs[role] + FLOOR).ln()
        });
        back.push(from);
    }
    let mut role = top(ROLES, |role| best[role]);
    let mut out = Vec::with_capacity(clauses.len());
    for from in back.iter().rev() {
        out.push(role);
        role = from[role];
    }
    out.reverse();
    out
}

/// The first index of the highest score.
fn top(count: usize, score: impl Fn(usize) -> f32) -> usize {
    (1..count).fold(0, |best, i| if score(i) > score(best) { i } else { best })
}
