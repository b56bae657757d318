//! Turkish.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Gönder",
    skip: "Atla",
    close: "Kapat",
    retry: "Yeniden dene",
    notice: "Puanınız seçtiğiniz anda, geri kalanı “Gönder”e bastığınızda gönderilir.",
    personal: "İletişim, kart ve hesap bilgileri gönderilmeden önce çıkarılır.",
    choose: "Lütfen önce bir puan seçin.",
    sending: "Gönderiliyor…",
    retrying: "Gönderilemedi. Yeniden deneniyor…",
    sent: "Gönderildi. Teşekkür ederiz!",
    failed: "Yanıtınız henüz gönderilemedi. Hiçbir şey kaybolmadı: yanıtınız hâlâ burada.",
    refused: "Yanıtınız kabul edilemedi. Yazdıklarınız hâlâ burada.",
    other: "Başka bir şey",
    score_few: "Puan için gereken {needed} yanıttan {n} tanesi alındı",
    score_answers: "Yanıt sayısı: {n}",
    score_interval: "{confidence} güven düzeyinde {low} ile {high} arası",
};
