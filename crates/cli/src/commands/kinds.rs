//! `kinds`: what a definition can be made of, for people and for programs that draw forms.

use crate::exit;
use crate::out::{Out, json};
use definition::Problem;
use definition::forms::{FormField, FormGroup, FormKind, KindForm, descriptors};
use std::fmt::Write as _;

/// Prints every area with its kinds, or one area with settings and examples.
pub fn run(out: &Out, area: Option<&str>) -> Result<u8, Problem> {
    let all = descriptors();
    let Some(area) = area else {
        if out.json {
            out.answer(all);
            return Ok(exit::DONE);
        }
        let chosen = all.groups.iter().filter(|group| is_choice(group));
        let width = chosen.clone().map(|group| group.name.len()).max().unwrap_or(0);
        for group in chosen {
            let words: Vec<&str> = group.kinds.iter().map(|kind| kind.word.as_str()).collect();
            out.line(&format!("{:width$}  {}", group.name, words.join(", ")));
        }
        let settings = all.groups.iter().filter(|group| !is_choice(group));
        let names: Vec<&str> = settings.map(|group| group.name.as_str()).collect();
        out.line(&format!("\nAreas of settings without kinds: {}", names.join(", ")));
        out.say("\n`tapwright kinds AREA` shows settings and examples.");
        return Ok(exit::DONE);
    };
    let Some(group) = all.group(area) else {
        let names: Vec<&str> = all.groups.iter().map(|group| group.name.as_str()).collect();
        return Err(
            crate::values::usage(format!("There is no area `{area}`.")).hint(format!("Areas: {}", names.join(", ")))
        );
    };
    if out.json {
        out.answer(group);
    } else {
        out.text(&text(group));
    }
    Ok(exit::DONE)
}

fn is_choice(group: &FormGroup) -> bool {
    group.kinds.iter().any(|kind| kind.form != KindForm::Settings)
}

fn text(group: &FormGroup) -> String {
    let place = if group.place.is_empty() { String::new() } else { format!(" ({})", group.place) };
    let mut text = format!("{}{place}: {}\n", group.title, group.help);
    for kind in &group.kinds {
        kind_text(&mut text, kind);
    }
    text
}

fn kind_text(text: &mut String, kind: &FormKind) {
    if kind.form != KindForm::Settings {
        let _ = writeln!(text, "\n{}: {}", kind.word, kind.help);
    }
    let width = kind.fields.iter().map(|field| field.path.len()).max().unwrap_or(0);
    for field in kind.fields.iter().filter(|field| !field.path.is_empty()) {
        let _ = writeln!(text, "  {:width$}  {}", field.path, field_text(field));
    }
    if !kind.example.is_null() {
        let _ = writeln!(text, "  example: {}", json(&kind.example));
    }
}

fn field_text(field: &FormField) -> String {
    let mut text = String::new();
    if field.required {
        text.push_str("(required) ");
    }
    text.push_str(&field.help);
    if !field.value.options.is_empty() {
        let words: Vec<&str> = field.value.options.iter().map(|option| option.value.as_str()).collect();
        let _ = write!(text, " One of: {}.", words.join(", "));
    }
    if let Some(group) = &field.value.group {
        let _ = write!(text, " See `tapwright kinds {group}`.");
    }
    text
}
