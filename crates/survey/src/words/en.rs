//! English.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Send",
    skip: "Skip",
    close: "Close",
    retry: "Try again",
    notice: "Your score is sent when you choose it, the rest when you press Send.",
    personal: "Contact, card and account details are removed before sending.",
    choose: "Please choose a score first.",
    sending: "Sending…",
    retrying: "That did not get through. Trying again…",
    sent: "Sent. Thank you.",
    failed: "Your answer could not be sent yet. Nothing is lost: it is still here.",
    refused: "Your answer could not be accepted. What you wrote is still here.",
    other: "Something else",
    score_few: "{n} of {needed} answers needed for a score",
    score_answers: "Answers: {n}",
    score_interval: "{low} to {high} at {confidence} confidence",
};
