//! What a survey is and what a valid answer to it is.
