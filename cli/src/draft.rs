//! `afterword draft`: a summary on standard input, a grounded draft as JSON on standard output. With `--batch`, one JSON object a
//! line in, one out. No vault is opened and nothing is kept.

use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
    process::ExitCode,
};

use serde_json::{Value, json};
use shared::{
    capabilities::drafter::DraftAnswer,
    drafting::{Drafter, tag::Tagger},
    note::{
        draft::{Draft, Format},
        preferences::Preferences,
    },
    stages::record::TYPED_CHARACTERS_MAX,
};

/// Draft a note from a summary read from standard input
#[derive(clap::Args, Clone, Debug, Default)]
pub struct DraftArgs {
    /// soap, dap, birp, girp, pirp or narrative
    #[arg(long)]
    pub format: Option<String>,
    /// A JSON file of preferences; a field that is missing takes its default
    #[arg(long, value_name = "FILE")]
    pub preferences: Option<PathBuf>,
    /// Read one JSON object a line: {"id", "summary", "format"?, "preferences"?}
    #[arg(long)]
    pub batch: bool,
    /// Other weights for the clause model
    #[arg(long, value_name = "FILE", hide = true)]
    pub model: Option<PathBuf>,
}

/// Runs the command on standard input and output.
#[must_use]
pub fn run(args: &DraftArgs) -> ExitCode {
    let (input, output, errors) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
    run_on(args, input, io::BufWriter::new(output), errors)
}

/// Runs the command on any streams. One line on `errors` for whatever could not be done, and then the exit code is 1.
pub fn run_on(args: &DraftArgs, input: impl BufRead, mut output: impl Write, mut errors: impl Write) -> ExitCode {
    let done = Base::read(args).and_then(|base| {
        if args.batch {
            base.batch(input, &mut output)
        } else {
            base.single(input, &mut output)
        }
    });
    let flushed = output.flush().map_err(|_| "the draft could not be written".to_owned());
    match done.and_then(|all| flushed.map(|()| all)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            let _ = writeln!(
                errors,
                "afterword draft: some lines could not be drafted; see their \"error\""
            );
            ExitCode::FAILURE
        }
        Err(why) => {
            let _ = writeln!(errors, "afterword draft: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What holds for every summary of a run.
struct Base {
    drafter: Drafter,
    format: Option<Format>,
    preferences: Preferences,
}

impl Base {
    fn read(args: &DraftArgs) -> Result<Self, String> {
        let format = args.format.as_deref().map(format).transpose()?;
        let preferences = match &args.preferences {
            None => Preferences::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| format!("the preferences file cannot be read: {}", e.kind()))?;
                let value = serde_json::from_str(&text)
                    .map_err(|e| format!("the preferences are not JSON: line {}, column {}", e.line(), e.column()))?;
                preferences(value)?
            }
        };
        let tagger = match &args.model {
            None => Tagger::embedded(),
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|e| format!("the model file cannot be read: {}", e.kind()))?;
                Tagger::from_bytes(&bytes).map_err(|e| e.to_string())?
            }
        };
        Ok(Self {
            drafter: Drafter::new(tagger),
            format,
            preferences,
        })
    }

    fn single(&self, mut input: impl BufRead, output: &mut impl Write) -> Result<bool, String> {
        let mut bytes = Vec::new();
        input
            .read_to_end(&mut bytes)
            .map_err(|e| format!("the summary cannot be read: {}", e.kind()))?;
        let summary = String::from_utf8(bytes).map_err(|_| "the summary is not UTF-8 text".to_owned())?;
        let mut preferences = self.preferences.clone();
        preferences.format = self.format.unwrap_or(preferences.format);
        let draft = self.draft(&summary, &preferences)?;
        write_line(output, &draft)?;
        Ok(true)
    }

    fn batch(&self, mut input: impl BufRead, output: &mut impl Write) -> Result<bool, String> {
        let mut all = true;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if input
                .read_until(b'\n', &mut bytes)
                .map_err(|e| format!("the summaries cannot be read: {}", e.kind()))?
                == 0
            {
                return Ok(all);
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let line: Result<Value, _> = serde_json::from_slice(&bytes);
            let id = line
                .as_ref()
                .ok()
                .and_then(|v| v.get("id"))
                .cloned()
                .unwrap_or(Value::Null);
            let drafted = match line {
                Ok(line) => self.line(&line),
                Err(e) => Err(format!("not JSON: column {}", e.column())),
            };
            let mut value = drafted.unwrap_or_else(|why| {
                all = false;
                json!({ "error": why })
            });
            if let Some(object) = value.as_object_mut() {
                object.insert("id".into(), id);
            }
            write_line(output, &value)?;
        }
    }

    fn line(&self, line: &Value) -> Result<Value, String> {
        let object = line.as_object().ok_or("not a JSON object")?;
        let summary = object
            .get("summary")
            .and_then(Value::as_str)
            .ok_or("no \"summary\" text")?;
        let mut prefs = match object.get("preferences") {
            None | Some(Value::Null) => self.preferences.clone(),
            Some(value) => preferences(value.clone())?,
        };
        prefs.format = match object.get("format") {
            None | Some(Value::Null) => self.format.unwrap_or(prefs.format),
            Some(value) => format(value.as_str().ok_or("\"format\" is not text")?)?,
        };
        self.draft(summary, &prefs)
    }

    fn draft(&self, summary: &str, preferences: &Preferences) -> Result<Value, String> {
        if summary.chars().nth(TYPED_CHARACTERS_MAX as usize).is_some() {
            return Err(format!("the summary is longer than {TYPED_CHARACTERS_MAX} characters"));
        }
        match self.drafter.draft(summary, preferences) {
            DraftAnswer::Drafted { draft, .. } => Ok(document(&draft)),
            DraftAnswer::NothingToFile => Err("I did not hear a summary: there is nothing to file".into()),
            DraftAnswer::OtherLanguage => Err("I can file English so far; nothing was changed".into()),
        }
    }
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.key()).collect();
        format!("unknown format; one of {}", names.join(", "))
    })
}

fn preferences(value: Value) -> Result<Preferences, String> {
    let known = serde_json::to_value(Preferences::default()).unwrap_or_default();
    let Some(given) = value.as_object() else {
        return Err("the preferences are not a JSON object".into());
    };
    if given.keys().any(|key| known.get(key).is_none()) {
        let names: Vec<&String> = known.as_object().into_iter().flat_map(|object| object.keys()).collect();
        return Err(format!(
            "an unknown preference; known are {}",
            names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ")
        ));
    }
    for (key, given) in given {
        let mut one = serde_json::Map::new();
        one.insert(key.clone(), given.clone());
        if serde_json::from_value::<Preferences>(Value::Object(one)).is_err() {
            return Err(format!("the preference \"{key}\" has a value it cannot take"));
        }
    }
    serde_json::from_value(value).map_err(|_| "the preferences cannot be read".into())
}

fn document(draft: &Draft) -> Value {
    let sections: Vec<Value> = draft
        .sections
        .iter()
        .map(|section| {
            let sentences: Vec<Value> = section
                .sentences
                .iter()
                .map(|sentence| json!({ "text": sentence.text.as_str(), "facts": sentence.facts }))
                .collect();
            json!({ "key": section.key, "title": section.title, "sentences": sentences })
        })
        .collect();
    json!({
        "format": draft.format,
        "sections": sections,
        "facts": draft.facts,
        "risk": draft.risk,
        "not_mentioned": draft.not_mentioned,
        "left_out": draft.left_out,
    })
}

fn write_line(output: &mut impl Write, value: &Value) -> Result<(), String> {
    serde_json::to_writer(&mut *output, value).map_err(|_| "the draft could not be written".to_owned())?;
    output
        .write_all(b"\n")
        .map_err(|_| "the draft could not be written".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_text(args: &DraftArgs, input: &str) -> (ExitCode, Vec<Value>, String) {
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let code = run_on(args, input.as_bytes(), &mut output, &mut errors);
        let lines = String::from_utf8(output).unwrap();
        (
            code,
            lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect(),
            String::from_utf8(errors).unwrap(),
        )
    }

    #[test]
    fn an_unknown_format_is_one_line_and_a_failure() {
        let args = DraftArgs {
            format: Some("haiku".into()),
            ..DraftArgs::default()
        };
        let (code, lines, errors) = run_text(&args, "Client slept well.");
        assert_eq!((code, lines.len(), errors.lines().count()), (ExitCode::FAILURE, 0, 1));
    }

    #[test]
    fn a_bad_line_of_a_batch_says_so_and_the_others_go_on() {
        let args = DraftArgs {
            batch: true,
            ..DraftArgs::default()
        };
        let input = concat!(
            "{\"id\":1,\"summary\":\"Client discussed work stress. Follow up next week.\"}\n",
            "{\"id\":2,\"summary\":\"Client slept.\",\"format\":\"haiku\"}\n",
            "not json\n",
            "{\"id\":4,\"summary\":\"Client slept.\",\"preferences\":{\"detail\":\"loud\"}}\n",
            "{\"id\":5,\"summary\":\"Client discussed sleep.\",\"format\":\"DAP\"}\n",
        );
        let (code, lines, errors) = run_text(&args, input);
        assert_eq!((code, errors.lines().count()), (ExitCode::FAILURE, 1));
        let failed: Vec<bool> = lines.iter().map(|line| line.get("error").is_some()).collect();
        assert_eq!(failed, [false, true, true, true, false]);
        assert_eq!((&lines[1]["id"], &lines[4]["format"]), (&json!(2), &json!("dap")));
    }

    #[test]
    fn places_are_counted_in_characters() {
        let (code, lines, _) = run_text(&DraftArgs::default(), "Zoë said “café” helped. Ça va next week.");
        assert_eq!(code, ExitCode::SUCCESS);
        let summary: Vec<char> = "Zoë said “café” helped. Ça va next week.".chars().collect();
        for fact in lines[0]["facts"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(fact[key].as_u64().unwrap()).unwrap();
            let words: String = summary[at("start")..at("end")].iter().collect();
            assert_eq!(words, fact["text"].as_str().unwrap());
        }
    }
}
