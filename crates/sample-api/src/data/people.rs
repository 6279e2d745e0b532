//! Customers, what they do, and what they ask.

use super::words::{CITIES, COMPANIES, FIRST, LAST, STREETS, SUBJECTS, TAGS};
use super::{Collection, Place, date, money, price, rfc3339, snowflake};
use crate::rng::Rng;
use serde_json::{Value, json};

/// The name of a customer, also where another collection mentions them.
pub fn customer_name(seed: u64, index: u64) -> String {
    let mut rng = Rng::of(seed, 55, index);
    format!("{} {}", rng.pick(FIRST), rng.pick(LAST))
}

/// An address.
pub fn address(rng: &mut Rng) -> Value {
    let place = usize::try_from(rng.below(CITIES.len() as u64)).unwrap_or(0);
    let (city, country, postal_code) = CITIES.get(place).copied().unwrap_or(("Berlin", "DE", "10115"));
    let street = format!("{} {}", rng.pick(STREETS), rng.below(180) + 1);
    json!({
        "street": street,
        "city": city,
        "postal_code": postal_code,
        "country": country,
        "geo": {"lat": price(rng.below(9000)), "lon": price(rng.below(18_000)) - 90.0},
    })
}

fn tags(rng: &mut Rng) -> Vec<&'static str> {
    let mut tags: Vec<&'static str> = (0..rng.below(4)).map(|_| rng.pick(TAGS)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

fn some(value: String, is: bool) -> Value {
    if is { Value::String(value) } else { Value::Null }
}

/// A customer.
pub fn customer(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let created = place.created(Collection::Customers);
    let phone = format!("+49 30 {:07}", rng.below(10_000_000));
    let company = rng.pick(COMPANIES).to_owned();
    let revision = u64::from(place.revision);
    let archived = rng.chance(6);
    json!({
        "id": number,
        "uuid": rng.uuid(),
        "account_no": snowflake(place.index, rng),
        "name": customer_name(place.seed, place.index),
        "email": format!("customer{number}@example.com"),
        "phone": some(phone, rng.chance(70)),
        "company": some(company, rng.chance(40)),
        "address": address(rng),
        "tags": tags(rng),
        "plan": rng.pick(&["free", "team", "business"]),
        "balance": money(rng.below(500_000) + revision * 100),
        "credit_limit": price(rng.below(1_000_000)),
        "active": rng.chance(90),
        "website": format!("https://www.example.com/customers/{number}"),
        "signup_date": date(created),
        "archived_at": some(rfc3339(place.updated), archived),
        "created_at": rfc3339(created),
        "updated_at": place.updated_at(),
    })
}

/// Something that a customer did.
pub fn event(place: &Place<'_>, rng: &mut Rng) -> Value {
    let customer = rng.below(place.sizes.customers) + 1;
    let kind = rng.pick(&["page_view", "sign_in", "order_placed", "payment_failed", "file_uploaded"]);
    let path = rng.pick(&["/", "/preise", "/über-uns", "/checkout", "/docs/api?tab=1"]);
    let duration = rng.below(90_000);
    json!({
        "id": rng.uuid(),
        "sequence": place.number(),
        "trace_id": snowflake(place.index, rng),
        "type": kind,
        "customer_id": customer,
        "user": {
            "id": customer,
            "name": customer_name(place.seed, customer - 1),
            "email": format!("customer{customer}@example.com"),
        },
        "properties": {"path": path, "duration_ms": duration, "mobile": rng.chance(45)},
        "ip": format!("192.0.2.{}", rng.below(254) + 1),
        "labels": tags(rng),
        "amount": if kind == "order_placed" { Value::String(money(rng.below(90_000))) } else { Value::Null },
        "score": price(rng.below(101)),
        "success": kind != "payment_failed",
        "url": format!("https://www.example.com{path}"),
        "occurred_on": date(place.updated),
        "revision": place.revision,
        "created_at": rfc3339(place.created(Collection::Events)),
        "updated_at": place.updated_at(),
    })
}

/// A question to the support.
pub fn ticket(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let customer = rng.below(place.sizes.customers) + 1;
    let created = place.created(Collection::Tickets);
    let closed = rng.chance(60);
    json!({
        "id": number,
        "uuid": rng.uuid(),
        "thread_id": snowflake(place.index, rng),
        "subject": rng.pick(SUBJECTS),
        "status": if closed { "closed" } else { rng.pick(&["open", "waiting"]) },
        "priority": rng.below(4) + 1 + u64::from(place.revision),
        "user": {
            "id": customer,
            "name": customer_name(place.seed, customer - 1),
            "email": format!("customer{customer}@example.com"),
        },
        "assignee": some(customer_name(place.seed, rng.below(20)), rng.chance(75)),
        "tags": tags(rng),
        "satisfaction": if closed { json!(price(rng.below(501))) } else { Value::Null },
        "has_attachments": rng.chance(20),
        "html_url": format!("https://www.example.com/tickets/{number}"),
        "due_on": date(created + 7 * 86_400),
        "closed_at": some(rfc3339(place.updated), closed),
        "created_at": rfc3339(created),
        "updated_at": place.updated_at(),
    })
}
