//! A page as lines.

use crate::Outcome;
use crate::record::{Flat, Needed, Page, Twelve};
use sonic_rs::JsonValueTrait;

/// Writes a page's records as lines; gives the next page's cursor.
type Work = fn(&[u8], &mut Vec<u8>) -> Outcome<Option<String>>;

pub fn of(name: &str) -> Option<Work> {
    Some(match name {
        "text" => text,
        "raw" => raw,
        "splice" => splice,
        "mapped" => mapped,
        _ => return None,
    })
}

fn text(body: &[u8], out: &mut Vec<u8>) -> Outcome<Option<String>> {
    let mut next = None;
    for member in sonic_rs::to_object_iter(body) {
        let (name, value) = member?;
        if &*name == "data" {
            for record in sonic_rs::to_array_iter(value.as_raw_str()) {
                out.extend_from_slice(record?.as_raw_str().as_bytes());
                out.push(b'\n');
            }
        } else if &*name == "next_cursor" {
            next = value.as_str().map(str::to_owned);
        }
    }
    Ok(next)
}

fn raw(body: &[u8], out: &mut Vec<u8>) -> Outcome<Option<String>> {
    let page: Page = serde_json::from_slice(body)?;
    for record in page.data {
        out.extend_from_slice(record.get().as_bytes());
        out.push(b'\n');
    }
    Ok(page.next_cursor)
}

fn splice(body: &[u8], out: &mut Vec<u8>) -> Outcome<Option<String>> {
    let page: Page = serde_json::from_slice(body)?;
    let mut greatest = "";
    for record in page.data {
        let text = record.get();
        let needed: Needed = serde_json::from_str(text)?;
        if needed.quantity <= 0 {
            continue;
        }
        greatest = greatest.max(needed.updated_at);
        out.extend_from_slice(&text.as_bytes()[..text.len() - 1]);
        out.extend_from_slice(b",\"customer_id\":");
        out.extend_from_slice(needed.customer.id.get().as_bytes());
        out.extend_from_slice(b",\"source\":\"bench\"}\n");
    }
    std::hint::black_box(greatest);
    Ok(page.next_cursor)
}

fn mapped(body: &[u8], out: &mut Vec<u8>) -> Outcome<Option<String>> {
    let page: Page = serde_json::from_slice(body)?;
    for record in page.data {
        let fields: Twelve = serde_json::from_str(record.get())?;
        serde_json::to_writer(&mut *out, &Flat::from(&fields))?;
        out.push(b'\n');
    }
    Ok(page.next_cursor)
}
