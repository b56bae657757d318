//! Dutch.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Versturen",
    skip: "Overslaan",
    close: "Sluiten",
    retry: "Opnieuw proberen",
    notice: "Uw score wordt verstuurd zodra u die kiest, de rest wanneer u op ‘Versturen’ drukt.",
    personal: "Contact-, kaart- en rekeninggegevens worden voor het verzenden verwijderd.",
    choose: "Kies eerst een score.",
    sending: "Wordt verstuurd…",
    retrying: "Dat is niet gelukt. Nieuwe poging…",
    sent: "Verstuurd. Dank u wel!",
    failed: "Uw antwoord kon nog niet worden verstuurd. Er is niets verloren: het staat hier nog.",
    refused: "Uw antwoord kon niet worden aangenomen. Wat u hebt geschreven, staat hier nog.",
    other: "Iets anders",
    score_few: "{n} van {needed} antwoorden die nodig zijn voor een score",
    score_answers: "Antwoorden: {n}",
    score_interval: "{low} tot {high} bij {confidence} betrouwbaarheid",
};
