//! The definition file from outside: text in, faults or a definition out, text back.

mod round_trip;
