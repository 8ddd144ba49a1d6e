//! What preferences and a person change, and what they cannot.

use super::*;

#[test]
fn preferences_change_wording_and_never_a_quotation() {
    let (summary, drafter) = by_hand(
        "report:ct reports low energy|report:she said \"I am the client here\"|intervention:I validated this w/ her|report:she is tired",
    );
    let wanted = Preferences {
        client_term: "patient".into(),
        clinician_term: "clinician".into(),
        pronouns: Pronouns::They,
        ..prefs(Format::Narrative)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    assert_eq!(
        whole(&draft),
        "Patient reported low energy. They said \"I am the client here\". Clinician validated this with them. They are tired."
    );
    let wanted = Preferences {
        pronouns: Pronouns::None,
        instructions: "use 'Pt'\nkeep abbreviations".into(),
        ..prefs(Format::Narrative)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    assert_eq!(
        whole(&draft),
        "Pt reported low energy. Pt said \"I am the client here\". Therapist validated this w/ Pt. Pt is tired."
    );
}

#[test]
fn a_modality_writes_its_own_terms_and_adds_nothing() {
    let (summary, drafter) = by_hand(
        "intervention:we did a wise mind script and cognitive diffusion|report:he said \"the wise mind thing helps\"|risk:denies SI",
    );
    let with = |modalities: &[&str]| {
        let wanted = Preferences {
            modalities: modalities.iter().map(|name| (*name).to_owned()).collect(),
            ..prefs(Format::Narrative)
        };
        whole(&drafted(drafter.draft(&summary, &wanted)).0)
    };
    let plain = with(&[]);
    assert!(plain.contains("a wise mind script and cognitive diffusion"), "{plain}");
    assert_eq!(with(&["EMDR", "no such school"]), plain);
    assert_eq!(
        with(&["dbt", "ACT"]),
        plain.replace(
            "a wise mind script and cognitive diffusion",
            "a Wise Mind script and cognitive defusion"
        )
    );
    assert!(with(&["DBT"]).contains("\"the wise mind thing helps\""));
}

#[test]
fn concise_leaves_asides_out_and_lists_them() {
    let aside = "|report:the neighbour apparently painted the fence and everybody on the street came to look at it";
    let cut = format!(
        "report:she is low|report:sleeping 4 hours|report:no panic attacks|risk:denies SI{}|plan:see her Tuesday",
        aside.to_owned() + &"|report:she told a long story about the garden and the shed and the cat and the rain and the road to the sea".repeat(9)
    );
    let (summary, drafter) = by_hand(&cut);
    let wanted = Preferences {
        detail: Detail::Concise,
        ..prefs(Format::Soap)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    let text = whole(&draft);
    assert!(
        ["4 hours", "No panic attacks", "Denied SI", "See her Tuesday"]
            .iter()
            .all(|kept| text.contains(kept)),
        "{text}"
    );
    assert!(!text.contains("fence"));
    assert!(draft.left_out.iter().any(|left| left.why == "detail"));
    assert_nothing_lost(&draft);
}

#[test]
fn a_person_can_say_what_a_fact_is_and_keeps_their_own_words() {
    let (summary, drafter) = by_hand("report:she is low|observation:flat affect|plan:see her Tuesday");
    let (mut draft, _) = drafted(drafter.draft(&summary, &prefs(Format::Soap)));
    draft.sections[3].sentences[0].text = "Weekly, Tuesdays.".into();
    draft.sections[3].sentences[0].edited = true;
    let (draft, _) = drafted(drafter.reassign(draft, 0, Role::Assessment, &prefs(Format::Soap)));
    assert_eq!(
        (section(&draft, "subjective"), section(&draft, "assessment")),
        (String::new(), "She is low.".into())
    );
    assert_eq!(
        (draft.facts[0].confidence, draft.facts[0].role),
        (1.0, Role::Assessment)
    );
    let (draft, _) = drafted(drafter.refile(draft, Format::Birp, &prefs(Format::Birp)));
    assert_eq!(section(&draft, "plan"), "Weekly, Tuesdays.");
    let (draft, private) = drafted(drafter.reassign(draft, 1, Role::Private, &prefs(Format::Birp)));
    assert!(!whole(&draft).contains("affect"));
    assert_eq!(private, vec![Words::from("flat affect")]);
}

#[test]
fn every_format_has_its_headings_in_order() {
    let (summary, drafter) = by_hand("report:she is low");
    for (format, titles) in [
        (Format::Soap, "Subjective, Objective, Assessment, Plan"),
        (Format::Dap, "Data, Assessment, Plan"),
        (Format::Birp, "Behavior, Intervention, Response, Plan"),
        (Format::Girp, "Goal, Intervention, Response, Plan"),
        (Format::Pirp, "Problem, Intervention, Response, Plan"),
        (Format::Narrative, "Narrative"),
    ] {
        let (draft, _) = drafted(drafter.draft(&summary, &prefs(format)));
        let written: Vec<&str> = draft.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(written.join(", "), titles);
    }
}

#[test]
fn interventions_stand_where_the_clinician_wants_them() {
    let (summary, drafter) = by_hand("report:she is low|intervention:reviewed the safety steps");
    for (placement, key) in [
        (InterventionPlacement::Objective, "objective"),
        (InterventionPlacement::OwnHeading, "intervention"),
        (InterventionPlacement::Assessment, "assessment"),
        (InterventionPlacement::Plan, "plan"),
    ] {
        let wanted = Preferences {
            interventions: placement,
            ..prefs(Format::Soap)
        };
        let (draft, _) = drafted(drafter.draft(&summary, &wanted));
        assert_eq!(section(&draft, key), "The safety steps were reviewed.");
    }
}
