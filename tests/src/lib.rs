//! End-to-end tests in real browsers; helpers live here, cases in `tests/cases`.
