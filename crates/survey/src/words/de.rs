//! German.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Senden",
    skip: "Überspringen",
    close: "Schließen",
    retry: "Erneut versuchen",
    notice: "Ihre Bewertung wird gesendet, sobald Sie sie wählen, der Rest, wenn Sie auf „Senden“ tippen.",
    personal: "Kontakt-, Karten- und Kontodaten werden vor dem Senden entfernt.",
    choose: "Bitte wählen Sie zuerst eine Bewertung.",
    sending: "Wird gesendet\u{a0}…",
    retrying: "Das hat nicht geklappt. Neuer Versuch\u{a0}…",
    sent: "Gesendet. Vielen Dank!",
    failed: "Ihre Antwort konnte noch nicht gesendet werden. Nichts ist verloren: Sie steht noch hier.",
    refused: "Ihre Antwort konnte nicht angenommen werden. Was Sie geschrieben haben, steht noch hier.",
    other: "Etwas anderes",
    score_few: "{n} von {needed} Antworten, die für einen Wert nötig sind",
    score_answers: "Antworten: {n}",
    score_interval: "{low} bis {high} bei {confidence} Konfidenz",
};
