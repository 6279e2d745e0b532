//! A page and a record of it, as the bare loop reads them: borrowed, and only what the work needs.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub struct Page<'a> {
    #[serde(borrow)]
    pub data: Vec<&'a RawValue>,
    pub next_cursor: Option<String>,
}

#[derive(Deserialize)]
pub struct Customer<'a> {
    pub id: i64,
    pub name: &'a str,
}

/// The twelve fields.
#[derive(Deserialize)]
pub struct Twelve<'a> {
    pub id: i64,
    pub reference: &'a str,
    #[serde(borrow)]
    pub customer: Customer<'a>,
    pub status: &'a str,
    pub amount: f64,
    pub tax: f64,
    pub currency: &'a str,
    pub quantity: i64,
    pub is_paid: bool,
    pub created_at: &'a str,
    pub updated_at: &'a str,
}

/// The twelve fields as they are written.
#[derive(Serialize)]
pub struct Flat<'a> {
    id: i64,
    reference: &'a str,
    customer_id: i64,
    customer_name: &'a str,
    status: &'a str,
    amount: f64,
    tax: f64,
    currency: &'a str,
    quantity: i64,
    is_paid: bool,
    created_at: &'a str,
    updated_at: &'a str,
}

impl<'a> From<&Twelve<'a>> for Flat<'a> {
    fn from(from: &Twelve<'a>) -> Self {
        Self {
            id: from.id,
            reference: from.reference,
            customer_id: from.customer.id,
            customer_name: from.customer.name,
            status: from.status,
            amount: from.amount,
            tax: from.tax,
            currency: from.currency,
            quantity: from.quantity,
            is_paid: from.is_paid,
            created_at: from.created_at,
            updated_at: from.updated_at,
        }
    }
}

/// Every member.
#[derive(Deserialize)]
pub struct Whole<'a> {
    pub id: i64,
    pub reference: &'a str,
    #[serde(borrow)]
    pub customer: &'a RawValue,
    pub tags: &'a RawValue,
    pub url: &'a str,
    pub status: &'a str,
    pub amount: f64,
    pub tax: f64,
    pub currency: &'a str,
    pub quantity: i64,
    pub is_paid: bool,
    pub parent_id: Option<i64>,
    pub note: Option<&'a str>,
    pub created_at: &'a str,
    pub updated_at: &'a str,
}

/// What the filter, the added members and the cursor need.
#[derive(Deserialize)]
pub struct Needed<'a> {
    pub quantity: i64,
    pub updated_at: &'a str,
    #[serde(borrow)]
    pub customer: NeededCustomer<'a>,
}

#[derive(Deserialize)]
pub struct NeededCustomer<'a> {
    #[serde(borrow)]
    pub id: &'a RawValue,
}
