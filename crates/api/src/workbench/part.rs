//! Changes of a large definition, in parts: what stays as it is crosses to the window and back for nothing.

use super::edit::changed;
use super::text::{readable, take_text};
use super::{Bench, State};
use crate::app::App;
use crate::contract::{DefinitionChange, EditDefinition, EditText, Edited, TextChange};
use definition::{Definition, Patch, Problem, ProblemKind, Stage, TextPatch};

/// Changes the definition. The caller has the definition that it made, and the text from before.
pub(crate) async fn edit_definition(app: &App, request: EditDefinition) -> Result<Edited, Problem> {
    let mut theirs = None;
    let bench = changed(app, &request.id, |state| {
        at(state, &request.revision)?;
        readable(state)?;
        let mut definition = state.definition.clone();
        patch(request.change).apply(&mut definition);
        theirs = Some((definition.clone(), state.text.clone()));
        state.type_in(definition);
        Ok(())
    })
    .await?;
    let (definition, text) = theirs.unwrap_or_default();
    Ok(edited(&bench, &definition, &text))
}

/// Changes the text. The caller has the text that it made, and the definition from before.
pub(crate) async fn edit_text(app: &App, request: EditText) -> Result<Edited, Problem> {
    let mut theirs = None;
    let bench = changed(app, &request.id, |state| {
        at(state, &request.revision)?;
        let mut text = state.shown_text().to_owned();
        patch_of_text(&text, request.change).ok_or_else(moved_on)?.apply(&mut text);
        theirs = Some((state.definition.clone(), text.clone()));
        take_text(state, text);
        Ok(())
    })
    .await?;
    let (definition, text) = theirs.unwrap_or_default();
    Ok(edited(&bench, &definition, &text))
}

/// A change to another text than the one at hand would hit the wrong place.
fn at(state: &State, revision: &str) -> Result<(), Problem> {
    if state.revision() == revision { Ok(()) } else { Err(moved_on()) }
}

fn moved_on() -> Problem {
    let message = "The definition was changed meanwhile.";
    Problem::new("moved_on", ProblemKind::Config, Stage::Open, message).hint("Make the change again.").retryable()
}

fn edited(bench: &Bench, definition: &Definition, text: &str) -> Edited {
    bench.with(|state| {
        let differs = *definition != state.definition;
        let (old, new) = (text, state.shown_text());
        Edited {
            workbench: bench.view_without(state),
            definition: differs.then(|| change(Patch::between(definition, &state.definition))),
            text: (old != new).then(|| change_of_text(old, &TextPatch::between(old, new))),
        }
    })
}

fn patch(change: DefinitionChange) -> Patch {
    let from = change.from as usize;
    Patch { rest: change.rest, gone: from..from.saturating_add(change.gone as usize), streams: change.streams }
}

fn change(patch: Patch) -> DefinitionChange {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    DefinitionChange {
        rest: patch.rest,
        from: place(patch.gone.start),
        gone: place(patch.gone.len()),
        streams: patch.streams,
    }
}

/// The same change counted in bytes. `None` where the text has no such place.
fn patch_of_text(text: &str, change: TextChange) -> Option<TextPatch> {
    let from = byte(text, change.from as usize)?;
    let to = from + byte(text.get(from..)?, change.gone as usize)?;
    Some(TextPatch::new(from..to, change.with))
}

fn change_of_text(text: &str, patch: &TextPatch) -> TextChange {
    let (place, with) = patch.parts();
    let units = |part: &str| u32::try_from(part.encode_utf16().count()).unwrap_or(u32::MAX);
    TextChange { from: units(&text[..place.start]), gone: units(&text[place]), with: with.to_owned() }
}

/// The byte at which so many UTF-16 units are behind. `None` in the middle of a character, and behind the end.
fn byte(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.checked_sub(c.len_utf16())?;
    }
    (left == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::{change_of_text, patch_of_text};
    use definition::TextPatch;

    #[test]
    fn a_change_of_text_is_counted_as_the_page_does() {
        for (old, new) in [("", "a"), ("ab", "aXb"), ("a😀b", "a😀ü b"), ("ü😀", ""), ("same", "same")] {
            let change = change_of_text(old, &TextPatch::between(old, new));
            let units: Vec<u16> = old.encode_utf16().collect();
            let (from, to) = (change.from as usize, (change.from + change.gone) as usize);
            let page = [&units[..from], &change.with.encode_utf16().collect::<Vec<_>>(), &units[to..]].concat();
            assert_eq!(String::from_utf16(&page).unwrap(), new);
            let mut text = old.to_owned();
            patch_of_text(old, change).unwrap().apply(&mut text);
            assert_eq!(text, new);
        }
    }
}
