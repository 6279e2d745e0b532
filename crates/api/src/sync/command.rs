//! A sync as a line for the command line: what the window does, done by the same program without it.

use crate::app::App;
use crate::contract::{AskSyncLines, SyncLines};
use crate::headless;
use definition::Problem;
use definition::model::ConfigType;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The lines for a connection.
pub(crate) async fn lines_of(app: &App, request: AskSyncLines) -> Result<SyncLines, Problem> {
    let kept = headless::connection(app, &request.connection).await?;
    let usual = crate::default_folder().ok();
    let data_dir = app.data_dir();
    let limit = request.records.map(|most| format!(" --limit {most}")).unwrap_or_default();
    let program = quoted(&program().display().to_string());
    let folder = match usual.as_deref() == Some(data_dir) {
        true => String::new(),
        false => format!(" --data-dir {}", quoted(&data_dir.display().to_string())),
    };
    let name = &kept.definition.name;
    let file = format!("{name}.connector.yaml");
    let mut values = String::new();
    let mut variables = Vec::new();
    for input in &kept.definition.config {
        if input.kind == ConfigType::Secret {
            if input.required || kept.config.secrets.contains_key(&input.name) {
                let variable = input.name.to_ascii_uppercase();
                values.push_str(&format!(" --secret {}", quoted(&format!("{}=env:{variable}", input.name))));
                variables.push(variable);
            }
        } else if let Some(value) = kept.config.values.get(&input.name) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            values.push_str(&format!(" --config {}", quoted(&format!("{}={text}", input.name))));
        }
    }
    Ok(SyncLines {
        here: format!("{program} sync {}{limit}{folder}", quoted(&kept.name)),
        elsewhere: format!(
            "tapwright sync {} --to {}{limit}{values}",
            quoted(&file),
            quoted(&format!("sqlite:{name}.db"))
        ),
        file,
        variables,
    })
}

/// How the command is called from a shell here: by its name where that is found, else by its place beside the window.
fn program() -> PathBuf {
    let name = format!("tapwright{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().and_then(|window| Some(window.parent()?.join(&name)));
    called(&name, std::env::var_os("PATH").as_deref(), beside.as_deref())
}

fn called(name: &str, path: Option<&OsStr>, beside: Option<&Path>) -> PathBuf {
    let found = path.is_some_and(|path| std::env::split_paths(path).any(|folder| folder.join(name).is_file()));
    match beside.filter(|beside| !found && beside.is_file()) {
        Some(beside) => beside.to_owned(),
        None => PathBuf::from("tapwright"),
    }
}

/// A word of a POSIX shell. What needs no quotes has none.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::{called, quoted};
    use std::path::PathBuf;

    #[test]
    fn words_are_quoted_where_a_shell_would_read_them() {
        for (text, word) in [
            ("shop", "shop"),
            ("a b", "'a b'"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("$HOME;rm", "'$HOME;rm'"),
            ("sqlite:a/b.db", "sqlite:a/b.db"),
        ] {
            assert_eq!(quoted(text), word);
        }
    }

    #[test]
    fn the_command_is_called_by_its_name_where_a_shell_finds_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let beside = folder.path().join("tapwright");
        std::fs::write(&beside, "").expect("written");
        let name = PathBuf::from("tapwright");
        assert_eq!(called("tapwright", Some(folder.path().as_os_str()), Some(&beside)), name);
        assert_eq!(called("tapwright", None, Some(&beside)), beside);
        assert_eq!(called("tapwright", None, Some(&folder.path().join("none"))), name);
    }
}
