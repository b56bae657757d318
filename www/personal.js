/*
 * Personal details that people write into a comment although nobody asked: e-mail addresses, card
 * numbers, bank account numbers and telephone numbers. They are taken out before anything is sent.
 *
 * Fetched when a comment is being written. The collector does the same with what others send; both
 * are held to the same cases. Must not live here: the form, sending.
 */

// The zeros of the digits that people type: Latin, Arabic, Persian, Devanagari, Thai, full width.
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xe50, 0xff10];
const DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19";

const MAIL = /^[\w.%+-]+@([a-z\d.-]*[a-z\d])/i;
const IBAN = /^[a-z]{2}\d{2}(?: ?[a-z\d])*/i;
const NUMBER = RegExp(`^\\+?\\(?[${DIGIT}]+(?:[ \\-.()/]{1,2}[${DIGIT}]+)*`);
const WORD = RegExp(`[a-zA-Z${DIGIT}]`);

const ACCOUNT_CHARS_MAX = 34;

// How telephone numbers without a leading 0 or + are grouped: North America, Russia, India.
const PHONE_GROUPS = ["3,3,4", "1,3,3,4", "1,3,3,2,2", "5,5"];
const GROUPS_MAX = 10; // more are a list of numbers
const DATE_GROUPS = /^(2,2,4|4,2,2)(,|$)/;

const valueOf = (digit) => {
  const code = digit.charCodeAt(0);
  return code - ZEROS.find((zero) => code >= zero && code < zero + 10);
};

const mail = (text) => {
  const [found, domain] = MAIL.exec(text) || [];
  return /.\.[^.]{2,}$/.test(domain) && [found, "[mail]"];
};

/** Whether the check digits are right (ISO 13616). */
const isAccount = (account) => {
  let rest = 0;
  for (const char of account.slice(4) + account.slice(0, 4)) {
    const value = parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};

const iban = (text) => {
  const groups = IBAN.exec(text)?.[0].split(" ", ACCOUNT_CHARS_MAX) || [];
  for (let n = groups.length; n > 0; n--) {
    const account = groups.slice(0, n).join("");
    if (account.length >= 15 && account.length <= ACCOUNT_CHARS_MAX && isAccount(account)) {
      return [groups.slice(0, n).join(" "), "[iban]"];
    }
  }
};

/** Whether it may be a card's: its first digit, its length and its check digit (ISO/IEC 7812-1). */
const isCard = (digits) => {
  let sum = 0;
  [...digits].reverse().forEach((digit, idx) => {
    const value = idx % 2 ? digit * 2 : +digit;
    sum += value > 9 ? value - 9 : value;
  });
  return /^[2-6]\d{12,18}$/.test(digits) && sum % 10 === 0;
};

const number = (text, before) => {
  const [found] = NUMBER.exec(text) || [];
  if (!found) return;
  const kept = [found, found]; // as a whole: a part of it means nothing
  if (/[a-z]/i.test(text[found.length] || "")) return kept;
  const lists = found.match(RegExp(`[${DIGIT}]+`, "g"));
  if (lists.length > GROUPS_MAX) return kept;
  const digits = lists.map((list) => Array.from(list, valueOf).join("")).join("");
  if (!/[+.()/]/.test(found) && isCard(digits)) return [found, "[card]"];
  const groups = lists.map((list) => list.length).join();
  // A number that hangs on something is the number of that: #4711, A-4711.
  if (/[-#_№]/.test(before) || DATE_GROUPS.test(groups)) return kept;
  const n = digits.length;
  const isPhone =
    found[0] === "+" || digits.startsWith("00")
      ? n >= 8 && n <= 17
      : found[0] === "("
        ? n >= 8 && n <= 15
        : digits[0] === "0"
          ? n >= 9 && n <= 12
          : /^1[3-9]\d{9}$/.test(digits) || PHONE_GROUPS.includes(groups);
  return isPhone ? [found, "[phone]"] : kept;
};

/** The text with every personal detail replaced by what it was. */
export const withoutPersonalDetails = (text) => {
  let kept = "";
  for (let idx = 0; idx < text.length; ) {
    const before = text[idx - 1] || "";
    const rest = text.slice(idx);
    const [found, name] =
      (!WORD.test(before) && (mail(rest) || iban(rest) || number(rest, before))) || [text[idx], text[idx]];
    kept += name;
    idx += found.length;
  }
  return kept;
};

/** Says beside the comment when something will be taken out of it; returned is what takes it out. */
export const watch = (root) => {
  const look = () => {
    const note = root.querySelector("[data-part=personal]");
    const { value } = root.querySelector("[name=comment]");
    const text = withoutPersonalDetails(value) === value ? "" : note.dataset.text;
    if (note.textContent !== text) note.textContent = text;
  };
  // Not only when something is typed: the widget's form may have taken the place of the first.
  for (const type of ["input", "focusin", "click"]) root.addEventListener(type, look);
  look();
  return withoutPersonalDetails;
};
