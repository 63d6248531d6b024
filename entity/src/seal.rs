//! Seal (封存): what lies in the database and can be read with a key alone that lies apart from it. Whoever has the database, every state of
//! it, its backups and its logs has nothing of what is sealed.
//!
//! There are two keys. What letters hold is sealed by one that stays. What was answered without a name is sealed by one that is made anew
//! when an evaluation has closed, where this process has the database alone; then nothing on earth opens what was copied before.

use std::{
    fmt,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::{
    error::Fault,
    id::{new_key, sha256},
    private,
};

/// What is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A letter with a secret.
    Letters,
    /// An answer without a name.
    Answers,
}

/// The keys of an installation.
pub struct Seal {
    file: Option<PathBuf>,
    keys: Mutex<Keys>,
}

/// One key for each purpose.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Keys {
    letters: [u8; 32],
    answers: [u8; 32],
}

/// With what sealed bytes begin; no text and no mail begins with it. Then come the mark of the key, what makes it new, and what is sealed.
const SEALED: u8 = 1;

/// How many bytes tell which key it was.
const MARK: usize = 8;

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

impl Seal {
    /// Keys that end with this process.
    pub fn passing() -> Self {
        Self {
            file: None,
            keys: Mutex::new(Keys::fresh()),
        }
    }

    /// The keys in a file of this account alone, made when there is none.
    pub fn at(file: &Path) -> io::Result<Self> {
        if let Some(folder) = file.parent() {
            private::make_folder(folder)?;
        }
        let mut text = String::new();
        let mut kept = private::locked_file(file)?;
        if !private::is_closed(&kept.metadata()?) {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "can be read by others / 可被其他用户读取",
            ));
        }
        kept.read_to_string(&mut text)?;
        let keys = if text.is_empty() {
            let keys = Keys::fresh();
            private::replace(file, keys.text().as_bytes())?;
            keys
        } else {
            Keys::read(&text).ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    "holds no keys: put the right file back, or move this one away / 不是密钥文件：请放回正确的文件，或移走该文件",
                )
            })?
        };
        Ok(Self {
            file: Some(file.to_owned()),
            keys: Mutex::new(keys),
        })
    }

    /// Seals `plain`. It is opened only with the same `context`, so that it cannot be put into another's place.
    pub fn seal(&self, purpose: Purpose, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.keys().of(purpose);
        let once: [u8; NONCE_LEN] = new_key();
        let mut content = plain.to_vec();
        cipher(&key)
            .and_then(|cipher| {
                let once = Nonce::assume_unique_for_key(once);
                cipher.seal_in_place_append_tag(once, Aad::from(context), &mut content)
            })
            .map_err(|_| Fault::Internal("too much to be sealed".to_owned()))?;
        Ok([&[SEALED][..], &mark(&key), &once, &content].concat())
    }

    /// What was sealed; nothing when it was by another key or for another context, or is none of ours.
    pub fn open(&self, purpose: Purpose, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let key = self.keys().of(purpose);
        let rest = sealed.strip_prefix(&[SEALED])?.strip_prefix(&mark(&key))?;
        let (once, content) = rest.split_first_chunk::<NONCE_LEN>()?;
        let mut content = content.to_vec();
        let opened = cipher(&key)
            .ok()?
            .open_in_place(
                Nonce::assume_unique_for_key(*once),
                Aad::from(context),
                &mut content,
            )
            .ok()?
            .len();
        content.truncate(opened);
        Some(content)
    }

    /// Whether `bytes` are sealed, by whatever key.
    pub fn is_sealed(bytes: &[u8]) -> bool {
        bytes.first() == Some(&SEALED)
    }

    /// Whether `sealed` was sealed by the key that is here.
    pub fn is_own(&self, purpose: Purpose, sealed: &[u8]) -> bool {
        let mark = mark(&self.keys().of(purpose));
        sealed
            .strip_prefix(&[SEALED])
            .is_some_and(|rest| rest.starts_with(&mark))
    }

    /// Makes the key of answers anew: what it has sealed can never be opened again.
    pub fn renew_answers(&self) -> io::Result<()> {
        // Whoever starts meanwhile waits, and reads what is there afterwards.
        let file = self.file.as_deref();
        let _held = file.map(private::locked_file).transpose()?;
        let mut keys = self.keys();
        let renewed = Keys {
            answers: new_key(),
            ..*keys
        };
        if let Some(file) = &self.file {
            private::replace(file, renewed.text().as_bytes())?;
        }
        *keys = renewed;
        Ok(())
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    fn fresh() -> Self {
        Self {
            letters: new_key(),
            answers: new_key(),
        }
    }

    fn of(&self, purpose: Purpose) -> [u8; 32] {
        match purpose {
            Purpose::Letters => self.letters,
            Purpose::Answers => self.answers,
        }
    }

    fn text(&self) -> String {
        let hex = |key: [u8; 32]| key.map(|byte| format!("{byte:02x}")).concat();
        format!(
            "letters {}\nanswers {}\n",
            hex(self.letters),
            hex(self.answers)
        )
    }

    fn read(text: &str) -> Option<Self> {
        let key = |name: &str| {
            let hex = text.lines().find_map(|line| line.strip_prefix(name))?;
            let pairs = hex.trim().as_bytes().chunks(2);
            let bytes: Option<Vec<u8>> = pairs
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
                .collect();
            bytes?.try_into().ok()
        };
        Some(Self {
            letters: key("letters ")?,
            answers: key("answers ")?,
        })
    }
}

/// What tells a key without giving it away.
fn mark(key: &[u8; 32]) -> [u8; MARK] {
    let mut mark = [0; MARK];
    mark.copy_from_slice(&sha256(key)[..MARK]);
    mark
}

fn cipher(key: &[u8]) -> Result<LessSafeKey, ring::error::Unspecified> {
    UnboundKey::new(&CHACHA20_POLY1305, key).map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_its_key_in_its_place_only() {
        let (seal, other) = (Seal::passing(), Seal::passing());
        let sealed = seal
            .seal(Purpose::Answers, b"one", b"a wish")
            .expect("sealed");
        assert!(Seal::is_sealed(&sealed) && seal.is_own(Purpose::Answers, &sealed));
        assert!(!sealed.windows(6).any(|part| part == b"a wish"));
        let opened = seal.open(Purpose::Answers, b"one", &sealed);
        assert_eq!(opened.as_deref(), Some(&b"a wish"[..]));
        assert_eq!(seal.open(Purpose::Answers, b"two", &sealed), None);
        assert_eq!(seal.open(Purpose::Letters, b"one", &sealed), None);
        assert_eq!(other.open(Purpose::Answers, b"one", &sealed), None);
        for end in 0..sealed.len() {
            assert_eq!(seal.open(Purpose::Answers, b"one", &sealed[..end]), None);
        }
        assert_ne!(
            seal.seal(Purpose::Answers, b"one", b"a wish").ok(),
            Some(sealed),
            "never the same twice"
        );
    }

    #[test]
    fn a_renewed_key_opens_nothing_that_was_sealed_before() {
        let seal = Seal::passing();
        let answer = seal.seal(Purpose::Answers, b"", b"x").expect("sealed");
        let letter = seal.seal(Purpose::Letters, b"", b"x").expect("sealed");
        seal.renew_answers().expect("renewed");
        assert_eq!(seal.open(Purpose::Answers, b"", &answer), None);
        assert!(!seal.is_own(Purpose::Answers, &answer));
        assert!(seal.open(Purpose::Letters, b"", &letter).is_some());
    }

    #[test]
    fn programs_that_start_at_once_have_the_same_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("keys.seal");
        let mut sealed = Vec::new();
        std::thread::scope(|scope| {
            let start = || {
                let seal = Seal::at(&file).expect("a seal");
                seal.seal(Purpose::Letters, b"", b"x").expect("sealed")
            };
            let starts: Vec<_> = (0..16).map(|_| scope.spawn(start)).collect();
            sealed.extend(
                starts
                    .into_iter()
                    .map(|start| start.join().expect("started")),
            );
        });
        let seal = Seal::at(&file).expect("a seal");
        for sealed in &sealed {
            assert!(seal.open(Purpose::Letters, b"", sealed).is_some());
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let keys = Keys::fresh();
        assert!(Keys::read(&keys.text()) == Some(keys));
        for broken in ["", "letters 00\nanswers 00\n", "letters\nanswers\n"] {
            assert!(Keys::read(broken).is_none(), "{broken}");
        }
    }
}
