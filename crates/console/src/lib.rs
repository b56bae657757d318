//! The console's shell in the browser.
