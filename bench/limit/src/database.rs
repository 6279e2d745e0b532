//! A page as rows: one prepared insert, one transaction a page.

use crate::Outcome;
use crate::record::{Page, Twelve, Whole};
use rusqlite::{Connection, Statement, params};

const WHOLE: &str = "id INTEGER PRIMARY KEY, reference TEXT, customer TEXT, tags TEXT, url TEXT, status TEXT, amount REAL,
 tax REAL, currency TEXT, quantity INTEGER, is_paid INTEGER, parent_id INTEGER, note TEXT, created_at TEXT, updated_at TEXT";
const WIDE: &str = "id INTEGER PRIMARY KEY, json TEXT, reference TEXT, customer_id INTEGER, status TEXT, amount REAL,
 quantity INTEGER, is_paid INTEGER, created_at TEXT, updated_at TEXT";
const TWELVE: &str = "id INTEGER PRIMARY KEY, reference TEXT, customer_id INTEGER, customer_name TEXT, status TEXT,
 amount REAL, tax REAL, currency TEXT, quantity INTEGER, is_paid INTEGER, created_at TEXT, updated_at TEXT";

/// Binds one record's text.
type Bind = fn(&mut Statement<'_>, &str) -> Outcome<()>;

pub struct Table {
    connection: Connection,
    insert: String,
    bind: Bind,
}

impl Table {
    pub fn open(file: &str, work: &str) -> Outcome<Self> {
        let (columns, bind): (_, Bind) = match work {
            "sqlite" => (WHOLE, whole),
            "wide" => (WIDE, wide),
            "table" => (TWELVE, twelve),
            other => return Err(format!("no work `{other}`").into()),
        };
        let connection = Connection::open(file)?;
        let pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
        connection.execute_batch(&format!("{pragmas} CREATE TABLE orders ({columns});"))?;
        let places = vec!["?"; columns.split(',').count()].join(",");
        Ok(Self { connection, insert: format!("INSERT INTO orders VALUES ({places})"), bind })
    }

    pub fn page(&mut self, body: &[u8]) -> Outcome<Option<String>> {
        let page: Page = serde_json::from_slice(body)?;
        let transaction = self.connection.transaction()?;
        let mut insert = transaction.prepare_cached(&self.insert)?;
        for record in page.data {
            (self.bind)(&mut insert, record.get())?;
        }
        drop(insert);
        transaction.commit()?;
        Ok(page.next_cursor)
    }
}

fn whole(insert: &mut Statement<'_>, text: &str) -> Outcome<()> {
    let r: Whole = serde_json::from_str(text)?;
    let (customer, tags) = (r.customer.get(), r.tags.get());
    let (dates, money) = ((r.created_at, r.updated_at), (r.amount, r.tax));
    insert.execute(params![
        r.id, r.reference, customer, tags, r.url, r.status, money.0, money.1, r.currency, r.quantity, r.is_paid,
        r.parent_id, r.note, dates.0, dates.1
    ])?;
    Ok(())
}

fn wide(insert: &mut Statement<'_>, text: &str) -> Outcome<()> {
    let r: Twelve = serde_json::from_str(text)?;
    let customer = r.customer.id;
    insert.execute(params![
        r.id, text, r.reference, customer, r.status, r.amount, r.quantity, r.is_paid, r.created_at, r.updated_at
    ])?;
    Ok(())
}

fn twelve(insert: &mut Statement<'_>, text: &str) -> Outcome<()> {
    let r: Twelve = serde_json::from_str(text)?;
    let (customer, name) = (r.customer.id, r.customer.name);
    insert.execute(params![
        r.id, r.reference, customer, name, r.status, r.amount, r.tax, r.currency, r.quantity, r.is_paid, r.created_at,
        r.updated_at
    ])?;
    Ok(())
}
