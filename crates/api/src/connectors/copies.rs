//! A connector's names, its copies, and what depends on it.

use super::versions::{Why, note};
use crate::app::{App, new_id};
use crate::connections;
use crate::contract::{Dependents, Duplicate, Id, MadeThing, RenameConnector};
use crate::workbench::keep;
use definition::{Document, Problem, ProblemKind, Stage, valid_connector_name};
use store::Connector;

/// All that goes when a connector is deleted.
pub(crate) async fn dependents(app: &App, request: Id) -> Result<Dependents, Problem> {
    let connector = connector(app, &request.id).await?;
    let mut busy = None;
    let mut all = Vec::new();
    for connection in app.store().connections().await?.into_iter().filter(|one| one.connector == request.id) {
        busy = busy.or(connections::hold(app, &connection).err().map(|problem| problem.message));
        all.push(connections::of_connection(app, &connection).await?);
    }
    let versions = app.store().version_count(&request.id).await?;
    Ok(Dependents { id: connector.id, name: connector.name, connections: all, versions, busy })
}

async fn connector(app: &App, id: &str) -> Result<Connector, Problem> {
    app.store().connector(id).await?.ok_or_else(|| {
        Problem::new("no_connector", ProblemKind::Config, Stage::Open, "This connector is not here any more.")
            .hint("It may have been deleted in another window.")
    })
}

/// Makes another connector with the same definition. Connections, data and secrets stay with the first.
pub(crate) async fn duplicate(app: &App, request: Duplicate) -> Result<MadeThing, Problem> {
    let bench = app.bench(&request.id).await?;
    let (mut definition, text) = bench.with(|state| (state.definition.clone(), state.text.clone()));
    let name = match request.name {
        Some(name) => name.trim().to_owned(),
        None => free_name(app, &definition.name).await?,
    };
    fits(&name)?;
    let before = std::mem::replace(&mut definition.name, name.clone());
    if !definition.title.is_empty() {
        definition.title += " (copy)";
    }
    // A text that is no definition is copied as it stands.
    let text = if before.is_empty() { text } else { definition::to_yaml(&definition) };
    let copy = Connector {
        id: new_id(),
        name: name.clone(),
        text,
        draft: false,
        extra: "{}".to_owned(),
        changed_at: String::new(),
    };
    app.store().put_connector(&copy).await?;
    note(app, &copy.id, Why::Imported, &format!("{} (a copy)", if before.is_empty() { "a draft" } else { &before }))
        .await?;
    Ok(MadeThing { id: copy.id, name })
}

async fn free_name(app: &App, wanted: &str) -> Result<String, Problem> {
    let taken: Vec<String> = app.store().connectors().await?.into_iter().map(|connector| connector.name).collect();
    let mut next = 2;
    loop {
        let end = format!("-{next}");
        let name = wanted.chars().take(64 - end.len()).collect::<String>() + &end;
        if !taken.contains(&name) {
            return Ok(name);
        }
        next += 1;
    }
}

fn fits(name: &str) -> Result<(), Problem> {
    if valid_connector_name(name) {
        return Ok(());
    }
    let message = format!("`{name}` is no short name of a connector.");
    Err(Problem::new("bad_name", ProblemKind::Config, Stage::Store, message)
        .hint("Use lower-case letters, digits, - and _, up to 64, beginning with a letter. Its title may be any text.")
        .field("name"))
}

/// Gives a connector another short name or title. Its connections, tables and state are not touched.
pub(crate) async fn rename(app: &App, request: RenameConnector) -> Result<MadeThing, Problem> {
    let bench = app.bench(&request.id).await?;
    if let Some(name) = &request.name {
        fits(name.trim())?;
    }
    note(app, &request.id, Why::Edited, "").await?;
    let name = bench.with(|state| {
        let mut definition = state.definition.clone();
        if let Some(name) = &request.name {
            name.trim().clone_into(&mut definition.name);
        }
        if let Some(title) = &request.title {
            title.trim().clone_into(&mut definition.title);
        }
        let name = definition.name.clone();
        let text = renamed(&state.text, &definition);
        state.edit_text(definition, text);
        name
    });
    keep(app, &bench).await?;
    note(app, &request.id, Why::Renamed, "").await?;
    Ok(MadeThing { id: request.id, name })
}

/// The text with its new names, everything else as it stood: comments too, also behind the names. Where the names do not
/// stand on lines of their own, the whole is written anew.
pub(crate) fn renamed(text: &str, definition: &definition::Definition) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let find = |lines: &[String], key: &str| lines.iter().position(|line| line.starts_with(&format!("{key}:")));
    for (key, value) in [("name", &definition.name), ("title", &definition.title)] {
        let line = format!("{key}: {}", serde_json::Value::from(value.as_str()));
        match find(&lines, key) {
            Some(place) => lines[place] = line + &comment_of(&lines[place]),
            None if value.is_empty() => {}
            None => {
                let place = find(&lines, "name").map_or(0, |place| place + 1);
                lines.insert(place, line);
            }
        }
    }
    let edited = lines.join("\n") + "\n";
    match Document::parse_shape(&edited) {
        Ok(document) if document.definition() == definition => edited,
        _ => definition::to_yaml(definition),
    }
}

/// The comment behind a value on one line, with the space before it. A `#` inside of a quoted value is none.
fn comment_of(line: &str) -> String {
    let mut quote = None;
    let mut before = ' ';
    let mut escaped = false;
    for (place, c) in line.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match quote {
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | ':') => quote = Some(c),
            None if c == '#' && before.is_whitespace() => return format!(" {}", line[place..].trim_end()),
            None => {}
        }
        before = c;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::renamed;
    use definition::Document;

    #[test]
    fn renaming_keeps_every_other_line() {
        let text =
            "# Ours.\ntapwright: 1\nname: old   # short\n\nhttp:\n  # The real one\n  base_url: https://a.test\n";
        let mut definition = Document::parse_shape(text).expect("a definition").definition().clone();
        definition.name = "new".to_owned();
        definition.title = "It's # 1".to_owned();
        let once = renamed(text, &definition);
        assert_eq!(once, text.replace("name: old   # short", "name: \"new\" # short\ntitle: \"It's # 1\""));
        definition.title = "A \" # b".to_owned();
        let quoted = renamed(&once, &definition);
        definition.title = "It's # 1".to_owned();
        assert_eq!(renamed(&quoted, &definition), once, "what is quoted is no comment");
        definition.title = "Two".to_owned();
        assert_eq!(renamed(&once, &definition), once.replace("It's # 1", "Two"));
        // Nowhere on a line of its own: written anew.
        let flow = "{tapwright: 1, name: old, http: {base_url: 'https://a.test'}}";
        let read = Document::parse_shape(&renamed(flow, &definition)).expect("a definition");
        assert_eq!(read.definition(), &definition);
    }
}
