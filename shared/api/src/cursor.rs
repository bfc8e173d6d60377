//! Cursors: where a page ended, in letters that nobody takes for anything else.

use crate::problem::Problem;
use crate::request::Page;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::str::FromStr;

/// What clients get for a position in a list.
pub fn cursor(position: &str) -> String {
    URL_SAFE_NO_PAD.encode(position)
}

impl Page {
    /// The position that the cursor stands for; one that is not ours is refused.
    pub fn position<T: FromStr>(&self) -> Result<Option<T>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        let position = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|position| !position.is_empty());
        let position = position.and_then(|position| position.parse().ok());
        position.map(Some).ok_or_else(|| Problem::invalid("/query/cursor", "must be a cursor of this list"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_anything_else_is_refused() {
        let page = |cursor: &str| Page { limit: 1, cursor: Some(cursor.to_owned()) };
        assert_eq!(page(&cursor("pune#hall")).position::<String>().unwrap().as_deref(), Some("pune#hall"));
        for bad in ["", "?", "A", "gICA"] {
            assert!(page(bad).position::<String>().is_err(), "{bad}");
        }
        assert!(page(&cursor("word")).position::<u32>().is_err());
    }
}
