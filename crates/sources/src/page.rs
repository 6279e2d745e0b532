//! A page in the making: rows as JSON text, given out in parts.

use crate::address::Address;
use crate::kinds::Notes;
use crate::problem::{told, too_slow};
use crate::sql::{Column, PageSql};
use bytes::Bytes;
use definition::Problem;
use engine::source::database::{RowsEnd, RowsPart};
use futures::TryStreamExt;
use futures::stream::BoxStream;
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Sender;

/// Bytes of a part of a page that comes in parts.
const PART: usize = 512 * 1024;
/// Bytes at which a page ends before its last row.
const LARGEST: usize = 8 * 1024 * 1024;

/// Writes a row.
pub(crate) type WriteRow<R> = fn(&R, &[Column], &[Vec<u8>], &mut Vec<u8>, &mut Notes) -> Result<(), sqlx::Error>;
/// A value of a row as a token keeps it.
pub(crate) type Token<R> = fn(&R, &[Column], usize) -> Result<Value, sqlx::Error>;

/// What stands before each value of a row: its name, and what parts it from the one before.
pub(crate) fn column_names(columns: &[Column]) -> Vec<Vec<u8>> {
    let name = |(at, column): (usize, &Column)| {
        let mut name = if at == 0 { b"{".to_vec() } else { b",".to_vec() };
        crate::json::push_string(&mut name, &column.name);
        name.push(b':');
        name
    };
    columns.iter().enumerate().map(name).collect()
}

/// A page in the making.
pub(crate) struct Page {
    columns: Arc<Vec<Column>>,
    /// What stands before each value: its name, and what parts it from the one before.
    names: Vec<Vec<u8>>,
    sql: PageSql,
    address: Address,
    timeout: Duration,
    out: Sender<Result<RowsPart, Problem>>,
    body: Vec<u8>,
    records: Vec<Range<usize>>,
    notes: Notes,
}

impl Page {
    pub fn new(
        columns: Arc<Vec<Column>>,
        sql: PageSql,
        address: Address,
        timeout: Duration,
        out: Sender<Result<RowsPart, Problem>>,
    ) -> Self {
        let names = column_names(&columns);
        let (body, records, notes) = (Vec::new(), Vec::new(), Notes::default());
        Self { columns, names, sql, address, timeout, out, body, records, notes }
    }

    /// What a person should know of the read.
    pub fn note(&mut self, text: String) {
        self.notes.0.push(text);
    }

    /// Reads rows until the page ends or nobody wants them. True: all were read, the connection is clean.
    pub async fn read<R>(
        &mut self,
        mut rows: BoxStream<'_, Result<R, sqlx::Error>>,
        write: WriteRow<R>,
        token: Token<R>,
    ) -> Result<bool, Problem> {
        let (mut count, mut cut, mut last) = (0, false, None);
        loop {
            let next = tokio::time::timeout(self.timeout, rows.try_next()).await;
            let next = next.map_err(|_| too_slow(&self.address, self.timeout, "give more rows"))?;
            let Some(row) = next.map_err(|error| told(&error, &self.address))? else { break };
            self.row(&row, write).map_err(|error| told(&error, &self.address))?;
            count += 1;
            if self.sql.limit.is_some() {
                last = Some(row);
                cut = self.body.len() >= LARGEST;
                if cut {
                    break;
                }
            } else if self.body.len() >= PART && !self.give(None).await {
                return Ok(false);
            }
        }
        let next = match (&self.sql.then, self.sql.limit, last) {
            (Some(then), _, _) => Some(then.clone()),
            (None, Some(limit), Some(last)) if cut || count >= limit => {
                let tokens = self.sql.order.iter().map(|at| token(&last, &self.columns, *at));
                let tokens: Vec<Value> =
                    tokens.collect::<Result<_, _>>().map_err(|error| told(&error, &self.address))?;
                Some(json!({"after": tokens}))
            }
            _ => None,
        };
        Ok(self.give(Some(RowsEnd { next })).await && !cut)
    }

    fn row<R>(&mut self, row: &R, write: WriteRow<R>) -> Result<(), sqlx::Error> {
        self.body.extend_from_slice(if self.body.is_empty() { b"[" } else { b",\n" });
        let start = self.body.len();
        write(row, &self.columns, &self.names, &mut self.body, &mut self.notes)?;
        // A query may have no column at all.
        self.body.extend_from_slice(if self.columns.is_empty() { b"{}" } else { b"}" });
        self.records.push(start..self.body.len());
        Ok(())
    }

    /// Gives out what is there. False: nobody takes it.
    async fn give(&mut self, end: Option<RowsEnd>) -> bool {
        let mut body = std::mem::take(&mut self.body);
        if body.is_empty() {
            body.push(b'[');
        }
        body.push(b']');
        let (records, notes) = (std::mem::take(&mut self.records), std::mem::take(&mut self.notes.0));
        self.body = Vec::with_capacity(if end.is_some() { 0 } else { body.len() });
        self.out.send(Ok(RowsPart { body: Bytes::from(body), records, notes, end })).await.is_ok()
    }
}
