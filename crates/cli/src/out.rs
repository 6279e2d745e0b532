//! Standard output and standard error. A reader that went away (`| head`) ends the program quietly.

use crate::args::Global;
use definition::Problem;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How to speak.
#[derive(Debug, Clone)]
pub struct Out {
    /// As JSON.
    pub json: bool,
    /// Only answers and problems.
    pub quiet: bool,
    /// Every retry and log line.
    pub verbose: bool,
    colour: bool,
    gone: Arc<AtomicBool>,
}

impl Out {
    /// As the person asked.
    pub fn new(global: &Global) -> Self {
        let colour = !global.no_color && std::env::var_os("NO_COLOR").is_none() && io::stderr().is_terminal();
        Self { json: global.json, quiet: global.quiet, verbose: global.verbose, colour, gone: Arc::default() }
    }

    /// The same, without what is said besides.
    pub fn quietly(&self) -> Self {
        Self { quiet: true, ..self.clone() }
    }

    /// Whether the reader of standard output went away.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Text on standard output, with a line's end.
    pub fn line(&self, text: &str) {
        self.text(&format!("{text}\n"));
    }

    /// Text on standard output, as it is.
    pub fn text(&self, text: &str) {
        let mut writer = self.writer();
        let _ = writer.write_all(text.as_bytes()).and_then(|()| writer.flush());
    }

    /// An answer as one line of JSON on standard output.
    pub fn answer(&self, answer: &impl Serialize) {
        self.line(&json(answer));
    }

    /// Standard output for records.
    pub fn writer(&self) -> Pipe {
        Pipe { gone: Arc::clone(&self.gone) }
    }

    /// A line for people on standard error; none with `--quiet` or `--json`.
    pub fn say(&self, text: &str) {
        if !self.quiet && !self.json {
            self.note(text);
        }
    }

    /// A line on standard error.
    pub fn note(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// What went wrong: as JSON, or what happened, where, and what to do.
    pub fn problem(&self, problem: &Problem) {
        if self.json {
            self.note(&json(&serde_json::json!({"problem": problem})));
            return;
        }
        // What was read is right, and not all.
        let (word, bold) = if ["more_to_read", "key_repeats"].contains(&problem.code.as_str()) {
            ("warning:", "\u{1b}[1;33m")
        } else {
            ("error:", "\u{1b}[1;31m")
        };
        let (bold, end) = if self.colour { (bold, "\u{1b}[0m") } else { ("", "") };
        self.note(&format!("{bold}{word}{end} {}", problem.message));
        if problem.faults.len() > 1 {
            problem.faults.iter().for_each(|fault| self.note(&format!("  {}", fault_line(fault))));
        } else if let Some(field) = problem.field.as_deref().filter(|field| !field.is_empty()) {
            self.note(&format!("  in the definition, at {field}"));
        }
        for (word, text) in [("request", &problem.request), ("detail", &problem.detail), ("what to do", &problem.hint)]
        {
            if let Some(text) = text {
                self.note(&format!("  {word}: {text}"));
            }
        }
    }
}

/// A fault with its line: `line 12, streams[0].key: There is no field …`.
pub fn fault_line(fault: &definition::Fault) -> String {
    match fault.line {
        Some(line) => format!("line {line}: {fault}"),
        None => fault.to_string(),
    }
}

/// One line of JSON.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|fault| format!("{{\"problem\":{{\"code\":\"unwritable\",\"message\":\"{fault}\"}}}}"))
}

/// Standard output that remembers that its reader went away.
#[derive(Debug)]
pub struct Pipe {
    gone: Arc<AtomicBool>,
}

impl Pipe {
    fn watch<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if matches!(&result, Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe) {
            self.gone.store(true, Ordering::Relaxed);
        }
        result
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = io::stdout().lock().write(bytes);
        self.watch(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = io::stdout().lock().flush();
        self.watch(result)
    }
}
