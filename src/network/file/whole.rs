//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{FileError, Problem, plain_words};

/// Writes a file whole or not at all: a temporary file beside the target is written, flushed to disk and renamed.
///
/// A target that is not a regular file (a device, a pipe) is written directly; a symbolic link keeps pointing where it points.
///
/// # Errors
/// [`FileError`] with the path as the user wrote it; the target is then untouched and the temporary file removed.
pub fn write_whole(path: &Path, text: &str) -> Result<(), FileError> {
    write_bytes_whole(path, text.as_bytes())
}

/// The same for a file that is not text.
///
/// # Errors
/// As [`write_whole`].
pub fn write_bytes_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let written = || match Target::of(path)? {
        Target::Device => OpenOptions::new().write(true).open(path)?.write_all(bytes),
        target => {
            let mut file = WholeFile::beside(path, target)?;
            file.write_all(bytes)?;
            file.place()
        }
    };
    written().map_err(|error| unwritable(path, &error))
}

/// A file in the making, for what is too long to be in memory: a temporary file beside the target, which takes its place when it is whole. Where that is
/// not a regular file (a device, a pipe), or there is none, it is in the folder for temporary files, and what it holds is copied.
///
/// Dropped before that, it is removed, and the target is untouched. Writing is buffered.
#[derive(Debug)]
pub struct WholeFile {
    /// As the user wrote it.
    path: PathBuf,
    target: Target,
    temporary: PathBuf,
    file: BufWriter<File>,
    /// It has its own name now.
    placed: bool,
}

/// What is to become of a file that is whole.
#[derive(Debug)]
enum Target {
    /// It gets this name, and the permissions of the file that had it.
    Name(PathBuf, Option<Permissions>),
    /// It is copied.
    Device,
    /// It is only read.
    Reader,
}

impl Target {
    fn of(path: &Path) -> io::Result<Target> {
        match fs::metadata(path).ok() {
            None => Ok(Target::Name(path.to_owned(), None)),
            Some(data) if data.is_dir() => Err(io::Error::other("it is a directory")),
            Some(data) if !data.is_file() => Ok(Target::Device),
            // Renaming over a read-only file would succeed; the user protected it.
            Some(data) if data.permissions().readonly() => Err(io::Error::other("it is read-only")),
            Some(data) => Ok(Target::Name(
                fs::canonicalize(path)?,
                Some(data.permissions()),
            )),
        }
    }
}

impl WholeFile {
    /// Begins a file.
    ///
    /// # Errors
    /// [`FileError`] if the target cannot be written, or there is no temporary file to be had.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let file = Target::of(path).and_then(|target| WholeFile::beside(path, target));
        file.map_err(|error| unwritable(path, &error))
    }

    /// Begins a file without a target, for [`copy_to`](Self::copy_to).
    ///
    /// # Errors
    /// [`FileError`] if there is no temporary file to be had.
    pub fn temporary() -> Result<Self, FileError> {
        let folder = std::env::temp_dir();
        WholeFile::beside(&folder, Target::Reader).map_err(|error| unwritable(&folder, &error))
    }

    fn beside(path: &Path, target: Target) -> io::Result<Self> {
        let (file, temporary) = match &target {
            Target::Name(name, _) => create_beside(name)?,
            Target::Device | Target::Reader => {
                let file = tempfile::Builder::new().prefix("relucert-").tempfile()?;
                file.keep()?
            }
        };
        unfinished().push(temporary.clone());
        Ok(WholeFile {
            path: path.to_owned(),
            target,
            temporary,
            file: BufWriter::with_capacity(BUFFER, file),
            placed: false,
        })
    }

    /// Where all that was written so far can be read.
    ///
    /// # Errors
    /// [`FileError`] if it cannot be written to disk.
    pub fn written(&mut self) -> Result<&Path, FileError> {
        match self.file.flush() {
            Ok(()) => Ok(&self.temporary),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// Writes all that was written to something else.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn copy_to(&mut self, sink: &mut impl Write) -> io::Result<()> {
        self.file.flush()?;
        io::copy(&mut File::open(&self.temporary)?, sink)?;
        sink.flush()
    }

    /// Puts it in the target's place; one without a target is removed.
    ///
    /// # Errors
    /// [`FileError`]; the target, if it is a regular file, is then untouched.
    pub fn publish(mut self) -> Result<(), FileError> {
        self.place().map_err(|error| unwritable(&self.path, &error))
    }

    fn place(&mut self) -> io::Result<()> {
        match &self.target {
            Target::Reader => Ok(()),
            Target::Device => {
                let mut device = OpenOptions::new().write(true).open(&self.path)?;
                self.copy_to(&mut device)
            }
            Target::Name(name, before) => {
                self.file.flush()?;
                let file = self.file.get_ref();
                if let Some(permissions) = before {
                    file.set_permissions(permissions.clone())?;
                }
                file.sync_all()?;
                fs::rename(&self.temporary, name)?;
                self.placed = true;
                Ok(())
            }
        }
    }

    /// An error of writing to it, in the words of all files.
    pub fn refused(&self, error: &io::Error) -> FileError {
        match self.target {
            Target::Name(..) => unwritable(&self.path, error),
            Target::Device | Target::Reader => unwritable(&self.temporary, error),
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if !self.placed {
            // The reason for a failure is more useful than a second one.
            let _ = fs::remove_file(&self.temporary);
        }
        unfinished().retain(|path| *path != self.temporary);
    }
}

/// Bytes that are collected before they are written.
const BUFFER: usize = 1 << 16;

fn unwritable(path: &Path, error: &io::Error) -> FileError {
    let name = path.display().to_string();
    FileError::whole(&name, Problem::Unwritable(plain_words(error)))
}

/// Temporary files not yet renamed.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    // A list of paths is whole at all times.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files of writing that is under way, for a process about to be ended by a signal. What ends a process
/// without a signal it can catch leaves them: `.PID-N-NAME.tmp` beside the target.
pub fn remove_unfinished() {
    for path in unfinished().iter() {
        // Nothing more can be done about a file that cannot be removed.
        let _ = fs::remove_file(path);
    }
}

fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let Some(name) = target.file_name() else {
        return Err(io::Error::other("it has no file name"));
    };
    for attempt in 0..100 {
        let mut temporary = std::ffi::OsString::from(format!(".{}-{attempt}-", std::process::id()));
        temporary.push(name);
        temporary.push(".tmp");
        let temporary = target.with_file_name(temporary);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(
        "no free name for a temporary file beside it",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_whole_or_untouched() {
        let directory = tempfile::tempdir().unwrap();
        let names = || fs::read_dir(directory.path()).unwrap().count();
        let path = directory.path().join("out.rcert");
        write_whole(&path, "one").unwrap();
        write_whole(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let missing = directory.path().join("no/out.rcert");
        let error = write_whole(&missing, "x").unwrap_err().to_string();
        assert!(error.contains("no such file or directory"), "{error}");
        assert!(write_whole(directory.path(), "x").is_err());
        assert_eq!(names(), 1);
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"three").unwrap();
        let there = file.written().unwrap().to_owned();
        assert_eq!(fs::read_to_string(&there).unwrap(), "three");
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let mut copy = Vec::new();
        file.copy_to(&mut copy).unwrap();
        assert_eq!(copy, b"three");
        drop(file);
        assert!(names() == 1 && !unfinished().contains(&there));
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"four").unwrap();
        file.publish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "four");
        assert_eq!(names(), 1);
    }
}
