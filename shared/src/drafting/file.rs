//! Files a fact under a section of a format. The table follows the labelled sentences in `shared/corpus/sentences.tsv`.

use crate::note::{
    draft::{Fact, Format, Role, Section},
    preferences::InterventionPlacement,
};

use super::words::{Line, pattern};

/// Keys and titles of a format's sections, in order.
pub(super) fn sections(format: Format, interventions: InterventionPlacement) -> Vec<Section> {
    let names: &[(&str, &str)] = match format {
        Format::Soap if interventions == InterventionPlacement::OwnHeading => &[
            ("subjective", "Subjective"),
            ("objective", "Objective"),
            ("intervention", "Interventions"),
            ("assessment", "Assessment"),
            ("plan", "Plan"),
        ],
        Format::Soap => &[
            ("subjective", "Subjective"),
            ("objective", "Objective"),
            ("assessment", "Assessment"),
            ("plan", "Plan"),
        ],
        Format::Dap => &[("data", "Data"), ("assessment", "Assessment"), ("plan", "Plan")],
        Format::Birp => &[
            ("behavior", "Behavior"),
            ("intervention", "Intervention"),
            ("response", "Response"),
            ("plan", "Plan"),
        ],
        Format::Girp => &[
            ("goal", "Goal"),
            ("intervention", "Intervention"),
            ("response", "Response"),
            ("plan", "Plan"),
        ],
        Format::Pirp => &[
            ("problem", "Problem"),
            ("intervention", "Intervention"),
            ("response", "Response"),
            ("plan", "Plan"),
        ],
        Format::Narrative => &[("narrative", "Narrative")],
    };
    names
        .iter()
        .map(|(key, title)| Section {
            key: (*key).into(),
            title: (*title).into(),
            sentences: Vec::new(),
        })
        .collect()
}

/// What a fact is when it is filed: roles, with risk told apart by what the words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    Told,
    Seen,
    Judged,
    Diagnosed,
    Done,
    Taken,
    Next,
    Goal,
    NotAsked,
}

fn matter(fact: &Fact, text: &str, format: Format) -> Matter {
    let line = Line::read(text);
    let says = |text: &'static str| pattern(text).find(&line.words).is_some();
    match fact.role {
        // distress that falls during an exercise is how it was taken; SOAP and DAP keep scores with what was seen
        Role::Observation
            if says("suds|sud|distress went|fell|dropped|came|from")
                && !matches!(format, Format::Soap | Format::Dap) =>
        {
            Matter::Taken
        }
        Role::Observation | Role::Admin => Matter::Seen,
        Role::Assessment if says("diagnos*|disorder|dx|criteria") => Matter::Diagnosed,
        Role::Assessment => Matter::Judged,
        Role::Intervention => Matter::Done,
        Role::Response => Matter::Taken,
        Role::Plan => Matter::Next,
        Role::Risk
            if fact
                .risk
                .is_some_and(|r| r.state == crate::note::draft::RiskState::NotAssessed) =>
        {
            Matter::NotAsked
        }
        Role::Risk => risk_matter(&line),
        _ if line.is(0, "goal")
            || line.is(0, "goals")
            || line.is(0, "her goal")
            || line.is(0, "his goal")
            || line.is(0, "their goal") =>
        {
            Matter::Goal
        }
        _ => Matter::Told,
    }
}

/// A stated level is the clinician's judgement; a safety plan gone over was done; what will be done is plan; the rest was told.
fn risk_matter(line: &Line) -> Matter {
    let says = |text: &'static str| pattern(text).find(&line.words).is_some();
    let level = says("risk is|as|at|to|remains|remained|low|moderate|high|unchanged|elevated|judged|put|appears")
        || says("low|moderate|high|imminent|acute|chronic|elevated|lower|nil .. risk")
        || says("i'd|putting|put|rate|rated .. low|moderate|high")
        || says("protective factors");
    if level {
        return Matter::Judged;
    }
    let act = says(
        "reviewed|updated|revised|amended|made|did|redid|completed|went|built|wrote|gave|given|called|rang|phoned|filed|reported|notified|informed|taught .. safety|crisis|988|plan|hotline|lifeline|line|number|card|cps|aps|report|police|narcan|naloxone|supervisor",
    ) || says("safety plan reviewed|updated|done|completed|revised|amended");
    if act && !says("will|tomorrow|next") {
        return Matter::Done;
    }
    if says("will|tomorrow|next week|session|time")
        && says("check|reassess|ask|screen|call|review|monitor|lock|remove")
        && says("will|i'll|we'll|going")
    {
        return Matter::Next;
    }
    Matter::Told
}

/// The key of the section the fact belongs to. `text` is the wording of its sentence's source.
pub(super) fn section(fact: &Fact, text: &str, format: Format, interventions: InterventionPlacement) -> &'static str {
    let matter = matter(fact, text, format);
    match format {
        Format::Narrative => "narrative",
        Format::Soap => match matter {
            Matter::Told | Matter::Goal | Matter::NotAsked => "subjective",
            Matter::Seen => "objective",
            Matter::Done => match interventions {
                InterventionPlacement::Objective => "objective",
                InterventionPlacement::OwnHeading => "intervention",
                InterventionPlacement::Assessment => "assessment",
                InterventionPlacement::Plan => "plan",
            },
            Matter::Judged | Matter::Diagnosed | Matter::Taken => "assessment",
            Matter::Next => "plan",
        },
        Format::Dap => match matter {
            Matter::Judged | Matter::Diagnosed => "assessment",
            Matter::Next => "plan",
            _ => "data",
        },
        Format::Birp => match matter {
            Matter::Told | Matter::Seen | Matter::Goal | Matter::NotAsked => "behavior",
            Matter::Done => "intervention",
            Matter::Taken | Matter::Judged | Matter::Diagnosed => "response",
            Matter::Next => "plan",
        },
        Format::Girp => match matter {
            Matter::Told | Matter::Goal | Matter::Seen => "goal",
            Matter::Done => "intervention",
            Matter::Taken | Matter::Judged | Matter::Diagnosed | Matter::NotAsked => "response",
            Matter::Next => "plan",
        },
        Format::Pirp => match matter {
            Matter::Told | Matter::Seen | Matter::Goal | Matter::NotAsked | Matter::Diagnosed => "problem",
            Matter::Done => "intervention",
            Matter::Taken | Matter::Judged => "response",
            Matter::Next => "plan",
        },
    }
}
