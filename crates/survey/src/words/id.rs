//! Indonesian.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Kirim",
    skip: "Lewati",
    close: "Tutup",
    retry: "Coba lagi",
    notice: "Nilai Anda dikirim saat Anda memilihnya, sisanya saat Anda menekan “Kirim”.",
    personal: "Data kontak, kartu, dan rekening dihapus sebelum dikirim.",
    choose: "Silakan pilih nilai terlebih dahulu.",
    sending: "Mengirim…",
    retrying: "Belum terkirim. Mencoba lagi…",
    sent: "Terkirim. Terima kasih!",
    failed: "Jawaban Anda belum dapat dikirim. Tidak ada yang hilang: jawaban masih ada di sini.",
    refused: "Jawaban Anda tidak dapat diterima. Yang Anda tulis masih ada di sini.",
    other: "Lainnya",
    score_few: "{n} dari {needed} jawaban yang diperlukan untuk sebuah skor",
    score_answers: "Jawaban: {n}",
    score_interval: "{low} hingga {high} dengan tingkat kepercayaan {confidence}",
};
