//! Orders, products, invoices and shipments.

use super::people::{address, customer_name};
use super::words::{COLOURS, PRODUCTS};
use super::{Collection, Place, date, money, price, rfc3339, snowflake};
use crate::rng::Rng;
use serde_json::{Value, json};

fn line(place: &Place<'_>, rng: &mut Rng) -> (Value, u64) {
    let product = rng.below(place.sizes.products) + 1;
    let quantity = rng.below(5) + 1;
    let cents = 199 + rng.below(30_000);
    let line = json!({"product_id": product, "sku": format!("SKU-{product:05}"), "quantity": quantity, "unit_price": money(cents)});
    (line, cents * quantity)
}

fn lines(place: &Place<'_>, rng: &mut Rng) -> (Vec<Value>, u64) {
    let made: Vec<(Value, u64)> = (0..rng.below(3) + 1).map(|_| line(place, rng)).collect();
    let total = made.iter().map(|(_, cents)| cents).sum();
    (made.into_iter().map(|(line, _)| line).collect(), total)
}

/// An order.
pub fn order(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let customer = rng.below(place.sizes.customers) + 1;
    let (lines, cents) = lines(place, rng);
    let created = place.created(Collection::Orders);
    let coupon = if rng.chance(15) { json!(rng.pick(&["WELCOME10", "ÉTÉ-25", "FRIENDS"])) } else { Value::Null };
    json!({
        "id": number,
        "number": format!("ORD-{number:07}"),
        "uuid": rng.uuid(),
        "payment_ref": snowflake(place.index, rng),
        "customer": {
            "id": customer,
            "name": customer_name(place.seed, customer - 1),
            "email": format!("customer{customer}@example.com"),
        },
        "status": rng.pick(&["new", "paid", "shipped", "delivered", "cancelled"]),
        "currency": rng.pick(&["EUR", "USD", "JPY"]),
        "total": money(cents),
        "tax": price(cents / 5),
        "lines": lines,
        "shipping_address": address(rng),
        "coupon": coupon,
        "gift": rng.chance(8),
        "tracking_url": format!("https://www.example.com/track/{number}"),
        "ordered_on": date(created),
        "edits": place.revision,
        "created_at": rfc3339(created),
        "updated_at": place.updated_at(),
    })
}

/// A product.
pub fn product(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let colour = rng.pick(COLOURS);
    let name = rng.pick(PRODUCTS);
    let cents = 199 + rng.below(30_000);
    json!({
        "id": number,
        "sku": format!("SKU-{number:05}"),
        "uuid": rng.uuid(),
        "ean": 4_000_000_000_000_u64 + rng.below(999_999_999_999),
        "name": format!("{name}, {colour}"),
        "price": price(cents),
        "list_price": money(cents + 500),
        "category": {"id": rng.below(8) + 1, "name": rng.pick(&["Küche", "Office", "Outdoor", "Fête"])},
        "tags": [colour],
        "in_stock": rng.chance(85),
        "stock": rng.below(500) + u64::from(place.revision),
        "weight_kg": if rng.chance(80) { json!(price(rng.below(4000))) } else { Value::Null },
        "dimensions": {"width": rng.below(200), "height": rng.below(200), "depth": rng.below(100)},
        "image_url": format!("https://www.example.com/images/{number}.png"),
        "released_on": date(place.created(Collection::Products)),
        "created_at": rfc3339(place.created(Collection::Products)),
        "updated_at": place.updated_at(),
    })
}

/// An invoice.
pub fn invoice(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let customer = rng.below(place.sizes.customers) + 1;
    let (lines, cents) = lines(place, rng);
    let issued = place.created(Collection::Invoices);
    let paid = rng.chance(70);
    json!({
        "id": format!("inv_{number:06}"),
        "number": number,
        "uuid": rng.uuid(),
        "ledger_id": snowflake(place.index, rng),
        "customer": {"id": customer, "name": customer_name(place.seed, customer - 1)},
        "currency": "EUR",
        "amount_due": money(cents),
        "amount_paid": if paid { price(cents) } else { 0.0 },
        "lines": lines,
        "paid": paid,
        "memo": if rng.chance(10) { json!("Bitte bis Ende des Monats überweisen") } else { Value::Null },
        "pdf_url": format!("https://www.example.com/invoices/{number}.pdf"),
        "issued_on": date(issued),
        "due_on": date(issued + 14 * 86_400),
        "reminders": place.revision,
        "created_at": rfc3339(issued),
        "updated_at": place.updated_at(),
    })
}

/// A shipment. Its `reference` is a number in some records and a text in others, as happens.
pub fn shipment(place: &Place<'_>, rng: &mut Rng) -> Value {
    let number = place.number();
    let order = rng.below(place.sizes.orders) + 1;
    let delivered = rng.chance(65);
    let reference = rng.below(100_000);
    json!({
        "shipment_id": number,
        "uuid": rng.uuid(),
        "barcode": snowflake(place.index, rng),
        "order_id": order,
        "carrier": rng.pick(&["DHL", "Correos", "日本郵便", "La Poste"]),
        "reference": if rng.chance(80) { json!(reference) } else { json!(format!("R-{reference}")) },
        "destination": address(rng),
        "parcels": [{"weight_kg": price(rng.below(3000)), "fragile": rng.chance(10)}],
        "cost": money(rng.below(9000)),
        "insured": rng.chance(30),
        "signature": null,
        "label_url": format!("https://www.example.com/labels/{number}"),
        "scans": place.revision,
        "shipped_on": date(place.created(Collection::Shipments)),
        "delivered_at": if delivered { json!(rfc3339(place.updated)) } else { Value::Null },
        "created_at": rfc3339(place.created(Collection::Shipments)),
        "updated_at": place.updated_at(),
    })
}
