//! The values that a definition asks for: `--config`, `--config-file`, `--secret`, or a question on the terminal.
//!
//! A secret's value is never an argument: others on the machine can read arguments, and shells keep them.

use crate::args::Values;
use definition::model::{ConfigInput, ConfigType};
use definition::{Definition, Problem, ProblemKind, Secret, Stage};
use engine::config::ConfigValues;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};
use std::path::Path;

/// A fault of usage.
pub fn usage(message: impl Into<String>) -> Problem {
    Problem::new("usage", ProblemKind::Config, Stage::Open, message)
}

/// What was given, not yet held against a definition.
#[derive(Debug, Default)]
pub struct Given {
    /// Values of `--config` (texts) and of `--config-file` (of their own types).
    pub values: BTreeMap<String, Value>,
    /// Secrets, already read from where they were said to be.
    pub secrets: BTreeMap<String, Secret>,
}

/// Reads what was given.
///
/// # Errors
/// Where an argument has another form, a file can't be read, or a variable is not set.
pub fn read(values: &Values) -> Result<Given, Problem> {
    let mut given = Given::default();
    if let Some(file) = &values.config_file {
        given.values = read_file(file)?;
    }
    for text in &values.config {
        let (name, value) = text.split_once('=').ok_or_else(|| {
            usage("--config takes NAME=VALUE.")
                .hint("For example --config subdomain=acme. For a secret: --secret NAME=env:VARIABLE.")
        })?;
        given.values.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    let mut stdin_taken = false;
    for text in &values.secret {
        // The text may be the secret itself: it is never repeated.
        let (name, place) =
            text.split_once('=').ok_or_else(|| usage("--secret takes NAME=env:VARIABLE.").hint(SECRET_HINT))?;
        if place == "-" && std::mem::replace(&mut stdin_taken, true) {
            return Err(usage("Only one secret can be read from standard input."));
        }
        given.secrets.insert(name.to_owned(), read_secret(name, place)?);
    }
    Ok(given)
}

const SECRET_HINT: &str = "Put it into an environment variable and write --secret NAME=env:VARIABLE, or use NAME=file:PATH, \
                           or NAME=- for standard input.";

/// Reads a secret from the place that an argument names.
///
/// # Errors
/// Where the place is none (it may be the secret itself), or there is nothing.
pub fn read_secret(name: &str, place: &str) -> Result<Secret, Problem> {
    let text = if let Some(variable) = place.strip_prefix("env:") {
        std::env::var(variable).map_err(|_| {
            usage(format!("The environment variable {variable} is not set, so there is no value for `{name}`."))
        })?
    } else if let Some(path) = place.strip_prefix("file:") {
        std::fs::read_to_string(path)
            .map_err(|fault| usage(format!("The file with the value for `{name}` can't be read: {path}: {fault}.")))?
    } else if place == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|fault| usage(format!("The value for `{name}` can't be read from standard input: {fault}.")))?;
        text
    } else {
        let message = "A secret's value can't be given as an argument: other programs on this machine can read arguments, and \
                       shells keep them in their history.";
        return Err(usage(message).hint(SECRET_HINT));
    };
    let text = text.trim_end_matches(['\n', '\r']);
    if text.is_empty() {
        return Err(usage(format!("The value for `{name}` is empty where it was read from.")));
    }
    Ok(Secret::new(text))
}

fn read_file(file: &Path) -> Result<BTreeMap<String, Value>, Problem> {
    let name = file.display();
    let text =
        std::fs::read_to_string(file).map_err(|fault| usage(format!("The file {name} can't be read: {fault}.")))?;
    serde_saphyr::from_str(&text).map_err(|_| {
        // The parser's words may quote the file, and people put secrets where they do not belong.
        usage(format!("The file {name} is not a map of names to values, in YAML or JSON."))
    })
}

/// Holds what was given against a definition; asks on the terminal for what is missing.
///
/// # Errors
/// An unknown name, a value that does not fit, a secret among the values, or something missing and nobody to ask.
pub fn resolve(definition: &Definition, given: Given) -> Result<ConfigValues, Problem> {
    let input = |name: &str| {
        definition.config.iter().find(|input| input.name == name).ok_or_else(|| {
            let names: Vec<&str> = definition.config.iter().map(|input| input.name.as_str()).collect();
            let asks = if names.is_empty() {
                "It asks for nothing.".to_owned()
            } else {
                format!("It asks for: {}.", names.join(", "))
            };
            usage(format!("The definition does not ask for `{name}`. {asks}"))
        })
    };
    let mut config = ConfigValues::default();
    for (name, value) in given.values {
        let input = input(&name)?;
        if input.kind == ConfigType::Secret {
            return Err(usage(format!("`{name}` is a secret: it can't be given with --config.")).hint(SECRET_HINT));
        }
        config.values.insert(name, typed(input, value)?);
    }
    for (name, secret) in given.secrets {
        if input(&name)?.kind == ConfigType::Secret {
            config.secrets.insert(name, secret);
        } else {
            config.values.insert(name.clone(), typed(input(&name)?, Value::String(secret.open().to_owned()))?);
        }
    }
    for input in &definition.config {
        let is_given = config.values.contains_key(&input.name) || config.secrets.contains_key(&input.name);
        if input.required && input.default.is_none() && !is_given {
            ask(input, &mut config)?;
        }
    }
    Ok(config)
}

/// Whether there is somebody to ask.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn ask(input: &ConfigInput, config: &mut ConfigValues) -> Result<(), Problem> {
    let label = if input.title.is_empty() { &input.name } else { &input.title };
    if input.kind == ConfigType::Secret {
        if !can_ask() {
            let message = format!("The definition asks for the secret `{}`, and there is nobody to ask.", input.name);
            return Err(Problem::new("secret_missing", ProblemKind::Auth, Stage::Auth, message)
                .hint(format!("Put it into an environment variable and add --secret {}=env:VARIABLE.", input.name)));
        }
        config.secrets.insert(input.name.clone(), ask_secret(label)?);
        return Ok(());
    }
    if !can_ask() {
        let message = format!("The definition asks for `{}`, and there is nobody to ask.", input.name);
        return Err(usage(message).hint(format!("Add --config {}=VALUE.", input.name)));
    }
    let text = ask_line(&format!("{label}: "))?;
    config.values.insert(input.name.clone(), typed(input, Value::String(text))?);
    Ok(())
}

/// Asks for a secret, without showing it.
///
/// # Errors
/// Where the terminal goes away, or nothing was typed.
pub fn ask_secret(label: &str) -> Result<Secret, Problem> {
    let text = rpassword::prompt_password(format!("{label} (not shown): "))
        .map_err(|fault| usage(format!("{label} can't be read from the terminal: {fault}.")))?;
    let text = text.trim();
    if text.is_empty() { Err(usage(format!("{label} is needed."))) } else { Ok(Secret::new(text)) }
}

/// Asks for a line; the question stands on standard error.
///
/// # Errors
/// Where the terminal goes away.
pub fn ask_line(question: &str) -> Result<String, Problem> {
    use std::io::Write;
    let _ = write!(std::io::stderr(), "{question}");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(1..) => Ok(line.trim().to_owned()),
        Ok(0) => Err(Problem::new("interrupted", ProblemKind::Cancelled, Stage::Open, "There was no answer.")),
        Err(fault) => Err(usage(format!("The terminal can't be read: {fault}."))),
    }
}

/// A value of an input's type; text is read as that type.
fn typed(input: &ConfigInput, value: Value) -> Result<Value, Problem> {
    let Value::String(text) = &value else { return Ok(value) };
    let wrong = |what: &str| usage(format!("`{}` must be {what}.", input.name)).field(format!("config.{}", input.name));
    Ok(match input.kind {
        ConfigType::Integer => text.parse::<i64>().map(Value::from).map_err(|_| wrong("a whole number"))?,
        ConfigType::Number => text.parse::<f64>().map(Value::from).map_err(|_| wrong("a number"))?,
        ConfigType::Boolean => match text.as_str() {
            "true" | "yes" | "1" => Value::Bool(true),
            "false" | "no" | "0" => Value::Bool(false),
            _ => return Err(wrong("true or false")),
        },
        ConfigType::List => Value::Array(text.split(',').map(|part| Value::String(part.trim().to_owned())).collect()),
        ConfigType::Enum if !input.options.contains(text) => {
            return Err(wrong(&format!("one of: {}", input.options.join(", "))));
        }
        _ => value,
    })
}

#[cfg(test)]
mod tests {
    use super::{Given, read, read_secret, resolve, typed};
    use crate::args::Values;
    use definition::model::{ConfigInput, ConfigType};
    use definition::{Definition, Document, Secret};
    use serde_json::{Value, json};

    fn asking_for(input: ConfigInput) -> Definition {
        let text = "{tapwright: 1, name: acme, http: {base_url: 'http://127.0.0.1'}, streams: []}";
        let mut definition = Document::parse_shape(text).expect("a definition").definition().clone();
        definition.config.push(input);
        definition
    }

    fn input(name: &str, kind: ConfigType, required: bool) -> ConfigInput {
        ConfigInput { name: name.to_owned(), kind, required, ..ConfigInput::default() }
    }

    #[test]
    fn a_secret_that_stands_in_an_argument_is_refused_and_not_repeated() {
        for text in ["token=canary-1", "canary-1", "token=env"] {
            let given = Values { secret: vec![text.to_owned()], ..Values::default() };
            let problem = read(&given).expect_err("refused");
            assert!(!format!("{problem:?} {problem}").contains("canary"), "{problem}");
        }
        let definition = asking_for(input("token", ConfigType::Secret, true));
        let given = Given { values: [("token".to_owned(), json!("canary-2"))].into(), ..Given::default() };
        let problem = resolve(&definition, given).expect_err("refused");
        assert!(!format!("{problem:?}").contains("canary"));
    }

    #[test]
    fn secrets_come_from_variables_and_files_without_their_line_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        std::fs::write(&path, "  k y\r\n").expect("written");
        assert_eq!(read_secret("a", &format!("file:{}", path.display())).expect("read"), Secret::new("  k y"));
        assert!(read_secret("a", "env:TAPWRIGHT_SURELY_NOT_SET").is_err());
        std::fs::write(&path, "\n").expect("written");
        assert!(read_secret("a", &format!("file:{}", path.display())).is_err());
    }

    #[test]
    fn texts_become_values_of_the_inputs_type() {
        for (kind, text, value) in [
            (ConfigType::Integer, "-7", Some(json!(-7))),
            (ConfigType::Integer, "7.5", None),
            (ConfigType::Number, "7.5", Some(json!(7.5))),
            (ConfigType::Boolean, "yes", Some(json!(true))),
            (ConfigType::Boolean, "maybe", None),
            (ConfigType::List, "a, b", Some(json!(["a", "b"]))),
            (ConfigType::String, "7", Some(json!("7"))),
        ] {
            assert_eq!(typed(&input("x", kind, false), Value::String(text.to_owned())).ok(), value, "{kind:?} {text}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let definition = asking_for(input("subdomain", ConfigType::String, true));
        let problem = resolve(&definition, Given::default()).expect_err("missing");
        assert_eq!(problem.hint.as_deref(), Some("Add --config subdomain=VALUE."));
        let given = Given { values: [("other".to_owned(), json!("x"))].into(), ..Given::default() };
        assert!(resolve(&definition, given).expect_err("unknown").message.contains("It asks for: subdomain."));
    }
}
