//! The TypeScript side of the contract, written from the Rust types: one file, checked for drift by a test.

use crate::commands::{signatures, visit_types};
use crate::contract::AppEvent;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "\
// Generated from the Rust types of crates/api. Not to be edited:
// `UPDATE=1 cargo nextest run -p api` writes it anew.
/* oxlint-disable */
";

/// All types that cross the boundary, and the list of commands with their requests and answers.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut types = Types { config: &config, found: BTreeMap::new() };
    visit_types(&mut types);
    types.visit::<AppEvent>();
    let mut text = HEAD.to_owned();
    for declaration in types.found.values() {
        text.push('\n');
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str("\n/** Every command with what it is given and what it answers. */\nexport interface Commands {\n");
    for command in signatures(&config) {
        let docs: Vec<&str> = command.docs.iter().map(|line| line.trim()).collect();
        let _ = writeln!(
            text,
            "  /** {} */\n  {}: {{ request: {}; answer: {} }};",
            docs.join(" "),
            command.name,
            command.request,
            command.answer
        );
    }
    text.push_str("}\n");
    text
}

/// Collects declarations by name.
struct Types<'a> {
    config: &'a Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(self.config);
        if self.found.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = T::decl(self.config);
        let lines = declaration.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        self.found.insert(name, format!("{docs}export {lines}"));
        T::visit_dependencies(self);
    }
}
