//! Files of answers, tickets and orders: opened, looked at, and read in pieces. They are never held
//! whole, so memory does not grow with them. What is in them is not here; see `tables`.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tables::Inspection;
use tables::inspect::{HEAD_BYTES, Overrides, inspect_as};

/// How much of a file is read at once.
const PIECE_BYTES: usize = 256 << 10;

/// A file that can be read more than once, and by several threads at the same time.
pub(crate) struct Input {
    name: String,
    file: File,
    n_bytes: u64,
}

impl Input {
    /// Opens a file; `-` is standard input. What comes by a pipe is put into a temporary file first,
    /// because its beginning is looked at before the whole is read.
    ///
    /// # Errors
    /// When it cannot be opened, or is a folder.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if path.as_os_str() == "-" {
            let name = "standard input".to_owned();
            let file = spooled(io::stdin().lock()).context("standard input cannot be read")?;
            return Self::new(name, file);
        }
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("{name} cannot be opened"))?;
        let kind = file.metadata().with_context(|| name.clone())?.file_type();
        if kind.is_dir() {
            bail!("{name} is a folder; name the files in it");
        }
        let file = if kind.is_file() {
            file
        } else {
            spooled(file).with_context(|| format!("{name} cannot be read"))?
        };
        Self::new(name, file)
    }

    fn new(name: String, file: File) -> Result<Self> {
        let n_bytes = file.metadata().with_context(|| name.clone())?.len();
        Ok(Self { name, file, n_bytes })
    }

    /// What it is called in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How long it is.
    pub(crate) const fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// What the file seems to be, from its beginning, or from all of a workbook.
    ///
    /// # Errors
    /// When it is no table that can be read.
    pub(crate) fn inspection(&self, overrides: Overrides) -> Result<Inspection> {
        let mut head = self.piece(0, HEAD_BYTES)?;
        if head.starts_with(b"PK") {
            let all = usize::try_from(self.n_bytes).unwrap_or(usize::MAX);
            head = self.piece(0, all.min(tables::xlsx::FILE_BYTES_MAX + 1))?;
        }
        Ok(inspect_as(&head, overrides)?)
    }

    /// Up to `n_bytes` bytes from `start` on.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn piece(&self, start: u64, n_bytes: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        ReadFrom { file: &self.file, at: start }.take(n_bytes as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Gives every piece of the bytes in `range`, in their order.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn each_piece(&self, range: Range<u64>, mut each: impl FnMut(&[u8])) -> Result<()> {
        let file = ReadFrom { file: &self.file, at: range.start };
        let mut part = file.take(range.end - range.start);
        let mut bytes = vec![0; PIECE_BYTES];
        loop {
            match part.read(&mut bytes) {
                Ok(0) => return Ok(()),
                Ok(n_bytes) => each(&bytes[..n_bytes]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error).context("cannot be read to its end"),
            }
        }
    }
}

/// A temporary file of everything that comes.
fn spooled(mut from: impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut from, &mut file)?;
    Ok(file)
}

/// Reads from a place in a file that several threads read at the same time.
struct ReadFrom<'a> {
    file: &'a File,
    at: u64,
}

impl Read for ReadFrom<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let n_bytes = std::os::unix::fs::FileExt::read_at(self.file, bytes, self.at)?;
        #[cfg(windows)]
        let n_bytes = std::os::windows::fs::FileExt::seek_read(self.file, bytes, self.at)?;
        self.at += n_bytes as u64;
        Ok(n_bytes)
    }
}
