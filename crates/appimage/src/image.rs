//! The SquashFS image that is appended to the program.

use backhand::{BufReadSeek, FilesystemReader, InnerNode};
use std::fs::{self, DirBuilder, File, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufReader, Error, Read, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

/// How every SquashFS image of this byte order begins.
const MAGIC: &[u8; 4] = b"hsqs";

/// Where the image begins: at the end of the ELF file that runs, which is the end of its section headers.
pub(crate) fn begin(program: &Path) -> io::Result<u64> {
    let mut file = File::open(program)?;
    let mut head = [0; 64];
    file.read_exact(&mut head)?;
    // ELF, 64 bits, least significant byte first.
    if head[..6] != *b"\x7fELF\x02\x01" {
        return Err(Error::other("it is no program of a kind that is known"));
    }
    let number = |at: usize, bytes: usize| {
        head[at..at + bytes].iter().rev().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte))
    };
    let end = number(0x3a, 2).checked_mul(number(0x3c, 2)).and_then(|length| length.checked_add(number(0x28, 8)));
    let end = end.ok_or_else(|| Error::other("its head is broken"))?;
    let mut magic = [0; 4];
    file.seek(SeekFrom::Start(end))?;
    match file.read_exact(&mut magic) {
        Ok(()) if magic == *MAGIC => Ok(end),
        _ => Err(Error::other("no image follows the program: the file is not whole, or it was stripped")),
    }
}

/// A name for what this file holds: another file has another.
pub(crate) fn digest(program: &Path) -> io::Result<String> {
    let facts = fs::metadata(program)?;
    let mut file = File::open(program)?;
    file.seek(SeekFrom::Start(begin(program)?))?;
    // The superblock has the time, the count of files and the places of all tables.
    let mut block = [0; 96];
    file.read_exact(&mut block)?;
    let mut hasher = DefaultHasher::new();
    (facts.len(), facts.mtime(), facts.mtime_nsec(), program, block).hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// Unpacks all files into a folder, which need not be there.
pub(crate) fn unpack(program: &Path, folder: &Path) -> io::Result<()> {
    let begin = begin(program)?;
    let source: Box<dyn BufReadSeek> = Box::new(BufReader::new(File::open(program)?));
    let image = FilesystemReader::from_reader_with_offset(source, begin).map_err(broken)?;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    for node in image.files() {
        let path = inside(folder, &node.fullpath)?;
        match &node.inner {
            InnerNode::Dir(_) => DirBuilder::new().recursive(true).mode(0o755).create(&path)?,
            InnerNode::File(file) => {
                let mut to = File::create(&path)?;
                io::copy(&mut image.file(file).reader_checked().map_err(broken)?, &mut to)?;
                to.set_permissions(Permissions::from_mode(u32::from(node.header.permissions) & 0o755))?;
            }
            InnerNode::Symlink(link) => {
                if path.symlink_metadata().is_ok() {
                    fs::remove_file(&path)?;
                }
                std::os::unix::fs::symlink(&link.link, &path)?;
            }
            // Devices, pipes and sockets are no part of an app.
            _ => {}
        }
    }
    Ok(())
}

/// A path of the image in the folder, never beside it.
fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let mut whole = folder.to_owned();
    for part in path.components() {
        match part {
            Component::Normal(name) => whole.push(name),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(Error::other("its image has a path that leads out"));
            }
        }
    }
    Ok(whole)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn broken(error: backhand::BackhandError) -> Error {
    Error::other(format!("its image is broken ({error})"))
}

#[cfg(test)]
mod tests {
    use super::{begin, inside};
    use std::path::Path;

    #[test]
    fn a_file_without_an_image_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text");
        std::fs::write(&text, [b'a'; 100]).unwrap();
        let own = std::env::current_exe().unwrap();
        for (path, said) in [(text.as_path(), "no program"), (own.as_path(), "not whole")] {
            let error = begin(path).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_path_stays_in_the_folder() {
        let folder = Path::new("/f");
        assert_eq!(inside(folder, Path::new("/usr/bin/a")).unwrap(), Path::new("/f/usr/bin/a"));
        assert_eq!(inside(folder, Path::new("/")).unwrap(), folder);
        inside(folder, Path::new("/usr/../../a")).unwrap_err();
    }
}
