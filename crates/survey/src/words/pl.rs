//! Polish.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Wyślij",
    skip: "Pomiń",
    close: "Zamknij",
    retry: "Spróbuj ponownie",
    notice: "Ocena jest wysyłana po jej wybraniu, reszta po naciśnięciu „Wyślij”.",
    personal: "Dane kontaktowe oraz numery kart i kont są usuwane przed wysłaniem.",
    choose: "Proszę najpierw wybrać ocenę.",
    sending: "Wysyłanie…",
    retrying: "Nie udało się wysłać. Kolejna próba…",
    sent: "Wysłano. Dziękujemy!",
    failed: "Odpowiedzi nie udało się jeszcze wysłać. Nic nie przepadło: nadal tu jest.",
    refused: "Odpowiedź nie mogła zostać przyjęta. Wpisana treść nadal tu jest.",
    other: "Coś innego",
    score_few: "{n} z {needed} odpowiedzi potrzebnych do wyniku",
    score_answers: "Odpowiedzi: {n}",
    score_interval: "od {low} do {high} przy poziomie ufności {confidence}",
};
