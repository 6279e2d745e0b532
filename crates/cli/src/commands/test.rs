//! `test`: proves connectors on their recordings, with no network.

use super::Context;
use super::record::named_folder;
use crate::values::usage;
use crate::{args, exit, stop, target};
use api::fixtures::{self, ConnectorTest, ContractCheck, TestOptions, Verdict};
use api::workspace::{Workspace, connectors_in};
use definition::{Document, Problem};
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A definition to test.
struct Case {
    text: String,
    source: String,
    /// Its file; none for a connection.
    file: Option<PathBuf>,
    /// A connection's own recording.
    own: Option<PathBuf>,
}

/// Tests.
pub async fn run(context: &Context, args: args::fixtures::Test) -> Result<u8, Problem> {
    let out = &context.out;
    let cases = cases(context, &args.targets).await?;
    let cancel = stop::on_signal(&out.quietly());
    let mut reports = Vec::new();
    for case in cases {
        let folder = |name: &str| match (&args.fixtures, &case.own, &case.file) {
            (Some(folder), ..) => named_folder(folder, name),
            (None, Some(own), _) => own.clone(),
            (None, None, Some(file)) => fixtures::folder_beside(file, name),
            (None, None, None) => PathBuf::from("fixtures").join(name),
        };
        let report = match Document::parse(&case.text) {
            Ok(document) => {
                let definition = document.definition();
                let fixtures = folder(&definition.name);
                let options =
                    TestOptions { source: case.source, fixtures, update: args.update, cancel: cancel.clone() };
                fixtures::test(definition, &options).await
            }
            Err(faults) => ConnectorTest::faulty(case.source, &faults),
        };
        if cancel.is_cancelled() {
            return Ok(exit::INTERRUPTED);
        }
        if !out.json {
            show(context, &report);
        }
        reports.push(report);
    }
    if let Some(file) = &args.junit {
        std::fs::write(file, junit(&reports))
            .map_err(|fault| usage(format!("The file {} can't be written: {fault}.", file.display())))?;
    }
    let ok = reports.iter().all(|report| report.ok);
    if out.json {
        out.answer(&json!({"ok": ok, "connectors": reports}));
    } else {
        let failed = reports.iter().filter(|report| !report.ok).count();
        out.say(&match failed {
            0 => format!("{} of {} connectors pass, with no network", reports.len(), reports.len()),
            n => format!("{n} of {} connectors fail", reports.len()),
        });
    }
    Ok(code(&reports))
}

/// A faulty definition is a fault of usage; anything else that fails is one of the contract.
fn code(reports: &[ConnectorTest]) -> u8 {
    let failed = || reports.iter().flat_map(ConnectorTest::all).filter(|(_, check)| check.verdict == Verdict::Fail);
    if failed().next().is_none() {
        exit::DONE
    } else if failed().all(|(_, check)| check.name == "definition") {
        exit::USAGE
    } else {
        exit::DATA
    }
}

/// What is to be tested.
async fn cases(context: &Context, targets: &[String]) -> Result<Vec<Case>, Problem> {
    let mut cases = Vec::new();
    if targets.is_empty() {
        let Some(workspace) = Workspace::here() else {
            return Err(usage("What is to be tested? This folder is in no workspace.").hint(
                "Name a definition's file, a folder or a connection; or make a workspace with `tapwright init`.",
            ));
        };
        for file in workspace.connectors()? {
            cases.push(of_file(&file.path)?);
        }
        if cases.is_empty() {
            return Err(usage("There are no connectors in this workspace.")
                .hint("They stand in connectors/, one NAME.connector.yaml a system."));
        }
    }
    for word in targets {
        if let Some(file) = target::file_of(word)? {
            cases.push(of_file(&file)?);
        } else if Path::new(word).is_dir() {
            let files = connectors_in(Path::new(word))?;
            if files.is_empty() {
                return Err(usage(format!("There are no connectors in {word}."))
                    .hint("Their files are called NAME.connector.yaml."));
            }
            for file in files {
                cases.push(of_file(&file.path)?);
            }
        } else {
            let app = context.app().await?;
            let kept = api::headless::connection(&app, word).await;
            let own = kept.as_ref().map(|kept| app.fixtures(&kept.id)).ok();
            app.close().await;
            let text = Document::new(kept?.definition).text().to_owned();
            cases.push(Case { text, source: word.clone(), file: None, own });
        }
    }
    Ok(cases)
}

fn of_file(file: &Path) -> Result<Case, Problem> {
    let text = target::read_text(file)?;
    Ok(Case { text, source: file.display().to_string(), file: Some(file.to_owned()), own: None })
}

fn show(context: &Context, report: &ConnectorTest) {
    let out = &context.out;
    let word = if report.ok { "ok" } else { "FAILED" };
    let when = report.recorded_at.as_deref().map(|at| format!(", recorded {at}")).unwrap_or_default();
    out.line(&format!("{} ({}{when}): {word}", report.connector, report.source));
    report.checks.iter().for_each(|check| show_check(context, "  ", check));
    for stream in &report.streams {
        out.line(&format!("  {} ({} records)", stream.stream, stream.records));
        stream.checks.iter().for_each(|check| show_check(context, "    ", check));
    }
}

fn show_check(context: &Context, indent: &str, check: &ContractCheck) {
    let word = match check.verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "warn",
        Verdict::Fail => "FAIL",
    };
    context.out.line(&format!("{indent}{word} {}: {}", check.name, check.message));
    let details = check.details.iter().filter(|_| check.verdict != Verdict::Pass || !check.details.is_empty());
    details.for_each(|line| context.out.line(&format!("{indent}     {line}")));
}

/// The results as JUnit's XML: a suite a connector, a case a check.
fn junit(reports: &[ConnectorTest]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for report in reports {
        let failed = report.all().filter(|(_, check)| check.verdict == Verdict::Fail).count();
        let skipped = report.all().filter(|(_, check)| check.verdict == Verdict::Warn).count();
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\" skipped=\"{skipped}\">",
            escaped(&report.connector),
            report.all().count()
        );
        for (stream, check) in report.all() {
            let class =
                stream.map_or_else(|| report.connector.clone(), |stream| format!("{}.{stream}", report.connector));
            let _ = write!(text, "    <testcase classname=\"{}\" name=\"{}\"", escaped(&class), escaped(&check.name));
            let message = escaped(&check.message);
            let _ = match check.verdict {
                Verdict::Pass => writeln!(text, "/>"),
                Verdict::Warn => writeln!(text, "><skipped message=\"{message}\"/></testcase>"),
                Verdict::Fail => writeln!(
                    text,
                    "><failure message=\"{message}\">{}</failure></testcase>",
                    escaped(&check.details.join("\n"))
                ),
            };
        }
        text.push_str("  </testsuite>\n");
    }
    text + "</testsuites>\n"
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            // XML has no other control characters.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
