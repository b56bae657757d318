//! The form as a pure machine: events in, effects and view out.
