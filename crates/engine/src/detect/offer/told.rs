//! Offers in words, for the command line.

use super::{Offer, OfferPlace, OfferWay};

impl Offer {
    /// What stays fixed, in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { value, noun, stream, .. } = self;
        match (self.place, noun.is_empty(), self.itself) {
            (OfferPlace::Path, false, true) => format!("`{value}` in the path is one {noun}: only this one is read."),
            (OfferPlace::Path | OfferPlace::Base, false, _) => {
                let place = if self.place == OfferPlace::Base { "base URL" } else { "path" };
                let are = if stream.ends_with('s') { "are" } else { "is" };
                format!("`{value}` in the {place} is one {noun}: only its {stream} {are} read.")
            }
            (OfferPlace::Query, false, _) => {
                let name = self.parameter.as_deref().unwrap_or_default();
                format!("`{name}={value}` keeps to one {noun}.")
            }
            (OfferPlace::Query, true, _) => {
                let name = self.parameter.as_deref().unwrap_or_default();
                format!("`{name}={value}` is the same in every run.")
            }
            (OfferPlace::Start, ..) => {
                format!("Reading starts at `{value}`, as in the URL, for everyone who uses the file.")
            }
            (OfferPlace::Path, true, _) => format!("`{value}` in the path is the same in every run."),
            (OfferPlace::Base, true, _) => format!("`{value}` in the base URL is the same in every run."),
        }
    }

    /// What a way does, in words.
    #[must_use]
    pub fn told(&self, way: &OfferWay) -> String {
        match way {
            OfferWay::Parent { stream, exists: true, .. } => format!("reads it for each record of `{stream}`"),
            OfferWay::Parent { stream, path, .. } => {
                format!("reads it for every {}: adds the stream `{stream}` ({path})", self.noun)
            }
            OfferWay::Input => format!("makes it an input that everyone fills in, {} by default", self.value),
            OfferWay::Now => "ends each read at the time of its run".to_owned(),
            OfferWay::Start { cursor, until: None } => {
                format!("starts there, then reads only what is new by `{cursor}`; the start is an input")
            }
            OfferWay::Start { cursor, until: Some(until) } => {
                format!(
                    "starts there, then reads only what is new by `{cursor}`, and `{until}` is the time of the run; the \
                     start is an input"
                )
            }
        }
    }
}
