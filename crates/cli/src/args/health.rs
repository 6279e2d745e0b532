//! `check`, `describe`, `docs` and `metrics`.

use super::Values;
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// `check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all is well (or a warning, without --strict), 1 a warning with --strict, 3 credentials, \
                        4 network or rate limit, 5 the answer is not what the definition says."
)]
pub struct Check {
    /// A definition's file, or a connection's name
    pub target: String,
    /// Only this stream is read [default: the first page of each]
    #[arg(long, conflicts_with = "fast")]
    pub stream: Option<String>,
    /// How long it may take in all: 30s, 2m, 500ms
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub timeout: Duration,
    /// Only what is quick: reads no stream beyond what proves the credentials
    #[arg(long)]
    pub fast: bool,
    /// Ends with 1 on a warning
    #[arg(long)]
    pub strict: bool,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `metrics`.
#[derive(Debug, Args)]
pub struct Metrics {
    /// A connection's name [default: all]
    pub connection: Option<String>,
    /// How many of the latest runs, with --json
    #[arg(long, default_value_t = 20)]
    pub runs: u32,
    /// As Prometheus reads them
    #[arg(long, conflicts_with = "json")]
    pub prometheus: bool,
}

/// `describe`.
#[derive(Debug, Args)]
pub struct Describe {
    /// A definition's file, or a connector's or connection's name
    pub target: String,
}

/// `docs`.
#[derive(Debug, Args)]
pub struct Docs {
    /// A definition's file, or a connector's or connection's name
    pub target: String,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrites FILE
    #[arg(long)]
    pub force: bool,
}

/// A length of time: a number of seconds, or with `ms`, `s`, `m`, `h` behind it.
fn time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f64 = digits.trim().parse().map_err(|_| format!("`{text}` is no length of time: write 30s or 2m"))?;
    let seconds = match &text[digits.len()..] {
        "" | "s" => number,
        "ms" => number / 1000.0,
        "m" | "min" => number * 60.0,
        "h" => number * 3600.0,
        unit => return Err(format!("`{unit}` is no unit of time: use ms, s, m or h")),
    };
    let time = Duration::try_from_secs_f64(seconds).map_err(|_| format!("`{text}` is no length of time"))?;
    match time {
        _ if time < Duration::from_millis(100) => Err("less than 100ms is too short to tell anything".to_owned()),
        _ if time > Duration::from_secs(3600) => Err("more than an hour is no check any more".to_owned()),
        _ => Ok(time),
    }
}

#[cfg(test)]
mod tests {
    use super::time;
    use std::time::Duration;

    #[test]
    fn times_are_read_with_their_units() {
        for (text, ms) in [("30s", 30_000), ("2m", 120_000), ("500ms", 500), ("1.5", 1_500), ("1h", 3_600_000)] {
            assert_eq!(time(text), Ok(Duration::from_millis(ms)), "{text}");
        }
        for text in ["", "s", "-1s", "0", "1d", "NaN", "9999h", "1 0s"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
