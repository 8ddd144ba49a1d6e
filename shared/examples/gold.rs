use shared::{
    capabilities::drafter::DraftAnswer,
    drafting::{Clauses, Drafter, tag::TaggedClause},
    note::{draft::*, preferences::Preferences},
};
use std::{collections::HashMap, io::Write};
struct Gold(HashMap<String, Vec<TaggedClause>>);
impl Clauses for Gold {
    fn clauses(&self, t: &str) -> Vec<TaggedClause> {
        self.0.get(t).cloned().unwrap_or_default()
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let mode = a.get(3).cloned().unwrap_or_default();
    let mut map = HashMap::new();
    let mut rows = vec![];
    for l in std::fs::read_to_string(&a[1]).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let s = v["summary"].as_str().unwrap().to_owned();
        let mut at = 0;
        let mut cs = vec![];
        for c in v["clauses"].as_array().unwrap() {
            let t = c["text"].as_str().unwrap();
            let i = at + s[at..].find(t).unwrap();
            at = i + t.len();
            let mut role: Role = serde_json::from_value(c["role"].clone()).unwrap();
            let mut rp = [0.0f32; 11];
            let mut p = 0.0;
            let mut sp = [1.0f32, 0., 0., 0.];
            let mut tp = [1.0f32, 0., 0., 0., 0., 0., 0.];
            if mode == "lex" {
                p = 0.2;
                if role == Role::Risk {
                    role = Role::Report;
                }
            } else if let Some(r) = c["risk"].as_object() {
                p = 1.0;
                let st: RiskState = serde_json::from_value(r["state"].clone()).unwrap();
                let to: RiskTopic = serde_json::from_value(r["topic"].clone()).unwrap();
                if mode != "rules" {
                    sp = [0.; 4];
                    sp[1 + RiskState::ALL.iter().position(|x| *x == st).unwrap()] = 1.0;
                }
                tp = [0.; 7];
                tp[1 + RiskTopic::ALL.iter().position(|x| *x == to).unwrap()] = 1.0;
            }
            rp[Role::ALL.iter().position(|x| *x == role).unwrap()] = 1.0;
            cs.push(TaggedClause {
                start: i,
                end: at,
                role,
                confidence: 0.9,
                p_risk: p,
                role_probs: rp,
                risk_state_probs: sp,
                topic_probs: tp,
            });
        }
        map.insert(s.clone(), cs);
        rows.push((v["id"].as_str().unwrap().to_owned(), s));
    }
    let d = Drafter::new(Gold(map));
    let fmt = Format::parse(&a[2]).unwrap();
    let mut prefs = Preferences {
        format: fmt,
        ..Preferences::default()
    };
    if let Some(f) = a.get(4) {
        prefs = serde_json::from_str(f).unwrap();
        prefs.format = fmt;
    }
    let out = std::io::stdout();
    let mut out = out.lock();
    for (id, s) in rows {
        match d.draft(&s, &prefs) {
            DraftAnswer::Drafted { draft, .. } => {
                let mut v = serde_json::to_value(&draft).unwrap();
                v["id"] = id.into();
                writeln!(out, "{v}").unwrap();
            }
            other => eprintln!("{id}: {other:?}"),
        }
    }
}
