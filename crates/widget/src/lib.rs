//! The widget's shell in the browser.
