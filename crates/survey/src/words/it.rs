//! Italian.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Invia",
    skip: "Salta",
    close: "Chiudi",
    retry: "Riprova",
    notice: "Il voto viene inviato appena scelto, il resto quando si preme «Invia».",
    personal: "I dati di contatto, di carte e di conti vengono rimossi prima dell’invio.",
    choose: "Occorre prima scegliere un voto.",
    sending: "Invio in corso…",
    retrying: "Invio non riuscito. Nuovo tentativo…",
    sent: "Inviato. Grazie!",
    failed: "Non è stato ancora possibile inviare la risposta. Nulla è andato perso: è ancora qui.",
    refused: "La risposta non è stata accettata. Quanto scritto è ancora qui.",
    other: "Altro",
    score_few: "{n} risposte su {needed} necessarie per un punteggio",
    score_answers: "Risposte: {n}",
    score_interval: "da {low} a {high}, confidenza {confidence}",
};
