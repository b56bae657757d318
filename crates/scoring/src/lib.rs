//! Counts in, scores out: CSAT, CES, NPS and how sure they are.
