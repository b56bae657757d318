//! Spanish.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Enviar",
    skip: "Omitir",
    close: "Cerrar",
    retry: "Reintentar",
    notice: "Su puntuación se envía al elegirla; lo demás, al pulsar «Enviar».",
    personal: "Los datos de contacto, tarjetas y cuentas se eliminan antes de enviar.",
    choose: "Elija primero una puntuación.",
    sending: "Enviando…",
    retrying: "No se ha podido enviar. Reintentando…",
    sent: "Enviado. ¡Gracias!",
    failed: "Su respuesta aún no se ha podido enviar. No se ha perdido nada: sigue aquí.",
    refused: "No se ha podido aceptar su respuesta. Lo que ha escrito sigue aquí.",
    other: "Otra cosa",
    score_few: "{n} de las {needed} respuestas necesarias para mostrar una puntuación",
    score_answers: "Respuestas: {n}",
    score_interval: "de {low} a {high}, con una confianza del {confidence}",
};
