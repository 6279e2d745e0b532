//! The collections: made on the fly from the seed and the record's place, so that nothing is kept.

mod business;
mod people;
mod words;

use crate::rng::Rng;
use jiff::Timestamp;
use serde_json::Value;

/// The first record's time: 2024-01-01T00:00:00Z.
const BEGIN: i64 = 1_704_067_200;
/// The time that all records of a collection lie in: two years, in seconds.
const SPAN: i64 = 2 * 365 * 86_400;

/// How many records each collection has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// Customers (page numbers). Default 12,000.
    pub customers: u64,
    /// Orders (offset). Default 30,000.
    pub orders: u64,
    /// Events (cursor). Default 50,000.
    pub events: u64,
    /// Products (one bare array). Default 400.
    pub products: u64,
    /// Invoices (next URL). Default 600.
    pub invoices: u64,
    /// Tickets (Link header). Default 1,200.
    pub tickets: u64,
    /// Shipments (nested records). Default 900.
    pub shipments: u64,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            customers: 12_000,
            orders: 30_000,
            events: 50_000,
            products: 400,
            invoices: 600,
            tickets: 1_200,
            shipments: 900,
        }
    }
}

/// A collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// People and firms that buy.
    Customers,
    /// What they bought.
    Orders,
    /// What they did.
    Events,
    /// What is sold.
    Products,
    /// What they owe.
    Invoices,
    /// What they asked.
    Tickets,
    /// What is on its way.
    Shipments,
}

impl Collection {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Customers, Self::Orders, Self::Events, Self::Products, Self::Invoices, Self::Tickets, Self::Shipments];

    /// Its name in paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Events => "events",
            Self::Products => "products",
            Self::Invoices => "invoices",
            Self::Tickets => "tickets",
            Self::Shipments => "shipments",
        }
    }

    /// The collection of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.name() == name)
    }

    /// How many records it has at the start.
    pub fn size(self, sizes: &Sizes) -> u64 {
        match self {
            Self::Customers => sizes.customers,
            Self::Orders => sizes.orders,
            Self::Events => sizes.events,
            Self::Products => sizes.products,
            Self::Invoices => sizes.invoices,
            Self::Tickets => sizes.tickets,
            Self::Shipments => sizes.shipments,
        }
    }
}

/// What a record is made from.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The seed.
    pub seed: u64,
    /// The sizes, for references between collections.
    pub sizes: &'a Sizes,
    /// The record's place, from 0. Its number is one more.
    pub index: u64,
    /// When it was last changed, in seconds since 1970.
    pub updated: i64,
    /// How often it was changed since the start; moves a few values.
    pub revision: u32,
}

impl Place<'_> {
    /// The record's number, from 1.
    pub fn number(&self) -> u64 {
        self.index.saturating_add(1)
    }

    /// When it was last changed, RFC 3339.
    pub fn updated_at(&self) -> String {
        rfc3339(self.updated)
    }

    /// When it was made: up to 30 days before its first change.
    pub fn created(&self, collection: Collection) -> i64 {
        let mut rng = Rng::of(self.seed, 77, self.index);
        first_update(collection, self.sizes, self.seed, self.index) - 60 - rng.below(30 * 86_400).cast_signed()
    }
}

/// When a record was last changed before the server started. Grows with the index, so that a list by id is also one by time.
pub fn first_update(collection: Collection, sizes: &Sizes, seed: u64, index: u64) -> i64 {
    let size = collection.size(sizes).max(1).cast_signed();
    let step = (SPAN / size).max(1);
    let jitter = Rng::of(seed, 99, index).below(step.cast_unsigned()).cast_signed();
    BEGIN.saturating_add(index.cast_signed().saturating_mul(step)).saturating_add(jitter).min(4_000_000_000)
}

/// A record.
pub fn record(collection: Collection, place: &Place<'_>) -> Value {
    let mut rng = Rng::of(place.seed, collection as u64 + 1, place.index);
    match collection {
        Collection::Customers => people::customer(place, &mut rng),
        Collection::Events => people::event(place, &mut rng),
        Collection::Tickets => people::ticket(place, &mut rng),
        Collection::Orders => business::order(place, &mut rng),
        Collection::Products => business::product(place, &mut rng),
        Collection::Invoices => business::invoice(place, &mut rng),
        Collection::Shipments => business::shipment(place, &mut rng),
    }
}

/// Seconds as RFC 3339 in UTC.
pub fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// Seconds as a date.
fn date(seconds: i64) -> String {
    rfc3339(seconds).chars().take(10).collect()
}

/// Cents as a decimal text: `1234.50`.
fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Cents as a number.
#[expect(clippy::cast_precision_loss, reason = "sample prices stay far below 2^53")]
fn price(cents: u64) -> f64 {
    cents as f64 / 100.0
}

/// An id over 2^53, as social networks make them: time, worker, sequence.
fn snowflake(index: u64, rng: &mut Rng) -> u64 {
    1_186_000_000_000_000_000 + index.saturating_mul(4_194_304) + rng.below(4096)
}
