//! The invariants of `docs/ARCHITECTURE.md` that a program can check.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which of our crates each may use. What is not listed may use none.
const ARROWS: &[(&str, &[&str])] = &[
    ("definition", &[]),
    ("engine", &["definition"]),
    ("sinks", &["definition", "engine"]),
    ("sources", &["definition", "engine"]),
    ("formats", &["definition"]),
    ("store", &["definition"]),
    ("sample-api", &[]),
    ("appimage", &[]),
    ("api", &["definition", "engine", "sinks", "sources", "formats", "store", "sample-api"]),
    ("cli", &["api", "definition", "engine", "sample-api"]),
    ("tapwright-app", &["api", "definition"]),
    ("product-tests", &[]),
];

/// What a crate must never reach, directly.
const BANNED: &[(&str, &[&str])] = &[
    ("definition", &["tokio", "reqwest", "sqlx", "rusqlite", "tauri", "keyring"]),
    ("engine", &["sqlx", "rusqlite", "tauri", "keyring", "keyring-core"]),
    ("api", &["tauri", "rfd"]),
    ("cli", &["tauri", "rfd", "sqlx"]),
    ("tapwright-app", &["reqwest", "sqlx", "rusqlite", "keyring"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn dependencies() -> BTreeMap<String, Vec<String>> {
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec().expect("cargo metadata");
    let of = |package: &cargo_metadata::Package| {
        let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        normal.map(|dependency| dependency.name.clone()).collect()
    };
    metadata.packages.iter().map(|package| (package.name.to_string(), of(package))).collect()
}

#[test]
fn crates_use_each_other_along_the_arrows_only() {
    let dependencies = dependencies();
    let ours: Vec<&String> = dependencies.keys().collect();
    for (name, used) in &dependencies {
        let allowed = ARROWS.iter().find(|(crate_name, _)| crate_name == name).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("{name} is not in the list of arrows"));
        for other in used.iter().filter(|other| ours.contains(other)) {
            assert!(allowed.contains(&other.as_str()), "{name} must not use {other}");
        }
    }
}

#[test]
fn rooms_do_not_reach_what_is_not_theirs() {
    let dependencies = dependencies();
    for (name, banned) in BANNED {
        for other in *banned {
            assert!(!dependencies[*name].iter().any(|used| used == other), "{name} must not use {other}");
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir()
            && !["target", "node_modules", "dist", "gen", "tests", ".git", ".tools"].contains(&name.as_str())
        {
            sources(&path, found);
        } else if [".rs", ".ts", ".tsx", ".css"].iter().any(|end| name.ends_with(end))
            && !name.contains(".gen.")
            && !name.contains(".test.")
        {
            found.push(path);
        }
    }
}

#[test]
fn files_stay_readable() {
    let mut files = Vec::new();
    for folder in ["crates", "src-tauri", "ui/src"] {
        sources(&root().join(folder), &mut files);
    }
    let mut lengths: Vec<(usize, PathBuf)> = files
        .into_iter()
        .map(|path| (std::fs::read_to_string(&path).map(|text| text.lines().count()).unwrap_or(0), path))
        .collect();
    lengths.sort();
    let at = |part: f64| lengths[((lengths.len() - 1) as f64 * part) as usize].0;
    let (longest, path) = &lengths[lengths.len() - 1];
    assert!(*longest <= 600, "{} has {longest} lines; 600 is the most", path.display());
    assert!(at(0.9) <= 350, "nine in ten files have up to {} lines; 350 is the most", at(0.9));
    assert!(at(0.5) <= 140, "the median file has {} lines", at(0.5));
}

#[test]
fn only_the_api_folder_of_the_page_talks_to_the_shell() {
    let mut files = Vec::new();
    sources(&root().join("ui/src"), &mut files);
    for path in files.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "api")) {
        let text = std::fs::read_to_string(path).expect("readable");
        assert!(!text.contains("@tauri-apps"), "{} talks to the shell", path.display());
    }
}

#[test]
fn every_command_of_the_shell_is_listed_in_the_one_capability_file() {
    let build = std::fs::read_to_string(root().join("src-tauri/build.rs")).expect("build.rs");
    let capability = std::fs::read_to_string(root().join("src-tauri/capabilities/main.json")).expect("capability");
    let list = build.split_once("= &[").and_then(|(_, rest)| rest.split_once(']')).expect("the list").0;
    let commands: Vec<_> = list.split('"').skip(1).step_by(2).collect();
    assert!(commands.len() > 5, "{commands:?}");
    for command in commands {
        assert!(capability.contains(&format!("allow-{}", command.replace('_', "-"))), "{command} is not allowed");
    }
    let files = std::fs::read_dir(root().join("src-tauri/capabilities")).expect("the folder").count();
    assert_eq!(files, 1, "one capability file");
}
