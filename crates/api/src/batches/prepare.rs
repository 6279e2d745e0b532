//! What must be known before a row is sent: the plan, the rows, and what each parameter is given.

use super::propose::propose;
use super::source::{CsvSaid, RowFile, SourceRow, copy_table};
use super::survey::Survey;
use crate::app::{App, blocking};
use crate::contract::{BatchParam, BatchProposal, BatchSource};
use crate::headless::{self, Destination, Read};
use definition::model::{Action, Method, Template};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::action::Params;
use engine::config::ConfigValues;
use engine::event::Outcome;
use engine::plan::Plan;
use engine::rows::{ParamFrom, ParamGiven, RowPlan};
use engine::run::ReadLimits;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Who does the action.
#[derive(Debug, Clone)]
pub struct BatchTarget {
    /// The connector's definition.
    pub definition: Definition,
    /// The values.
    pub config: ConfigValues,
    /// The connection's id, where it is one.
    pub connection: Option<String>,
    /// The connection's id, or the definition's file.
    pub name: String,
}

/// The action, and what each of its parameters is given.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub plan: Arc<Plan>,
    pub action: Action,
    pub given: Vec<BatchParam>,
    rows: RowPlan,
}

/// A row that can be sent, or all that is wrong with it.
pub(crate) type Checked = Result<Params, Vec<String>>;

impl BatchTarget {
    /// Compiles the connector. `concurrency`: as many requests at once, whatever the connector says.
    pub(crate) fn plan(&self, concurrency: Option<u32>) -> Result<Arc<Plan>, Problem> {
        let mut definition = self.definition.clone();
        if let (Some(http), Some(_)) = (&mut definition.http, concurrency) {
            http.concurrency = concurrency;
        }
        headless::plan(&definition, &self.config).map(Arc::new)
    }

    /// The action of a name.
    pub(crate) fn action(&self, name: &str) -> Result<&Action, Problem> {
        let actions = &self.definition.actions;
        actions.iter().find(|action| action.name == name).ok_or_else(|| {
            let known: Vec<&str> = actions.iter().map(|action| action.name.as_str()).collect();
            let problem = Problem::new(
                "unknown_action",
                ProblemKind::Config,
                Stage::Plan,
                format!("There is no action `{name}`."),
            );
            problem.hint(if known.is_empty() {
                "This connector has no actions.".to_owned()
            } else {
                format!("There are: {}.", known.join(", "))
            })
        })
    }
}

impl Mapping {
    /// What is given, completed by what is proposed. Faults: an unknown parameter, a column that the rows don't have, a
    /// required parameter without anything, a template that can't be read. All at once.
    pub fn of(
        target: &BatchTarget,
        plan: Arc<Plan>,
        action: &str,
        given: &[BatchParam],
        survey: &Survey,
    ) -> Result<(Self, Vec<BatchProposal>), Problem> {
        let action = target.action(action)?.clone();
        let proposals = propose(&plan, &action, survey);
        let mut all = given.to_vec();
        for proposal in &proposals {
            let named = given.iter().any(|one| one.param == proposal.param);
            let taken = |column: &String| given.iter().any(|one| one.column.as_ref() == Some(column));
            if let Some(column) = proposal.column.as_ref().filter(|column| !named && !taken(column)) {
                all.push(BatchParam {
                    param: proposal.param.clone(),
                    column: Some(column.clone()),
                    ..BatchParam::default()
                });
            }
        }
        let mut faults = mapping_faults(&action, &all, survey);
        let compiled = RowPlan::compile(&plan, &all.iter().filter_map(given_of).collect::<Vec<_>>(), "params");
        match (compiled, faults.is_empty()) {
            (Ok(rows), true) => Ok((Self { plan, action, given: all, rows }, proposals)),
            (compiled, _) => {
                faults.extend(compiled.err().unwrap_or_default().into_iter().map(|fault| fault.to_string()));
                let columns: Vec<&str> = survey.columns.keys().map(String::as_str).collect();
                Err(Problem::new("bad_mapping", ProblemKind::Config, Stage::Map, faults.join(" ")).hint(format!(
                    "The columns are: {}. Name one by --map PARAM=COLUMN, or give a value by --set PARAM=VALUE.",
                    columns.join(", ")
                )))
            }
        }
    }

    /// A row's parameters, or all faults of the row.
    pub fn check(&self, row: &SourceRow) -> Checked {
        let cells = match &row.cells {
            Ok(cells) => cells,
            Err(broken) => return Err(vec![broken.message.clone()]),
        };
        let (values, faults) = self.rows.values(&self.plan, cells, None);
        let mut told: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.param, fault.message)).collect();
        match self.plan.action_params(&self.action.name, &values) {
            Ok(params) if told.is_empty() => Ok(params),
            Ok(_) => Err(told),
            Err(more) => {
                // What could not be made is missing besides; that is no news.
                let news = more.iter().filter(|fault| !faults.iter().any(|told| told.param == fault.param));
                told.extend(news.map(|fault| format!("{}: {}", fault.param, fault.message)));
                Err(told)
            }
        }
    }

    /// Why a call that got no answer may be made again. `None`: it may not.
    pub fn repeatable(&self) -> Option<&'static str> {
        repeatable(&self.action)
    }
}

/// Why an action may be called twice. `None`: it may not.
pub(crate) fn repeatable(action: &Action) -> Option<&'static str> {
    if action.idempotency_header.is_some() {
        return Some("the server knows it by its idempotency key");
    }
    if let Some(write) = &action.database {
        return write.repeatable().then_some("the row is told by its key: writing it again does the same");
    }
    match action.request.as_ref()?.method {
        Method::Get | Method::Put | Method::Delete => Some("the method does the same however often it is sent"),
        _ => None,
    }
}

fn given_of(given: &BatchParam) -> Option<ParamGiven> {
    let from = match (&given.column, &given.template, &given.value) {
        (Some(column), None, None) => ParamFrom::Column(column.clone()),
        (None, Some(template), None) => ParamFrom::Template(Template(template.clone())),
        (None, None, Some(value)) => ParamFrom::Value(value.clone()),
        _ => return None,
    };
    Some(ParamGiven { param: given.param.clone(), from, transform: given.transform.clone() })
}

fn mapping_faults(action: &Action, given: &[BatchParam], survey: &Survey) -> Vec<String> {
    let mut faults = Vec::new();
    for one in given {
        let name = &one.param;
        if action.params.iter().all(|param| param.name != *name) {
            let known: Vec<&str> = action.params.iter().map(|param| param.name.as_str()).collect();
            faults.push(format!(
                "The action `{}` has no parameter `{name}`; it has {}.",
                action.name,
                known.join(", ")
            ));
        }
        if given.iter().filter(|other| other.param == *name).count() > 1 {
            faults.push(format!("The parameter `{name}` is given more than once."));
        }
        match &one.column {
            Some(column) if !survey.columns.contains_key(column) && survey.total > 0 => {
                faults.push(format!("The rows have no column `{column}` for `{name}`."));
            }
            _ => {}
        }
    }
    for param in action.params.iter().filter(|param| param.required && param.default.is_none()) {
        if given.iter().all(|one| one.param != param.name) {
            faults.push(format!("Nothing is given for the parameter `{}`, which is required.", param.name));
        }
    }
    faults.dedup();
    faults
}

/// Rows that are ready to be read, and whether their file is our own.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub file: RowFile,
    pub survey: Survey,
    /// Where they come from, in words.
    pub words: String,
    /// Their copy in the data folder, where there is one.
    pub copy: Option<PathBuf>,
}

/// The folder of copies.
pub(crate) fn folder(app: &App) -> Result<PathBuf, Problem> {
    let folder = app.data_dir().join("batches");
    std::fs::create_dir_all(&folder)
        .map_err(|error| crate::app::storage("batch_folder", format!("{} can't be made", folder.display()), &error))?;
    Ok(folder)
}

/// Finds the rows. Those of a table or a stream are copied, so that they stay as they are while the batch runs.
pub(crate) async fn gather(app: &App, source: &BatchSource, cancel: &CancellationToken) -> Result<Gathered, Problem> {
    let words = words(source);
    let copy = match source {
        BatchSource::File { .. } | BatchSource::Csv { .. } | BatchSource::Jsonl { .. } => None,
        BatchSource::Table { .. } | BatchSource::Stream { .. } => {
            Some(folder(app)?.join(format!("{}.jsonl", crate::app::new_id())))
        }
    };
    let gathered = read(app, source, copy.as_deref(), cancel).await;
    match (gathered, copy) {
        (Ok((file, survey)), copy) => Ok(Gathered { file, survey, words, copy }),
        (Err(problem), copy) => {
            copy.into_iter().for_each(|path| drop(std::fs::remove_file(path)));
            Err(problem)
        }
    }
}

async fn read(
    app: &App,
    source: &BatchSource,
    copy: Option<&Path>,
    cancel: &CancellationToken,
) -> Result<(RowFile, Survey), Problem> {
    match (source.clone(), copy) {
        (BatchSource::Table { connection, table, condition }, Some(copy)) => {
            let kept = headless::connection(app, &connection).await?;
            let copy = copy.to_owned();
            blocking(move || {
                copy_table(&kept.destination, &kept.definition, (&table, condition.as_deref()), &copy)?;
                surveyed(RowFile::jsonl(&copy)?)
            })
            .await
        }
        (BatchSource::Stream { connection, stream }, Some(copy)) => {
            let kept = headless::connection(app, &connection).await?;
            app.wake_sample(&kept.definition).await?;
            read_stream(&kept, stream, copy, cancel).await?;
            let copy = copy.to_owned();
            blocking(move || surveyed(RowFile::jsonl(&copy)?)).await
        }
        (source, _) => blocking(move || surveyed(row_file(&source)?)).await,
    }
}

fn surveyed(file: RowFile) -> Result<(RowFile, Survey), Problem> {
    let survey = Survey::of(&file)?;
    Ok((file, survey))
}

fn row_file(source: &BatchSource) -> Result<RowFile, Problem> {
    match source {
        BatchSource::Csv { path, delimiter, encoding, header } => {
            let delimiter = delimiter.as_deref().map(delimiter_of).transpose()?;
            RowFile::csv(&absolute(path), &CsvSaid { delimiter, encoding: encoding.clone(), header: *header })
        }
        BatchSource::Jsonl { path } => RowFile::jsonl(&absolute(path)),
        BatchSource::File { path } => RowFile::sniff(&absolute(path), &CsvSaid::default()),
        BatchSource::Table { .. } | BatchSource::Stream { .. } => {
            Err(Problem::new("no_rows", ProblemKind::Internal, Stage::Open, "These rows have no file."))
        }
    }
}

/// A path that means the same from every working directory.
fn absolute(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path))
}

fn delimiter_of(text: &str) -> Result<u8, Problem> {
    match text {
        "\\t" | "tab" => Ok(b'\t'),
        one if one.len() == 1 && one.is_ascii() => Ok(one.as_bytes().first().copied().unwrap_or(b',')),
        other => {
            let message = format!("`{other}` is not one plain character between values.");
            Err(Problem::new("bad_delimiter", ProblemKind::Config, Stage::Open, message).hint("Use , ; | or tab."))
        }
    }
}

/// Reads a stream through the one loop into a file.
async fn read_stream(
    kept: &headless::KeptConnection,
    stream: String,
    to: &Path,
    cancel: &CancellationToken,
) -> Result<(), Problem> {
    let bad = |error: &dyn std::fmt::Display| {
        crate::app::storage("rows_not_kept", format!("{} can't be written", to.display()), error)
    };
    let file = std::fs::File::create(to).map_err(|error| bad(&error))?;
    let read = Read {
        streams: vec![stream],
        part: None,
        limits: ReadLimits::default(),
        full: true,
        wait: false,
        events: Arc::new(|_| {}),
        cancel: cancel.clone(),
    };
    let destination = Destination::Jsonl(Box::new(std::io::BufWriter::new(file)));
    let ends = headless::read(&kept.definition, &kept.config, destination, read).await?;
    for end in ends {
        match (end.outcome, end.problem) {
            (Outcome::Done, _) => {}
            (_, Some(problem)) => return Err(problem),
            (Outcome::Cancelled, None) => return Err(stopped()),
            (_, None) => return Err(bad(&"the stream was not read to its end")),
        }
    }
    Ok(())
}

fn stopped() -> Problem {
    Problem::new(
        "cancelled",
        ProblemKind::Cancelled,
        Stage::Open,
        "Stopped before the rows were read. Nothing was sent.",
    )
}

/// A source as it is typed.
pub(crate) fn words(source: &BatchSource) -> String {
    match source {
        BatchSource::File { path } => path.clone(),
        BatchSource::Csv { path, .. } => format!("csv:{path}"),
        BatchSource::Jsonl { path } => format!("jsonl:{path}"),
        BatchSource::Table { connection, table, condition } => match condition {
            Some(condition) => format!("table:{connection}/{table} where {condition}"),
            None => format!("table:{connection}/{table}"),
        },
        BatchSource::Stream { connection, stream } => format!("stream:{connection}/{stream}"),
    }
}
