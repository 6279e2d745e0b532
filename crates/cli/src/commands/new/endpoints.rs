//! A file of many requests: which of them are read, and what they ask for.

use crate::args::New;
use crate::commands::{Context, call};
use crate::values::{Given, ask_line, ask_secret, can_ask, usage};
use api::App;
use api::contract::{Workbench, WorkbenchStage};
use definition::Problem;
use serde_json::{Value, json};

/// Takes the requests that were named, or asks which. What was given for them is taken out of `given`.
///
/// # Errors
/// Where none is named and there is nobody to ask, a name is nobody's, or a value is missing.
pub async fn take(
    context: &Context,
    app: &App,
    args: &New,
    given: &mut Given,
    bench: Workbench,
) -> Result<Workbench, Problem> {
    if bench.stage != WorkbenchStage::Endpoints {
        if args.all || !args.stream.is_empty() {
            return Err(usage("--stream and --all choose from a file of many requests; this is one request."));
        }
        return Ok(bench);
    }
    let list: Value = call(app, "endpoints", json!({"id": bench.id})).await?;
    let all = items(&list, "endpoints");
    let chosen = if args.all {
        all.iter().map(|one| word(one, "name").to_owned()).collect()
    } else if args.stream.is_empty() {
        ask(context, &bench, &list)?
    } else {
        args.stream.clone()
    };
    let mut base_url = args.base_url.clone();
    let own = |name: &String| items(&list, "inputs").iter().any(|input| word(input, "name") == name);
    let mut values: Vec<(String, String)> = Vec::new();
    for name in given.values.keys().filter(|name| own(name)).cloned().collect::<Vec<_>>() {
        if let Some(value) = given.values.remove(&name) {
            values.push((name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    }
    let mut secrets: Vec<(String, String)> = Vec::new();
    for name in given.secrets.keys().filter(|name| own(name)).cloned().collect::<Vec<_>>() {
        if let Some(secret) = given.secrets.remove(&name) {
            secrets.push((name, secret.open().to_owned()));
        }
    }
    loop {
        let of = |pairs: &[(String, String)]| {
            Value::Object(pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect())
        };
        let request = json!({"id": bench.id, "endpoints": chosen, "base_url": base_url, "values": of(&values), "secrets": of(&secrets)});
        let problem = match call::<Workbench>(app, "endpoints_take", request).await {
            Ok(bench) => return Ok(bench),
            Err(problem) => problem,
        };
        let missing = problem.field.as_deref().and_then(|field| field.strip_prefix("config.")).map(str::to_owned);
        match (problem.code.as_str(), missing) {
            ("no_base_url" | "bad_base_url", _) if can_ask() => {
                context.out.note(&problem.message);
                base_url = Some(ask_line("Address that all requests begin with: ")?);
            }
            ("missing_value", Some(name)) if can_ask() => {
                let input = items(&list, "inputs").iter().find(|input| word(input, "name") == name);
                let label = input.map_or(name.as_str(), |input| word(input, "title"));
                if input.is_some_and(|input| word(input, "type") == "secret") {
                    secrets.push((name.clone(), ask_secret(label)?.open().to_owned()));
                } else {
                    values.push((name.clone(), ask_line(&format!("{label}: "))?));
                }
            }
            ("no_base_url" | "bad_base_url", _) => return Err(plain(problem).hint("Add --base-url https://….")),
            ("missing_value", Some(name)) => return Err(lacking(problem, &list, &name)),
            _ => return Err(problem),
        }
    }
}

fn plain(problem: Problem) -> Problem {
    Problem { field: None, ..problem }
}

/// What is missing, with the argument that gives it.
fn lacking(problem: Problem, list: &Value, name: &str) -> Problem {
    let secret =
        items(list, "inputs").iter().any(|input| word(input, "name") == name && word(input, "type") == "secret");
    let option = if secret { format!("--secret {name}=env:VARIABLE") } else { format!("--config {name}=VALUE") };
    plain(problem).hint(format!("Add {option}."))
}

fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Which requests are read: asked for on a terminal, else told.
fn ask(context: &Context, bench: &Workbench, list: &Value) -> Result<Vec<String>, Problem> {
    let all = items(list, "endpoints");
    if !can_ask() {
        show(context, bench, list);
        let first = all.iter().find(|one| one["list"] == true).or(all.first()).map_or("NAME", |one| word(one, "name"));
        return Err(usage(format!("Which of its {} requests are to be read? Nothing was sent.", all.len()))
            .hint(format!("Add --stream {first}, once for each, or --all.")));
    }
    for (place, one) in all.iter().enumerate() {
        context.out.note(&format!("{:>4}  {}", place + 1, line(one)));
    }
    loop {
        let answer = ask_line("Which ones? [numbers or names, or all] ")?;
        if answer == "all" {
            return Ok(all.iter().map(|one| word(one, "name").to_owned()).collect());
        }
        let named = |text: &str| {
            let place = text.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
            place.or_else(|| all.iter().find(|one| word(one, "name") == text)).map(|one| word(one, "name").to_owned())
        };
        let parts: Vec<&str> = answer.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        match parts.iter().map(|part| named(part)).collect::<Option<Vec<_>>>() {
            Some(chosen) if !chosen.is_empty() => return Ok(chosen),
            _ => context.out.note("That is none of them."),
        }
    }
}

/// A request in a line.
fn line(one: &Value) -> String {
    let kind = if one["list"] == true { "list" } else { "one" };
    let title = word(one, "title");
    let line = format!("{:24} {kind:5} {} {:40} {title}", word(one, "name"), word(one, "method"), word(one, "path"));
    line.trim_end().to_owned()
}

fn show(context: &Context, bench: &Workbench, list: &Value) {
    let out = &context.out;
    let asked = bench.endpoints.as_ref();
    if out.json {
        out.answer(&json!({"format": asked.map(|asked| &asked.format), "title": asked.map(|asked| &asked.title),
                           "base_url": list["base_url"], "servers": list["servers"], "endpoints": list["endpoints"],
                           "inputs": list["inputs"], "notes": bench.notes}));
        return;
    }
    if let Some(asked) = asked {
        out.say(&format!("{} ({})", asked.title, asked.format));
    }
    items(list, "endpoints").iter().for_each(|one| out.line(&line(one)));
    bench.notes.iter().for_each(|note| out.say(note));
}
