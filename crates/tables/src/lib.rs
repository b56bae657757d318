//! Files in, typed columns and counts out.
