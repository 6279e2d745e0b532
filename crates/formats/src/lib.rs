//! Other people's files, one a format: in with a list of losses, out without secrets.
//!
//! `recognise(text: &str) -> Recognised` tells what was pasted from its content:
//! `Recognised::Url(RequestDraft)`, `Recognised::Curl(RequestDraft)`, `Recognised::Definition`, `Recognised::Unknown(Problem)`.
