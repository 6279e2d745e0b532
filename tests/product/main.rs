//! The whole product, as people meet it.

mod architecture;
mod window;
