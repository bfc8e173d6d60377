//! Opens the embedded database, with what it needs to stay quick when its streams have grown long.
//!
//! It asks for the last sequence number at every write and has no index to find it by: without ours each write would
//! read the whole stream.

use dynoxide::Database;
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// AWS keeps a day of changes; here the last so many of all tables are kept.
const TUNING: &str = "
    CREATE INDEX IF NOT EXISTS frontrow_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE TRIGGER IF NOT EXISTS frontrow_stream_end AFTER INSERT ON _stream_records WHEN NEW.id % 1000 = 0
    BEGIN DELETE FROM _stream_records WHERE id <= NEW.id - 300000; END;
";

/// Memory that a second connection can reach has a name; every database one of its own.
static NAMES: AtomicU64 = AtomicU64::new(0);

pub(super) fn memory() -> Result<Database, String> {
    let name = format!("file:frontrow-{}?mode=memory&cache=shared", NAMES.fetch_add(1, Ordering::Relaxed));
    open(&name)
}

pub(super) fn file(path: &Path) -> Result<Database, String> {
    let database = open(&path.to_string_lossy())?;
    // Survives the death of this process at any moment; only the machine's own death may cost the last few writes.
    database.disable_bulk_loading().map_err(|error| error.to_string())?;
    Ok(database)
}

fn open(name: &str) -> Result<Database, String> {
    let database = Database::new(name).map_err(|error| error.to_string())?;
    let connection = Connection::open(name).map_err(|error| error.to_string())?;
    connection.execute_batch(TUNING).map_err(|error| error.to_string())?;
    Ok(database)
}
