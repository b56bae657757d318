//! Brazilian Portuguese.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Enviar",
    skip: "Pular",
    close: "Fechar",
    retry: "Tentar novamente",
    notice: "Sua nota é enviada assim que você a escolhe; o restante, quando você toca em “Enviar”.",
    personal: "Dados de contato, cartões e contas são removidos antes do envio.",
    choose: "Escolha primeiro uma nota.",
    sending: "Enviando…",
    retrying: "Não foi possível enviar. Tentando novamente…",
    sent: "Enviado. Obrigado!",
    failed: "Ainda não foi possível enviar sua resposta. Nada se perdeu: ela continua aqui.",
    refused: "Sua resposta não pôde ser aceita. O que você escreveu continua aqui.",
    other: "Outra coisa",
    score_few: "{n} de {needed} respostas necessárias para uma nota",
    score_answers: "Respostas: {n}",
    score_interval: "de {low} a {high}, com {confidence} de confiança",
};
