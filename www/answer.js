/*
 * What happens once a survey is on the screen: the form while it is plain HTML, and sending its
 * answer with retries.
 *
 * Fetched by candor.js along with the survey, so that a page on which nothing shows never pays for
 * it. Must not live here: whether a survey shows, where it stands, scores, a form's words, and
 * what can wait until the page is idle (takeover.js, outbox.js).
 *
 * The page may have changed the prototypes that we share with it (`Array.prototype.toJSON` is the
 * classic), so whatever the browser or the widget reads, and whatever becomes JSON, has none.
 */

// File names put in by the build. In development they are left as they are and mean nothing.
const built = (name, plain) => import(new URL(/^__/.test(name) ? plain : name, import.meta.url).href);
let outboxPromise;
const outbox = () => (outboxPromise ||= built("__OUTBOX_JS__", "outbox.js").catch(() => {}));

// Limits of the collector, kept here so that no answer is refused for what a page attached to it.
const CONTEXT_ENTRIES_MAX = 16;
const CONTEXT_CHARS_MAX = 200;
const CONTEXT_NAME = /^[a-z\d][-\w]{0,63}$/;
const SOURCE_CHARS_MAX = 512;

const SETTLE_MS = 2000;
const RETRY_MS_MIN = 1000;
const RETRY_MS_MAX = 300000;
const RETRY_AFTER_MS_MAX = 86400000;
const ATTEMPTS_MAX = 4; // then the person is told; trying goes on

/** A UUID of version 7: 48 bits of time, then randomness. */
const uuid = () => {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = (letter) => {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    return (letter === "x" ? byte & 15 : (byte & 3) | 8).toString(16);
  };
  const rest = "7xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, random);
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest}`;
};

/** Whether a reply (0 for none) means "not now" and not "never". */
const isPassing = (status) => !status || status >= 500 || [408, 425, 429].includes(status);

/** How long to wait after so many attempts: anything up to a bound that doubles. */
const pauseMs = (attempts, afterMs) => {
  const boundMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** (attempts - 1));
  return Math.max(Math.random() * boundMs, afterMs);
};

/** How long a server wants to be left alone: seconds or a date. */
const retryAfterMs = (text) => (text && (text * 1000 || Date.parse(text) - Date.now())) || 0;

/** One request: the status, 0 for none, and for how long the server wants to be left alone. */
const send = async (ask, url, type, body) => {
  try {
    const headers = { __proto__: null, "content-type": type };
    const reply = await ask(url, { method: "POST", keepalive: true, headers, body });
    const afterMs = retryAfterMs(reply.headers.get("retry-after"));
    return [reply.status, Math.min(RETRY_AFTER_MS_MAX, afterMs)];
  } catch {
    return [0, 0];
  }
};

/** Sends what earlier pages have left behind. */
export const drain = async (ask) => {
  const post = ({ url, type, text }) => send(ask, url, type, text);
  await (await outbox())?.drain({ __proto__: null, post, isPassing, pauseMs });
};

/**
 * Brings the drawn form in `it.root` to life. `it` holds what the loader knows of the survey and
 * what it does for us; returned is what it may ask of us.
 */
export const attach = (it) => {
  const { survey, host, root, box, file, endpoint, format, sample, openedMs } = it;
  const { ask, tell } = it;
  const mediaType = `application/${format === "flat" ? "" : "cloudevents+"}json`;
  let section = box.querySelector("section");
  let state = "ready";
  let settling; // timer
  let takeOver, handle; // what to try in a quiet moment; the widget, once it has taken over
  let item, last, wake; // the answer to send, the last one made, what ends a pause between attempts
  let isSending = false;
  let attempts = 0;
  let id;
  let revision = 0;
  let sentRating = null;
  let personal; // under way
  let clean = (comment) => comment;

  const find = (selector) => section.querySelector(selector);

  // What does not change, read before the widget draws a form of its own.
  const { version, min, max, direction, locale } = find("form").dataset;
  const about = {
    __proto__: null, version: +version, min: +min, max: +max, direction, locale,
    metric: section.dataset.metric, question: find("legend").textContent.trim(),
  };

  // ---- The form ----

  /** What is chosen and typed. A reason that is not offered for the chosen score is disabled. */
  const draft = () => {
    const fields = new FormData(find("form"));
    const rating = fields.get("rating");
    const comment = (fields.get("comment") || "").trim();
    return { __proto__: null, rating: rating && +rating, reasons: fields.getAll("reason"), comment };
  };

  const choose = (bucket) => {
    section.dataset.bucket = bucket;
    for (const reason of section.querySelectorAll("[name=reason]")) {
      reason.disabled = !(reason.closest("label").dataset.in || bucket).split(" ").includes(bucket);
    }
    say();
    tell("answered", { rating: draft().rating, bucket });
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLE_MS);
  };

  const say = (words) => {
    const status = find("[role=status]");
    status.textContent = status.dataset[words] || status.dataset[state] || "";
  };

  /** The state for all who look: the page, the stylesheet, and who has the screen read out. */
  const turn = (next, words) => {
    const hadFocus = root.activeElement;
    state = section.dataset.state = it.mark(next);
    say(words);
    if (next === "done" && hadFocus) {
      find("[data-part=thanks]").focus({ __proto__: null, preventScroll: true });
    }
  };

  /** From now on, what nobody asked for is taken out of comments. */
  const watchPersonal = async () => {
    try {
      clean = (await built("__PERSONAL_JS__", "personal.js")).watch(root);
    } catch {
      // The collector takes it out.
    }
  };

  const wire = () => {
    for (const type of ["keydown", "keypress", "keyup"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    section.addEventListener("change", ({ target }) => {
      if (target.name === "rating") choose(target.dataset.bucket);
    });
    section.addEventListener("focusout", ({ target, relatedTarget }) => {
      if (target.name === "rating" && relatedTarget?.name !== "rating") settle();
      setTimeout(() => takeOver?.());
    });
    section.addEventListener("submit", (event) => {
      event.preventDefault();
      complete(true);
    });
    section.addEventListener("click", ({ target }) => {
      const name = target.closest("button")?.name;
      if (name === "close") it.close();
      if (name === "skip") complete(false);
      if (name === "retry") push();
    });
    root.addEventListener("focusin", ({ target }) => {
      if (target.name === "comment") personal ||= watchPersonal();
    });
    addEventListener("online", wakeUp);
  };

  // ---- The answer ----

  /** What the shop attached, as far as the collector takes it. */
  const context = () => {
    const all = it.isPrivate() ? {} : sample < 1 ? { ...it.context(), sample } : it.context();
    const fit = { __proto__: null };
    for (const name of Object.keys(all).slice(-CONTEXT_ENTRIES_MAX)) {
      const value = String(all[name]);
      if (CONTEXT_NAME.test(name) && value.length <= CONTEXT_CHARS_MAX) fit[name] = value;
    }
    return fit;
  };

  const source = () => {
    const { origin, pathname } = location;
    return (origin + (it.isPrivate() ? "" : pathname)).slice(0, SOURCE_CHARS_MAX);
  };

  /** The facts of one revision, before they take the form of a format. */
  const facts = (revision, isComplete, { rating, reasons, comment }) => ({
    ...about, id: (id ||= uuid()), revision, complete: isComplete, rating, reasons, comment,
    source: source(), context: context(), time: new Date().toISOString(),
    age_ms: Math.max(0, Date.now() - openedMs),
  });

  const cloudEvent = (of) => {
    const { id, source, time, revision, complete, locale, reasons, comment, context, age_ms } = of;
    const { metric, question, min, max, direction } = of;
    const scale = { __proto__: null, min, max, direction };
    const rating = { __proto__: null, metric, scale, value: of.rating, question };
    const data = {
      __proto__: null, survey: { __proto__: null, id: survey, version: of.version }, revision,
      complete, locale, rating, reasons: Object.setPrototypeOf(reasons, null), comment, context,
      age_ms,
    };
    return {
      __proto__: null, specversion: "1.0", type: "candor.response.v1", id, source,
      subject: survey, time, datacontenttype: "application/json", data,
    };
  };

  const flat = (of) => {
    const { id, version, revision, complete, locale, metric, rating, min, max, direction } = of;
    const { question, reasons, comment, source, time, age_ms, context } = of;
    const row = {
      __proto__: null, id, survey, survey_version: version, revision, complete, locale, metric,
      score: rating, scale_min: min, scale_max: max, scale_direction: direction, question,
      reasons: reasons.join(), comment, source, time, age_ms,
    };
    for (const name of Object.keys(context)) row["context_" + name] = context[name];
    return row;
  };

  /** One revision on its way. The same revision is sent with the same text, however often. */
  const make = (revision, isComplete, answer) => {
    if (last?.revision === revision) return last;
    const of = facts(revision, isComplete, { ...answer, comment: clean(answer.comment) });
    // The comment stays with the endpoint: any script on the page hears events.
    const told = { rating: answer.rating, reasons: [...answer.reasons], revision };
    const text = JSON.stringify(format === "flat" ? flat(of) : cloudEvent(of));
    return (last = { __proto__: null, id, text, revision, isComplete, told });
  };

  /** Puts an answer in the queue of one: a newer revision holds all that an older one does. */
  const queue = (isComplete, answer) => {
    sentRating = answer.rating;
    item = make((revision += 1), isComplete, answer);
  };

  const scoreAlone = (answer) => ({ ...answer, reasons: [], comment: "" });

  /** Sends the score, when it has settled. */
  const settle = () => {
    if (stage()) push();
  };

  /** Queues the score when there is a new one. */
  const stage = () => {
    clearTimeout(settling);
    if (handle || state !== "ready") return false;
    const answer = draft();
    if (answer.rating === null || answer.rating === sentRating) return false;
    queue(false, scoreAlone(answer));
    return true;
  };

  /** Send, with all of it, and Skip, with the score alone. */
  const complete = (isWhole) => {
    if (state !== "ready" && state !== "failed") return;
    clearTimeout(settling);
    const answer = draft();
    if (answer.rating === null) {
      say("choose");
      find("[name=rating]").focus();
      return;
    }
    queue(true, isWhole ? answer : scoreAlone(answer));
    push();
  };

  // ---- Sending ----

  const wakeUp = () => wake?.();

  /** Sends the last answer now, whatever was waited for. */
  const push = () => {
    item = last;
    attempts = 0;
    if (item.isComplete) turn("sending");
    if (wake) wake();
    else deliver();
  };

  /** One attempt of an answer, which is on disk by then wherever the browser keeps anything. */
  const post = async (item) => {
    if (it.isTest()) return [200];
    // Whoever asks not to be followed leaves nothing behind, not even for a moment.
    const kept = it.isPrivate() ? null : await outbox();
    const { id, text, revision } = item;
    if (!item.isKept) await kept?.keep({ __proto__: null, id, revision, url: endpoint, type: mediaType, text });
    item.isKept = item.isOut = true;
    const reply = await send(ask, endpoint, mediaType, text);
    item.isOut = false;
    if (!isPassing(reply[0])) kept?.drop(id, revision);
    return reply;
  };

  const deliver = async () => {
    if (isSending) return;
    isSending = true;
    while (item) {
      const tried = item;
      const [status, afterMs] = await post(tried);
      if (item !== tried) continue; // a newer one has come
      if (isPassing(status)) await waitAfter(tried, status, afterMs);
      else {
        item = null;
        if (tried.isComplete) finish(tried, status);
      }
    }
    isSending = false;
    takeOver?.();
  };

  const waitAfter = async (tried, status, afterMs) => {
    attempts += 1;
    if (tried.isComplete && attempts < ATTEMPTS_MAX) turn("sending", "retrying");
    if (tried.isComplete && attempts === ATTEMPTS_MAX) fail("failed", status);
    await new Promise((resolve) => setTimeout((wake = resolve), pauseMs(attempts, afterMs)));
    wake = null;
  };

  const fail = (words, status) => {
    turn("failed", words);
    tell("failed", { reason: `${words} (${status || "no reply"})` });
  };

  const finish = ({ told }, status) => {
    if (status > 299 && status !== 409) return fail("refused", status);
    turn("done", "sent");
    tell("completed", told);
  };

  /** Hands a body to the browser to be sent even after the page is gone; false when it will not. */
  const beacon = (body) => {
    try {
      return navigator.sendBeacon(endpoint, body);
    } catch {
      return false; // no such function, or refused by the page's policy
    }
  };

  /** The page may never come back: hands over what is not sent. Called again, sends nothing. */
  const leave = () => {
    if (handle) return handle.leaving();
    stage();
    // What is out already is kept alive by the browser.
    if (!item || item.isLeft || item.isOut || it.isTest()) return;
    item.isLeft = true;
    const isTaken = beacon(item.text);
    // Only a reply proves that a whole answer arrived, so that one stays queued as well.
    if (isTaken && item.isComplete) return;
    if (isTaken) item = null;
    if (wake) wake();
    else deliver();
  };

  const end = () => {
    clearTimeout(settling);
    removeEventListener("online", wakeUp);
    handle?.unmount();
  };

  // ---- The take-over ----

  /** A score has not settled, text is being entered, something is under way or over: not now. */
  const isBusy = () =>
    isSending ||
    state !== "ready" ||
    draft().rating !== sentRating ||
    root.activeElement?.matches("textarea,input:not([type=radio],[type=checkbox])");

  /** What the widget is given of the plain form, and tells it. */
  const plain = {
    __proto__: null, ...it, about, draft, isBusy, make, post,
    sent: () => ({ __proto__: null, revision, sent_rating: sentRating }),
    last: () => last,
    hand: (item) => it.isTest() || beacon(item.text) || post(item),
    mark: (next) => (state = it.mark(next)),
    adopt: (next, widget) => {
      clearTimeout(settling);
      handle = widget;
      section.remove();
      section = next;
      host.dataset.engine = "wasm";
    },
  };

  const prepare = async () => {
    try {
      await it.idle();
      outbox();
      const { prepare } = await built("__TAKEOVER_JS__", "takeover.js");
      takeOver = await prepare(plain);
      takeOver();
    } catch {
      // No WebAssembly here: the plain form is the survey.
    }
  };

  wire();
  prepare();
  return { settle, leave, end };
};
