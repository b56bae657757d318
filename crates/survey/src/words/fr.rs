//! French.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Envoyer",
    skip: "Passer",
    close: "Fermer",
    retry: "Réessayer",
    notice: "Votre note est envoyée dès que vous la choisissez, le reste lorsque vous appuyez sur «\u{a0}Envoyer\u{a0}».",
    personal: "Les coordonnées et les numéros de carte ou de compte sont retirés avant l’envoi.",
    choose: "Veuillez d’abord choisir une note.",
    sending: "Envoi en cours…",
    retrying: "L’envoi n’a pas abouti. Nouvel essai…",
    sent: "Envoyé. Merci\u{a0}!",
    failed: "Votre réponse n’a pas encore pu être envoyée. Rien n’est perdu\u{a0}: elle est toujours ici.",
    refused: "Votre réponse n’a pas pu être acceptée. Ce que vous avez écrit est toujours ici.",
    other: "Autre chose",
    score_few: "{n} réponses sur les {needed} nécessaires pour un score",
    score_answers: "Réponses\u{a0}: {n}",
    score_interval: "de {low} à {high}, confiance {confidence}",
};
