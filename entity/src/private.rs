//! Files and folders of this account alone (0600, 0700): so from their first moment, closed when they were open before, and never reached
//! through a link that somebody else may have laid.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Read and written by its owner, by nobody else.
const FILE: u32 = 0o600;

/// Entered by its owner, by nobody else.
const FOLDER: u32 = 0o700;

/// What others may do.
const OTHERS: u32 = 0o077;

/// Makes a folder where there is none, with those above it.
pub fn make_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(FOLDER).create(path)
}

/// The same, and closes one that is there to others. What many share (a folder for temporary files, the home, the folder in which the
/// program works) stays as it is.
pub fn folder(path: &Path) -> io::Result<()> {
    make_folder(path)?;
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    let mode = fs::metadata(path)?.mode();
    if mode & OTHERS == 0 || is_shared(path, mode)? {
        return Ok(());
    }
    close(path, FOLDER)
}

/// The same for a folder that is nothing but the service's own: one that is a link is refused.
pub fn own_folder(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Err(is_a_link());
    }
    folder(path)
}

/// Closes a folder of the service's own with all that lies in it, where there is one.
pub fn existing_folder(path: &Path) -> io::Result<()> {
    if !path.try_exists()? {
        return Ok(());
    }
    own_folder(path)?;
    for inside in fs::read_dir(path)? {
        existing(&inside?.path())?;
    }
    Ok(())
}

/// Closes a file to others, where there is one.
pub fn existing(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() && found.mode() & OTHERS != 0 => close(path, FILE),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// A file to be read and written, made when there is none.
pub fn file(path: &Path) -> io::Result<File> {
    opened(path, OpenOptions::new().read(true).create(true))
}

/// The same for this process alone, until it is closed: others that come this way wait.
pub fn locked_file(path: &Path) -> io::Result<File> {
    loop {
        let file = file(path)?;
        file.lock()?;
        // Whoever held it may have put another file into its place.
        let (own, there) = (file.metadata()?, fs::metadata(path));
        if there.is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())) {
            return Ok(file);
        }
    }
}

/// A file to be written from its beginning.
pub fn blank(path: &Path) -> io::Result<File> {
    opened(path, OpenOptions::new().create(true).truncate(true))
}

/// Puts `bytes` into the place of what a file held: afterwards it holds the one or the other, whatever happens, and what it held is
/// overwritten.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = opened(path, &mut OpenOptions::new());
    let beside = with_ending(path, "new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = opened(&beside, OpenOptions::new().create_new(true))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    if let Ok(mut before) = before {
        let held = usize::try_from(before.metadata()?.len()).unwrap_or_default();
        before.write_all(&vec![0; held])?;
        before.sync_all()?;
    }
    Ok(())
}

/// Whether nobody else may do anything with it.
pub fn is_closed(found: &fs::Metadata) -> bool {
    found.mode() & OTHERS == 0
}

/// The path with one more ending.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut longer = path.as_os_str().to_owned();
    longer.push(".");
    longer.push(ending);
    PathBuf::from(longer)
}

fn opened(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = options
        .write(true)
        .mode(FILE)
        .custom_flags(libc::O_NOFOLLOW)
        .open(path)
        .map_err(|error| match error.raw_os_error() {
            Some(libc::ELOOP) => is_a_link(),
            _ => error,
        })?;
    existing(path)?;
    Ok(file)
}

/// Closes to others what may be somebody else's: then it is his to close.
fn close(path: &Path, mode: u32) -> io::Result<()> {
    match fs::set_permissions(path, Permissions::from_mode(mode)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        closed => closed,
    }
}

/// Whether others have business in a folder: it is sticky, or the home or the present folder lies in it.
fn is_shared(path: &Path, mode: u32) -> io::Result<bool> {
    const STICKY: u32 = 0o1000;
    let path = path.canonicalize()?;
    let holds = |other: Option<PathBuf>| {
        other
            .and_then(|other| other.canonicalize().ok())
            .is_some_and(|other| other.starts_with(&path))
    };
    Ok(mode & STICKY != 0 || holds(std::env::current_dir().ok()) || holds(std::env::home_dir()))
}

fn is_a_link() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "is a link: the service uses its own files and folders only / 是链接：本服务只使用自己的文件和文件夹",
    )
}
