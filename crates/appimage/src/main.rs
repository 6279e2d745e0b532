//! The first part of an AppImage (type 2): finds the SquashFS image behind its own program, unpacks it once, and starts
//! `AppRun` in it. It needs no FUSE, which many systems do not have, and no root.
//!
//! <https://github.com/AppImage/AppImageSpec/blob/master/draft.md>

mod image;

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Error};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const HELP: &str = "\
Started without any of these options, an AppImage starts its program.
  --appimage-extract          Unpack into ./squashfs-root
  --appimage-extract-and-run  Unpack into a folder of its own, start, and remove the folder
  --appimage-offset           Print where the image begins, in bytes
  --appimage-version          Print the version of this runtime
  --appimage-help             Print this
It unpacks once into the user's cache folder (XDG_CACHE_HOME); what no start uses any more is removed.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("This AppImage can't start: {error}. Try --appimage-extract in a folder that can be written to.");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<ExitCode> {
    let mut given: Vec<OsString> = std::env::args_os().collect();
    let program = fs::canonicalize("/proc/self/exe")?;
    let word = given.get(1).and_then(|word| word.to_str()).unwrap_or_default().to_owned();
    match word.as_str() {
        "--appimage-help" => print!("{HELP}"),
        "--appimage-version" => println!("{}", env!("CARGO_PKG_VERSION")),
        "--appimage-offset" => println!("{}", image::begin(&program)?),
        "--appimage-extract" => {
            image::unpack(&program, Path::new("squashfs-root"))?;
            println!("squashfs-root");
        }
        "--appimage-extract-and-run" => {
            given.remove(1);
            let folder = std::env::temp_dir().join(format!("appimage-{}", std::process::id()));
            private(&folder)?;
            let status = image::unpack(&program, &folder).and_then(|()| start(&program, &folder, &given).status());
            fs::remove_dir_all(&folder)?;
            return Ok(ExitCode::from(u8::try_from(status?.code().unwrap_or(1)).unwrap_or(1)));
        }
        _ => {
            let folder = unpacked(&program)?;
            return Err(start(&program, &folder, &given).exec());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What starts the program, with the variables that the specification names.
fn start(program: &Path, folder: &Path, given: &[OsString]) -> Command {
    let mut command = Command::new(folder.join("AppRun"));
    command.args(given.iter().skip(1)).env("APPIMAGE", program).env("APPDIR", folder);
    if let Some(name) = given.first() {
        command.env("ARGV0", name);
    }
    if let Ok(here) = std::env::current_dir() {
        command.env("OWD", here);
    }
    command
}

/// The folder in which this very file is unpacked. While a program of it runs the folder stays: it holds a lock.
fn unpacked(program: &Path) -> io::Result<PathBuf> {
    let base = cache()?.join("tapwright-appimage");
    private(&base)?;
    let name = image::digest(program)?;
    let folder = base.join(&name);
    loop {
        // Held over the start of the program, until it ends: nothing removes the folder meanwhile.
        let lock = File::create(base.join(format!("{name}.lock")))?;
        rustix::io::fcntl_setfd(&lock, rustix::io::FdFlags::empty())?;
        if !folder.join("AppRun").exists() {
            lock.lock()?;
            if !folder.join("AppRun").exists() {
                let part = base.join(format!("{name}.part"));
                if part.exists() {
                    fs::remove_dir_all(&part)?;
                }
                image::unpack(program, &part)?;
                fs::rename(&part, &folder)?;
                sweep(&base, &name);
            }
            lock.unlock()?;
        }
        lock.lock_shared()?;
        if folder.join("AppRun").exists() {
            std::mem::forget(lock);
            return Ok(folder);
        }
    }
}

/// Removes what other versions unpacked, where none of their programs runs. What can't be removed stays.
fn sweep(base: &Path, own: &str) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".lock")).filter(|name| *name != own) else {
            continue;
        };
        if let Ok(lock) = File::open(entry.path())
            && lock.try_lock().is_ok()
        {
            let _ = fs::remove_dir_all(base.join(name));
            let _ = fs::remove_dir_all(base.join(format!("{name}.part")));
        }
    }
}

fn cache() -> io::Result<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| Error::other("neither XDG_CACHE_HOME nor HOME is set"))
}

/// Makes a folder that nobody else may write to, and refuses another's: programs are started from it.
fn private(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let facts = fs::symlink_metadata(folder)?;
    if !facts.is_dir() || facts.uid() != rustix::process::getuid().as_raw() || facts.mode() & 0o022 != 0 {
        return Err(Error::other(format!("{} belongs to somebody else, or others may write to it", folder.display())));
    }
    Ok(())
}
