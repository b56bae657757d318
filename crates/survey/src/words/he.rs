//! Hebrew.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "שליחה",
    skip: "דילוג",
    close: "סגירה",
    retry: "ניסיון נוסף",
    notice: "הציון נשלח ברגע הבחירה, והשאר בלחיצה על „שליחה”.",
    personal: "פרטי קשר, כרטיסים וחשבונות מוסרים לפני השליחה.",
    choose: "יש לבחור תחילה ציון.",
    sending: "שולחים…",
    retrying: "השליחה לא הצליחה. מנסים שוב…",
    sent: "נשלח. תודה!",
    failed: "התשובה עדיין לא נשלחה. דבר לא אבד: היא עדיין כאן.",
    refused: "התשובה לא התקבלה. מה שכתבת עדיין כאן.",
    other: "משהו אחר",
    score_few: "{n} מתוך {needed} תשובות הדרושות להצגת ציון",
    score_answers: "תשובות: {n}",
    score_interval: "{low} עד {high} ברמת ביטחון של {confidence}",
};
