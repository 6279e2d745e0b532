//! Expressions tried out on the pages at hand. Nothing is sent, and no secret is opened.

use super::shown::{Inputs, Shown};
use super::table::shorten;
use super::tree::kind;
use crate::app::{App, blocking};
use crate::contract::{AskMembers, ExpressionTried, Member, TryExpression};
use definition::model::{ConfigType, Template};
use definition::{Problem, Secret};
use engine::capture::CapturedPage;
use engine::expr::{Expressions, Scope};
use engine::http::MASK;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Characters of a value that are shown.
const SHOWN: usize = 300;
/// Members that are offered.
const MEMBERS: usize = 200;
/// Names that previews know.
const KNOWN: [&str; 8] = ["config", "record", "last_record", "response", "headers", "page", "partition", "stream"];

/// What an expression gives for the first record at hand.
pub(crate) async fn try_out(app: &App, request: TryExpression) -> Result<ExpressionTried, Problem> {
    let bench = app.bench(&request.id).await?;
    let (inputs, shown) = bench.with(|state| (Inputs::of(state), state.shown.get(&request.stream).cloned()));
    blocking(move || Ok(tried(inputs, shown.as_deref(), &request))).await
}

fn tried(mut inputs: Inputs, shown: Option<&Shown>, request: &TryExpression) -> ExpressionTried {
    for input in inputs.definition.config.iter().filter(|input| input.kind == ConfigType::Secret) {
        inputs.config.secrets.insert(input.name.clone(), Secret::new(MASK));
    }
    let failed = |problem: String| ExpressionTried { problem: Some(problem), ..ExpressionTried::default() };
    let expressions = Expressions::new(&inputs.config);
    let compiled = match expressions.compile(&Template(request.text.clone())) {
        Ok(compiled) => compiled,
        Err(problem) => return failed(problem),
    };
    let root = |name: &String| name.split(['.', '[']).next().unwrap_or_default().to_owned();
    let mut later: Vec<String> =
        compiled.names().iter().map(root).filter(|name| !KNOWN.contains(&name.as_str())).collect();
    later.dedup();
    if !later.is_empty() {
        return ExpressionTried { later, ..ExpressionTried::default() };
    }
    let world = World::of(&inputs, shown, &request.stream, |name| compiled.uses(name));
    let wants_page =
        ["record", "last_record", "response", "headers", "page"].into_iter().find(|name| compiled.uses(name));
    if let (Some(name), true) = (wants_page, world.headers.is_none()) {
        return ExpressionTried { later: vec![name.to_owned()], ..ExpressionTried::default() };
    }
    match compiled.value(&expressions, &world.scope()) {
        Err(problem) => failed(problem),
        Ok(_) if compiled.secret() => ExpressionTried { secret: true, ..ExpressionTried::default() },
        Ok(value) => ExpressionTried { value: Some(shorten(&value.to_string(), SHOWN)), ..ExpressionTried::default() },
    }
}

/// What the names of expressions stand for.
#[derive(Default)]
struct World {
    record: Option<Value>,
    last_record: Option<Value>,
    response: Option<Value>,
    headers: Option<Value>,
    page: Option<Value>,
    partition: Option<Value>,
    stream: Option<Value>,
}

impl World {
    fn of(inputs: &Inputs, shown: Option<&Shown>, stream: &str, uses: impl Fn(&str) -> bool) -> Self {
        let name = Some(json!({"name": stream}));
        let Some(page) = shown.and_then(|shown| shown.pages.first()) else {
            return Self { stream: name, ..Self::default() };
        };
        let text = std::str::from_utf8(&page.body).unwrap_or_default();
        let wanted = uses("record") || uses("last_record") || uses("page");
        let records = if let (true, Some(shown)) = (wanted, shown) { records(inputs, shown, text) } else { Vec::new() };
        let read = |text: Option<&&str>| text.and_then(|text| serde_json::from_str(text).ok());
        Self {
            record: read(records.first()),
            last_record: read(records.last()),
            // A long answer is made into a tree only where somebody looks at it.
            response: if uses("response") { serde_json::from_str(text).ok() } else { None },
            headers: Some(headers(page)),
            page: Some(json!({"number": 1, "size": records.len(), "count": records.len(), "offset": 0})),
            partition: page.partition.clone(),
            stream: name,
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            record: self.record.as_ref(),
            last_record: self.last_record.as_ref(),
            response: self.response.as_ref(),
            headers: self.headers.as_ref(),
            page: self.page.as_ref(),
            partition: self.partition.as_ref(),
            stream: self.stream.as_ref(),
            ..Scope::default()
        }
    }
}

fn records<'a>(inputs: &Inputs, shown: &Shown, text: &'a str) -> Vec<&'a str> {
    let place = inputs.definition.streams.iter().position(|one| one.name == shown.stream);
    let places = place.and_then(|place| shown.selected.records(&inputs.definition.streams[place], place, 0, text).ok());
    places.iter().flat_map(|places| places.iter()).filter_map(|range| text.get(range.clone())).collect()
}

fn headers(page: &CapturedPage) -> Value {
    let pairs = page.response.headers.iter();
    Value::Object(
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), Value::String(value.clone()))).collect::<Map<_, _>>(),
    )
}

/// The members of what a name stands for, in what was read last.
pub(crate) async fn members(app: &App, request: AskMembers) -> Result<Vec<Member>, Problem> {
    let bench = app.bench(&request.id).await?;
    let (inputs, shown) = bench.with(|state| (Inputs::of(state), state.shown.get(&request.stream).cloned()));
    blocking(move || Ok(members_of(&inputs, shown, &request))).await
}

fn members_of(inputs: &Inputs, shown: Option<Arc<Shown>>, request: &AskMembers) -> Vec<Member> {
    let mut names = request.path.split('.');
    let root = names.next().unwrap_or_default();
    let world = World::of(inputs, shown.as_deref(), &request.stream, |name| name == root);
    let start = match root {
        "record" => world.record,
        "last_record" => world.last_record,
        "response" => world.response,
        "headers" => world.headers,
        "page" => world.page,
        "partition" => world.partition,
        "stream" => world.stream,
        _ => None,
    };
    let mut at = start.as_ref();
    for name in names {
        at = at.and_then(|value| match value {
            Value::Array(items) => items.get(name.parse().unwrap_or(0)),
            other => other.get(name),
        });
    }
    let Some(Value::Object(map)) = at else { return Vec::new() };
    map.iter().take(MEMBERS).map(|(name, value)| member(name, value)).collect()
}

fn member(name: &str, value: &Value) -> Member {
    let text = value.to_string();
    let kind = kind(&text);
    let shown = if matches!(kind, "object" | "array") { String::new() } else { shorten(&text, 80) };
    Member { name: name.to_owned(), kind: kind.to_owned(), value: shown }
}
