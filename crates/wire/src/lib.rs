//! The JSON that travels, and its versions.
