//! Where the built programs and the tests' pictures are.

use std::path::PathBuf;

/// A program that `make test` built, beside this test binary.
///
/// # Panics
/// When it is not there: the tests run built programs and never skip in silence.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap_or_default();
    let folder = test.parent().and_then(|deps| deps.parent()).map(PathBuf::from).unwrap_or_default();
    let path = folder.join(name);
    assert!(path.exists(), "{} is missing: run the tests by `make test`, which builds it", path.display());
    path
}

/// The folder of pictures that tests take.
pub fn artifacts() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../artifacts");
    let _ = std::fs::create_dir_all(&folder);
    folder
}
