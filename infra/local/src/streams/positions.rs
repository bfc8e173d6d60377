//! How far each reader has read, kept in a small file if the database is kept too.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

/// Sequence numbers by reader and shard.
#[derive(Debug, Default)]
pub struct Positions {
    file: Option<PathBuf>,
    reached: Mutex<BTreeMap<String, String>>,
}

impl Positions {
    /// Kept in this file; what it says now is where readers go on. A file that cannot be read is an empty one: records
    /// are then delivered again, which changes nothing.
    pub fn kept(file: PathBuf) -> Self {
        let known = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file: Some(file), reached: Mutex::new(known.unwrap_or_default()) }
    }

    pub(super) fn of(&self, reader: &str, shard: &str) -> Option<String> {
        self.reached.lock().expect("nobody panics while reading it").get(&key(reader, shard)).cloned()
    }

    /// The reader begins anew, at what is still there.
    pub(super) fn forget(&self, reader: &str) {
        let prefix = key(reader, "");
        self.reached.lock().expect("nobody panics while reading it").retain(|key, _| !key.starts_with(&prefix));
    }

    pub(super) fn reached(&self, reader: &str, shard: &str, position: &str) {
        let mut reached = self.reached.lock().expect("nobody panics while reading it");
        reached.insert(key(reader, shard), position.to_owned());
        let Some(file) = &self.file else { return };
        let written = serde_json::to_vec(&*reached).map_err(std::io::Error::from).and_then(|bytes| {
            // A rename is whole or not at all, whenever the process dies.
            let fresh = file.with_extension("new");
            std::fs::write(&fresh, bytes)?;
            std::fs::rename(&fresh, file)
        });
        if let Err(error) = written {
            tracing::warn!(cause = %error, "the position in a stream was not written down");
        }
    }
}

fn key(reader: &str, shard: &str) -> String {
    format!("{reader} {shard}")
}
