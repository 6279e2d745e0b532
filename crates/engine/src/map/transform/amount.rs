//! `parse_number`: numbers as people write them, with group signs, currencies, percent and accounting parentheses.

use crate::map::value::Val;
use definition::model::{ParseNumberArgs, PercentAs};

/// The currencies whose codes stand beside amounts.
const CODES: &str = "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK DZD EGP EUR GBP GEL HKD HRK HUF IDR ILS INR IQD \
    ISK JOD JPY KES KRW KWD KZT LBP LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND \
    TRY TWD UAH USD UYU VND XAF XOF ZAR";
/// What stands for currencies in letters, in lower case.
const WORDS: [&str; 20] = [
    "kr", "kr.", "zł", "kč", "ft", "lei", "лв", "лв.", "fr.", "sfr.", "rs", "rs.", "rp", "rm", "руб", "руб.", "r$",
    "грн", "din.", "euro",
];
/// Signs between groups where none is said.
const GROUPS: [char; 8] = [',', '.', ' ', '\u{a0}', '\u{202f}', '\'', '’', '_'];
/// The most digits of a number that is read.
const LONGEST: usize = 1_000;

/// A number as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub negative: bool,
    /// Its digits, without zeros before them.
    pub whole: String,
    /// Those behind the decimal sign.
    pub part: String,
    /// What stood between its groups.
    pub group: Option<char>,
    pub money: bool,
    pub percent: bool,
    /// Whether it stood in parentheses, as negative amounts do in books.
    pub parentheses: bool,
}

impl Amount {
    /// Reads a number with a decimal sign, and a group sign or any of the usual ones. `None`: it is none.
    pub fn read(text: &str, decimal: char, group: Option<char>) -> Option<Self> {
        let mut amount = Self::default();
        let mut text = text.trim();
        if let Some(inside) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            (amount.parentheses, amount.negative) = (true, true);
            text = inside.trim();
        }
        let mut signed = amount.parentheses;
        // A sign and a currency stand before or behind the digits, in either order.
        for _ in 0..3 {
            if !signed && let Some(rest) = text.strip_prefix(['-', '−', '+']) {
                (amount.negative, signed) = (!text.starts_with('+'), true);
                text = rest.trim_start();
            }
            if !signed && let Some(rest) = text.strip_suffix(['-', '−']) {
                (amount.negative, signed) = (true, true);
                text = rest.trim_end();
            }
            if !amount.percent
                && let Some(rest) = text.strip_suffix(['%', '٪'])
            {
                amount.percent = true;
                text = rest.trim_end();
            }
            let from = text.find(|c: char| c.is_ascii_digit())?;
            let to = text.rfind(|c: char| c.is_ascii_digit())? + 1;
            let before = text.get(..from)?.trim_end_matches(['-', '−', '+', decimal]).trim();
            let behind = text.get(to..)?.trim_start_matches(['-', '−', '%', '٪']).trim();
            if !amount.money && !before.is_empty() {
                amount.money = is_currency(before);
                text = text.strip_prefix(before).filter(|_| amount.money)?.trim_start();
            }
            if !amount.money && !behind.is_empty() && is_currency(behind) {
                amount.money = true;
                text = text.strip_suffix(behind)?.trim_end();
            }
        }
        amount.digits(text, decimal, group).then_some(amount)
    }

    /// The digits with their group signs and decimal sign.
    fn digits(&mut self, text: &str, decimal: char, group: Option<char>) -> bool {
        let (whole, part) = text.split_once(decimal).unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > LONGEST || !is_digits(part) || (whole.is_empty() && part.is_empty()) {
            return false;
        }
        let ends = text.ends_with(decimal);
        let may = |sign: char| sign != decimal && group.map_or(GROUPS.contains(&sign), |group| same(group, sign));
        let sign = whole.chars().find(|c| !c.is_ascii_digit());
        if ends || sign.is_some_and(|sign| !may(sign)) {
            return false;
        }
        let groups: Vec<&str> = match sign {
            Some(sign) => whole.split(sign).collect(),
            None => vec![whole],
        };
        let count = groups.len();
        let right = groups.iter().enumerate().all(|(place, group)| {
            let long = match place {
                _ if count == 1 => true,
                0 => (1..=3).contains(&group.len()) && !group.starts_with('0'),
                // In India the groups before the last one have two digits.
                _ if place + 1 < count => group.len() == 3 || group.len() == 2,
                _ => group.len() == 3,
            };
            long && is_digits(group)
        });
        self.group = sign;
        self.whole = groups.concat().trim_start_matches('0').to_owned();
        self.part = part.to_owned();
        right
    }

    /// As a number of JSON, with every digit. A percentage as a fraction where that is wanted.
    pub fn text(&self, percent: PercentAs) -> String {
        let (mut whole, mut part) = (self.whole.clone(), self.part.clone());
        if self.percent && percent == PercentAs::Fraction {
            let padded = format!("{whole:0>2}");
            let (front, back) = padded.split_at(padded.len() - 2);
            part = format!("{back}{part}");
            whole = front.trim_start_matches('0').to_owned();
        }
        let sign = if self.negative && (whole.len() + part.trim_matches('0').len()) > 0 { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }
}

/// Whether two signs are the same: a space of any width is a space, an apostrophe of any look is one.
fn same(one: char, other: char) -> bool {
    let plain = |sign: char| match sign {
        '\u{a0}' | '\u{202f}' => ' ',
        '’' => '\'',
        sign => sign,
    };
    plain(one) == plain(other)
}

fn is_currency(text: &str) -> bool {
    let sign =
        |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '฿' | '¢' | '\u{20a0}'..='\u{20cf}' | '￥' | '元' | '円');
    let letters = text.trim_end_matches(sign).trim();
    let short = letters.len() <= 3 && letters.chars().all(|c| c.is_ascii_uppercase());
    match letters.len() < text.len() {
        // `$`, `US$`, `CAD $`.
        true => letters.is_empty() || short,
        false => CODES.split_whitespace().any(|code| code == text) || WORDS.contains(&text.to_lowercase().as_str()),
    }
}

/// Reads a value. A number stays as it is, an empty text is null.
pub(super) fn parse(value: &Val<'_>, args: &ParseNumberArgs) -> Result<Val<'static>, String> {
    let text = match value {
        Val::Number(_) => return Ok(value.clone().into_owned()),
        Val::Text(text) => text.trim(),
        other => return Err(format!("is {}, not text", other.kind())),
    };
    if text.is_empty() {
        return Ok(Val::Null);
    }
    let first = |text: &str| text.chars().next();
    let decimal = args.decimal.as_deref().and_then(first).unwrap_or('.');
    let group = args.group.as_deref().and_then(first);
    let amount = Amount::read(text, decimal, group);
    let amount = amount.ok_or_else(|| format!("is no number with `{decimal}` before its decimals"))?;
    Ok(Val::Number(amount.text(args.percent).into()))
}

#[cfg(test)]
mod tests {
    use super::{Amount, PercentAs};

    #[test]
    fn reads_numbers_as_they_are_written() {
        let cases = [
            ("1,234.50", '.', Some("1234.50")),
            ("1.234,50", ',', Some("1234.50")),
            ("1.234,50", '.', None),
            ("1 234,5", ',', Some("1234.5")),
            ("1\u{202f}234\u{a0}567,5", ',', None),
            ("1\u{202f}234\u{202f}567,5", ',', Some("1234567.5")),
            ("1'234.50", '.', Some("1234.50")),
            ("12,34,567.8", '.', Some("1234567.8")),
            ("12,5", '.', None),
            ("1,23", '.', None),
            ("0,123", '.', None),
            ("$1,234.50", '.', Some("1234.50")),
            ("-$5", '.', Some("-5")),
            ("$-5.00", '.', Some("-5.00")),
            ("US$ 7", '.', Some("7")),
            ("1.234,50 €", ',', Some("1234.50")),
            ("EUR 12", '.', Some("12")),
            ("12 kr", ',', Some("12")),
            ("(1,234.00)", '.', Some("-1234.00")),
            ("($3)", '.', Some("-3")),
            ("5-", '.', Some("-5")),
            ("−7", '.', Some("-7")),
            ("+7", '.', Some("7")),
            ("0.00-", '.', Some("0.00")),
            ("12.5 %", '.', Some("12.5")),
            (".5", '.', Some("0.5")),
            ("$.50", '.', Some("0.50")),
            ("007", '.', Some("7")),
            ("INV 12", '.', None),
            ("12 kg", '.', None),
            ("1.2.3", '.', None),
            ("1,234,56", '.', None),
            ("5.", '.', None),
            ("--5", '.', None),
            ("$", '.', None),
            ("", '.', None),
            ("1e5", '.', None),
            ("10:30", '.', None),
            ("(206) 555", '.', None),
        ];
        for (text, decimal, wanted) in cases {
            let got = Amount::read(text, decimal, None).map(|amount| amount.text(PercentAs::Points));
            assert_eq!(got.as_deref(), wanted, "{text}");
        }
        let cases = [("12.5%", "0.125"), ("5%", "0.05"), ("-250 %", "-2.50"), ("0%", "0.00"), ("0.5%", "0.005")];
        for (text, wanted) in cases {
            assert_eq!(Amount::read(text, '.', None).unwrap().text(PercentAs::Fraction), wanted, "{text}");
        }
        assert!(Amount::read("1 234", '.', Some(',')).is_none());
        assert!(Amount::read("1\u{a0}234", '.', Some(' ')).is_some());
    }

    proptest::proptest! {
        #[test]
        fn anything_is_read_or_refused(text in "\\PC{0,20}", decimal in "[.,]") {
            if let Some(amount) = Amount::read(&text, decimal.chars().next().unwrap(), None) {
                let number = amount.text(PercentAs::Fraction);
                proptest::prop_assert!(number.parse::<f64>().is_ok(), "{text} {number}");
            }
        }

        #[test]
        fn groups_do_not_change_a_number(value in 0_u64..1_000_000_000_000, part in 0_u32..100) {
            let digits = value.to_string();
            let mut grouped = String::new();
            for (place, digit) in digits.chars().enumerate() {
                if place > 0 && (digits.len() - place).is_multiple_of(3) {
                    grouped.push('.');
                }
                grouped.push(digit);
            }
            let amount = Amount::read(&format!("{grouped},{part:02} €"), ',', None).unwrap();
            proptest::prop_assert_eq!(amount.text(PercentAs::Points), format!("{value}.{part:02}"));
        }
    }
}
