//! The server: routes, store, live stream, pages.
