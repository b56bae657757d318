//! Personal details that people write into a comment although nobody asked: e-mail addresses, card
//! numbers, bank account numbers and telephone numbers. They are taken out before a comment is kept.
//!
//! The browser does the same before it sends one (`www/personal.js`); both are held to the cases in
//! `tests/files/personal.json`. Rather too little than too much: order numbers, dates and prices are
//! what a comment is about.

use std::borrow::Cow;

/// The zeros of the digits that people type: Latin, Arabic, Persian, Devanagari, Thai, full width.
const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{ff10}'];

/// How telephone numbers without a leading 0 or + are grouped: North America, Russia, India.
const PHONE_GROUPS: [&[usize]; 4] = [&[3, 3, 4], &[1, 3, 3, 4], &[1, 3, 3, 2, 2], &[5, 5]];
/// More groups than that are a list of numbers.
const GROUPS_MAX: usize = 10;
/// How dates are grouped.
const DATE_GROUPS: [&[usize]; 2] = [&[2, 2, 4], &[4, 2, 2]];

/// The longest bank account number, in characters.
const ACCOUNT_CHARS_MAX: usize = 34;

/// What was found: where it ends, and what stands in its place, which is never longer; `None` when
/// it is kept as it is.
type Found = (usize, Option<&'static str>);

/// `text` with every personal detail replaced by `[mail]`, `[card]`, `[iban]` or `[phone]`.
///
/// Card numbers are told from other long numbers by their check digit (Luhn, ISO/IEC 7812-1), bank
/// accounts by theirs (ISO 13616, remainder 1 of 97).
///
/// ```
/// use survey::without_personal_details;
/// let kept = without_personal_details("Order 4711 is late, call +49 171 1234567");
/// assert_eq!(kept, "Order 4711 is late, call [phone]");
/// assert_eq!(without_personal_details("Ask jo@shop.example."), "Ask [mail].");
/// ```
#[must_use]
pub fn without_personal_details(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let (mut idx, mut is_changed) = (0, false);
    while idx < chars.len() {
        let begins = idx == 0 || !is_word(chars[idx - 1]);
        let found = begins.then(|| {
            mail(&chars, idx).or_else(|| iban(&chars, idx)).or_else(|| number(&chars, idx))
        });
        match found.flatten() {
            Some((end, name)) => {
                match name {
                    Some(name) => kept.push_str(name),
                    None => kept.extend(&chars[idx..end]),
                }
                is_changed |= name.is_some();
                idx = end;
            }
            None => {
                kept.push(chars[idx]);
                idx += 1;
            }
        }
    }
    if is_changed { Cow::Owned(kept) } else { Cow::Borrowed(text) }
}

/// The value of a digit of any of the scripts.
fn digit(c: char) -> Option<u32> {
    let value = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10);
    ZEROS.into_iter().find_map(value)
}

/// What a word or number goes on with. Letters of other scripts stand beside an address without
/// a space.
fn is_word(c: char) -> bool {
    c.is_ascii_alphabetic() || digit(c).is_some()
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn is_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

/// How many characters from `start` on satisfy `holds`.
fn run(chars: &[char], start: usize, holds: fn(char) -> bool) -> usize {
    chars[start..].iter().take_while(|c| holds(**c)).count()
}

/// An address such as `jo@shop.example` at `start`.
fn mail(chars: &[char], start: usize) -> Option<Found> {
    let at = start + run(chars, start, is_local);
    if at == start || chars.get(at) != Some(&'@') {
        return None;
    }
    let mut end = at + 1 + run(chars, at + 1, is_domain);
    while matches!(chars[end - 1], '.' | '-') {
        end -= 1;
    }
    let domain = &chars[at + 1..end];
    let dot = domain.iter().rposition(|c| *c == '.')?;
    let is_name = dot > 0 && domain.len() - dot > 2;
    is_name.then_some((end, Some("[mail]")))
}

/// A bank account such as `DE89 3704 0044 0532 0130 00` at `start`.
fn iban(chars: &[char], start: usize) -> Option<Found> {
    let head = chars.get(start..start + 4)?;
    let is_head = head[..2].iter().all(char::is_ascii_alphabetic)
        && head[2..].iter().all(char::is_ascii_digit);
    if !is_head {
        return None;
    }
    // Groups are divided by single spaces; the longest number with the right check digits is it.
    let (mut end, mut best) = (start, None);
    let mut account: Vec<char> = Vec::new();
    loop {
        let n = run(chars, end, |c| c.is_ascii_alphanumeric());
        account.extend(&chars[end..end + n]);
        end += n;
        if n == 0 || account.len() > ACCOUNT_CHARS_MAX {
            return best.map(|end| (end, Some("[iban]")));
        }
        if account.len() >= 15 && remainder(&account) == 1 {
            best = Some(end);
        }
        if chars.get(end) != Some(&' ') {
            return best.map(|end| (end, Some("[iban]")));
        }
        end += 1;
    }
}

/// The remainder of 97 of an account number, its first four characters at the end and every letter
/// as two digits.
fn remainder(account: &[char]) -> u32 {
    let value = |c: &char| c.to_digit(36).unwrap_or_default();
    let turned = account[4..].iter().chain(&account[..4]);
    turned.map(value).fold(0, |sum, v| (sum * if v > 9 { 100 } else { 10 } + v) % 97)
}

/// A card's or telephone's number at `start`.
fn number(chars: &[char], start: usize) -> Option<Found> {
    let mut idx = start;
    let has_plus = chars[idx] == '+';
    idx += usize::from(has_plus);
    let has_bracket = chars.get(idx) == Some(&'(');
    idx += usize::from(has_bracket);
    let (mut digits, mut groups) = (Vec::new(), Vec::new());
    let (mut end, mut is_plain) = (idx, !has_plus && !has_bracket);
    loop {
        let before = digits.len();
        digits.extend(chars[idx..].iter().map_while(|c| digit(*c)));
        let n = digits.len() - before;
        if n == 0 {
            break;
        }
        groups.push(n);
        end = idx + n;
        let gap = run(chars, end, |c| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/'));
        let is_next =
            (1..=2).contains(&gap) && chars.get(end + gap).is_some_and(|c| digit(*c).is_some());
        if !is_next {
            break;
        }
        is_plain &= chars[end..end + gap].iter().all(|c| matches!(c, ' ' | '-'));
        idx = end + gap;
    }
    if digits.is_empty() {
        return None;
    }
    // As a whole: a part of it means nothing.
    let kept = Some((end, None));
    if groups.len() > GROUPS_MAX || chars.get(end).is_some_and(char::is_ascii_alphabetic) {
        return kept;
    }
    if is_plain && is_card(&digits) {
        return Some((end, Some("[card]")));
    }
    // A number that hangs on something is the number of that: #4711, A-4711.
    let hangs = start > 0 && matches!(chars[start - 1], '-' | '#' | '_' | '№');
    let is_date = DATE_GROUPS.iter().any(|date| groups.starts_with(date));
    let n = digits.len();
    let is_phone = if has_plus || digits.starts_with(&[0, 0]) {
        (8..=17).contains(&n)
    } else if has_bracket {
        (8..=15).contains(&n)
    } else if digits.first() == Some(&0) {
        (9..=12).contains(&n)
    } else {
        let is_chinese_mobile = n == 11 && digits[0] == 1 && digits[1] >= 3;
        is_chinese_mobile || PHONE_GROUPS.contains(&groups.as_slice())
    };
    if is_phone && !hangs && !is_date { Some((end, Some("[phone]"))) } else { kept }
}

/// Whether a number may be a card's: its first digit, its length and its check digit.
fn is_card(digits: &[u32]) -> bool {
    let doubled = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(idx, d)| if idx % 2 == 1 { doubled(*d) } else { *d })
        .sum();
    (13..=19).contains(&digits.len()) && (2..=6).contains(&digits[0]) && sum.is_multiple_of(10)
}
