//! What the whole-product tests stand on: the built programs and a WebDriver client for the real window.

mod programs;
mod webdriver;
mod window;

pub use programs::{artifacts, program};
pub use webdriver::{Element, Session, WebDriverError};
pub use window::{AppWindow, WindowOptions};
