//! What an update changes for one connection: its values, its streams and their state, its tables.

use super::columns::table_impacts;
use crate::app::App;
use crate::contract::{Impact, ImpactLevel};
use definition::model::{Auth, ConfigInput, ConfigType, Stream};
use definition::{Definition, Problem};
use store::Connection;

/// What an update changes for a connection, the gravest first.
pub(super) async fn impacts(
    app: &App,
    old: &Definition,
    new: &Definition,
    connection: &Connection,
) -> Result<Vec<Impact>, Problem> {
    let given = app.vault().all(&connection.id, new).await;
    let has = |input: &ConfigInput| match (input.kind, &given) {
        (ConfigType::Secret, Ok(secrets)) => secrets.contains_key(&input.name),
        (ConfigType::Secret, Err(_)) => connection.secret_names.contains(&input.name),
        _ => connection.values.contains_key(&input.name) || input.default.is_some(),
    };
    let mut all = Vec::new();
    inputs(old, new, &has, &mut all);
    auth(old, new, &mut all);
    base(old, new, &mut all);
    streams(old, new, &mut all);
    super::writes::write_impacts(old, new, &mut all);
    all.sort_by_key(|impact| impact.level);
    Ok(all)
}

pub(super) fn tell(level: ImpactLevel, code: &str, path: String, words: String) -> Impact {
    Impact { code: code.to_owned(), level, path, words }
}

fn inputs(old: &Definition, new: &Definition, has: &dyn Fn(&ConfigInput) -> bool, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info, Needed};
    for input in &new.config {
        let (name, path) = (&input.name, format!("config.{}", input.name));
        let before = old.input(name);
        let kind = |input: &ConfigInput| word(&serde_json::json!(input.kind));
        if let Some(before) = before.filter(|before| before.kind != input.kind) {
            let words = match (before.kind, input.kind) {
                (_, ConfigType::Secret) => {
                    format!("The input {name} becomes a secret: its value moves to the keyring.")
                }
                (ConfigType::Secret, _) => {
                    format!("The input {name} is no secret any more: its value has to be given again.")
                }
                _ => {
                    format!("The input {name} changes from {} to {}: its value has to fit.", kind(before), kind(input))
                }
            };
            all.push(tell(Attention, "input_retyped", path.clone(), words));
            if before.kind != ConfigType::Secret {
                continue;
            }
        }
        if input.required && !has(input) {
            let what = if input.kind == ConfigType::Secret { "secret" } else { "input" };
            let new = if before.is_none() { "new " } else { "" };
            all.push(tell(
                Needed,
                "input_needed",
                path,
                format!("The {new}{what} {name} is required and has no value."),
            ));
        } else if before.is_none() {
            all.push(tell(
                Info,
                "input_added",
                path,
                format!("There is a new optional input: {name} ({}).", kind(input)),
            ));
        }
    }
    for input in old.config.iter().filter(|input| new.input(&input.name).is_none()) {
        let words = format!("The input {} is gone: its value is not used any more.", input.name);
        all.push(tell(Attention, "input_gone", format!("config.{}", input.name), words));
    }
}

fn word(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn auth(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    let of = |definition: &Definition| definition.http.as_ref().map(|http| http.auth.clone()).unwrap_or_default();
    let (before, after) = (of(old), of(new));
    if before == after {
        return;
    }
    let kind = |auth: &Auth| serde_json::to_value(auth).ok().and_then(|value| Some(word(value.get("type")?)));
    let (from, to) =
        (kind(&before).unwrap_or_else(|| "none".to_owned()), kind(&after).unwrap_or_else(|| "none".to_owned()));
    let (level, mut words) = if from == to {
        (ImpactLevel::Info, format!("The details of the sign-in ({to}) change."))
    } else {
        (ImpactLevel::Attention, format!("The sign-in changes from {from} to {to}."))
    };
    if matches!(after, Auth::OAuth2(_)) {
        words += " Tokens of the old sign-in may not be taken: sign in again if a sync says so.";
    }
    all.push(tell(level, "auth_changed", "http.auth".to_owned(), words));
}

fn base(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    let of = |definition: &Definition| definition.http.as_ref().map(|http| http.base_url.as_str().to_owned());
    if let (Some(before), Some(after)) = (of(old), of(new))
        && before != after
    {
        let words = format!(
            "The address changes from {before} to {after}. A read that was cut off begins anew; cursors go on."
        );
        all.push(tell(ImpactLevel::Attention, "address_changed", "http.base_url".to_owned(), words));
    }
}

fn streams(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    let twin = |stream: &Stream| {
        let same = |other: &&Stream| {
            old.stream(&other.name).is_none() && Stream { name: stream.name.clone(), ..(*other).clone() } == *stream
        };
        new.streams.iter().find(same)
    };
    let mut renamed = Vec::new();
    for before in &old.streams {
        let (name, path) = (&before.name, format!("streams.{}", before.name));
        match (new.stream(name), twin(before)) {
            (Some(after), _) => changed(before, after, all),
            (None, Some(after)) => {
                renamed.push(after.name.clone());
                let words = format!(
                    "The stream {name} is called {0} now. The table {name} stays as it is; the table {0} is filled from the start.",
                    after.name
                );
                all.push(tell(Attention, "stream_renamed", path, words));
            }
            (None, None) => {
                let words =
                    format!("The stream {name} is gone. Its table stays with what was read, and gets nothing more.");
                all.push(tell(Attention, "stream_removed", path, words));
            }
        }
    }
    for after in new.streams.iter().filter(|after| old.stream(&after.name).is_none() && !renamed.contains(&after.name))
    {
        let words = format!("The stream {} is new: the next sync reads all of it.", after.name);
        all.push(tell(Info, "stream_added", format!("streams.{}", after.name), words));
    }
}

/// What changes for the state and the table of one stream.
fn changed(before: &Stream, after: &Stream, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    if before == after {
        return;
    }
    let name = &before.name;
    let path = |part: &str| format!("streams.{name}.{part}");
    if let Some(words) = cursor_words(before, after) {
        all.push(tell(Attention, "cursor_changed", path("incremental"), words));
    } else if pages(before) != pages(after) {
        let words =
            format!("{name} is asked for in another way: a read that was cut off begins anew. Its cursor goes on.");
        all.push(tell(Info, "request_changed", path("request"), words));
    }
    if before.deletions != after.deletions {
        let words = format!("What becomes of records that are gone changes for {name}, from its next whole read on.");
        all.push(tell(Attention, "deletions_changed", path("deletions"), words));
    }
    table_impacts(before, after, all);
}

/// What decides which pages there are.
fn pages(stream: &Stream) -> serde_json::Value {
    serde_json::json!([
        stream.source,
        stream.request,
        stream.paginate,
        stream.records.path,
        stream.decode,
        stream.partitions,
        stream.job
    ])
}

/// Whether a stream's cursor is another one, so that the old value means nothing.
pub(super) fn other_cursor(before: &Stream, after: &Stream) -> bool {
    let of = |stream: &Stream| stream.incremental.as_ref().map(|one| (one.cursor.clone(), one.kind));
    matches!((of(before), of(after)), (Some(before), Some(after)) if before != after)
}

fn cursor_words(before: &Stream, after: &Stream) -> Option<String> {
    let (name, old, new) = (&before.name, before.incremental.as_ref(), after.incremental.as_ref());
    match (old, new) {
        (None, Some(new)) => Some(format!(
            "{name} is read by changes of {} now: the next sync reads all, those after it what changed.",
            new.cursor
        )),
        (Some(old), None) => {
            Some(format!("{name} is not read by changes of {} any more: each sync reads all of it.", old.cursor))
        }
        (Some(old), Some(new)) if other_cursor(before, after) => Some(format!(
            "The cursor of {name} changes from {} to {}: its saved state is forgotten, and the next sync begins anew.",
            old.cursor, new.cursor
        )),
        (Some(old), Some(new)) if old != new => {
            Some(format!("How {name} asks for changes of {} changes. Its saved state goes on.", new.cursor))
        }
        _ => None,
    }
}
