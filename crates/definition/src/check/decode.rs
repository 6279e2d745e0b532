//! `decode`: separators, charsets, lists.

use super::Checker;
use super::names::short;
use crate::model::Decode;

impl Checker<'_> {
    pub(super) fn decode(&mut self, decode: &Decode) {
        match decode {
            Decode::Json { encoding, columns, entries, table, .. } => {
                self.encoding(encoding.as_ref());
                self.some("columns", columns.as_ref(), |checker, path| checker.json_path(path));
                self.some("entries", entries.as_ref(), |checker, path| checker.json_path(path));
                self.some("table", table.as_ref(), |checker, table| {
                    checker.at("rows", |checker| checker.json_path(&table.rows));
                    checker.some("columns", table.columns.as_ref(), |checker, path| checker.json_path(path));
                    checker.some("cells", table.cells.as_ref(), |checker, path| checker.json_path(path));
                });
            }
            Decode::Jsonl { encoding, .. } | Decode::Text { encoding, .. } => {
                self.encoding(encoding.as_ref());
            }
            Decode::Csv(csv) => {
                self.encoding(csv.encoding.as_ref());
                self.at("delimiter", |checker| checker.character(csv.delimiter_byte().err()));
                self.at("quote", |checker| checker.character(csv.quote_byte().err()));
            }
            Decode::Xml(xml) => {
                self.encoding(xml.encoding.as_ref());
                self.each("lists", &xml.lists, |checker, path| checker.json_path(path));
            }
        }
    }

    pub(super) fn encoding(&mut self, label: Option<&String>) {
        self.some("encoding", label, |checker, label| {
            if encoding_rs::Encoding::for_label(label.as_bytes()).is_none() {
                let known = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "shift_jis", "gb18030"];
                let message = format!("`{}` is no charset that is known, such as {}.", short(label), known.join(", "));
                checker.fault_near("unknown_encoding", message, crate::suggest::closest(label, known));
            }
        });
    }

    pub(super) fn character(&mut self, why: Option<String>) {
        if let Some(why) = why {
            self.fault("bad_character", why);
        }
    }
}
