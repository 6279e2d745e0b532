//! Encodings of text: base64, hexadecimal digits, URLs, JSON.

use super::{both, derived, text_of, within};
use crate::expr::sandbox::to_template;
use crate::expr::values::bad;
use crate::http::Redactor;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine};
use minijinja::{Environment, Error, Value};

/// Takes base64 with and without padding.
const LENIENT: GeneralPurposeConfig =
    engine::GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

pub(super) fn register(environment: &mut Environment<'static>, redactor: &Redactor) {
    type Make = fn(&str) -> Result<String, Error>;
    let makers: [(&str, Make); 10] = [
        ("base64encode", |text| Ok(STANDARD.encode(text))),
        ("b64encode", |text| Ok(STANDARD.encode(text))),
        ("base64url", |text| Ok(URL_SAFE_NO_PAD.encode(text))),
        ("base64decode", base64decode),
        ("b64decode", base64decode),
        ("base64binascii_decode", base64decode),
        ("hexencode", |text| Ok(hex::encode(text))),
        ("hexdecode", hexdecode),
        ("urldecode", |text| {
            let pair = format!("={}", text.replace('&', "%26").replace('=', "%3D"));
            Ok(url::form_urlencoded::parse(pair.as_bytes())
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default())
        }),
        ("sanitize_url", |text| Ok(url::form_urlencoded::byte_serialize(text.as_bytes()).collect())),
    ];
    for (name, make) in makers {
        let redactor = redactor.clone();
        both(environment, name, move |value: &Value| {
            let text = text_of(value)?;
            let made = within(make(&text)?)?;
            derived(&redactor, &[&text], &made);
            Ok::<_, Error>(made)
        });
    }
    for name in ["fromjson", "json_loads"] {
        both(environment, name, |text: &str| {
            let value: serde_json::Value = serde_json::from_str(text).map_err(|_| bad("the text is not JSON"))?;
            Ok::<_, Error>(to_template(&value))
        });
    }
}

fn base64decode(text: &str) -> Result<String, Error> {
    let text: String = text.split_whitespace().collect();
    let alphabet = if text.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let bytes = GeneralPurpose::new(alphabet, LENIENT).decode(text).map_err(|_| bad("the text is not base64"))?;
    String::from_utf8(bytes).map_err(|_| bad("what was in base64 is not text"))
}

fn hexdecode(text: &str) -> Result<String, Error> {
    let bytes = hex::decode(text.trim()).map_err(|_| bad("the text is not hexadecimal digits"))?;
    String::from_utf8(bytes).map_err(|_| bad("what was in hexadecimal digits is not text"))
}
