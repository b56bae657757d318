/*
 * Answers that have not arrived yet, kept in the browser's database until they have: the tab may
 * be closed, the network gone, the collector down.
 *
 * Fetched once a survey is on the screen, and on later pages only where something is left to send.
 * Must not live here: what an answer says, how a form looks. Whatever fails here (storage that is
 * blocked, full or hangs) keeps no answer from being sent.
 */

const NAME = "candor";
const STORE = "outbox";
const WAIT_MS = 500; // for storage that hangs
const AGE_MS_MAX = 7 * 86400000;
const ITEMS_MAX = 50;
const CHARS_MAX = 262144;
const LEASE_MS = 60000; // for so long an answer is left to the page that is sending it
const TURN_MS_MIN = 1000;
const TURN_MS_MAX = 2147483647; // the longest that a timer takes

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { __proto__: null, keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
    request.onblocked = reject;
  });

/** What `use` asks of the store, once all of it is on disk. */
const change = async (use, mode = "readwrite") => {
  const database = await open();
  database.onversionchange = () => database.close();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { __proto__: null, durability: "strict" });
      const request = use(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = reject;
    });
  } finally {
    database.close();
  }
};

/** The same, given up when it takes too long or fails. */
const tried = (promise) =>
  Promise.race([promise, new Promise((resolve) => setTimeout(resolve, WAIT_MS))]).catch(() => {});

const all = () => change((store) => store.getAll(), "readonly");

/** Makes room: what is too old or too much goes, oldest first. */
const tidy = async () => {
  const items = (await all()).sort((a, b) => b.atMs - a.atMs);
  let chars = 0;
  const goes = items.filter(({ atMs, text }, idx) => {
    chars += text.length;
    return idx >= ITEMS_MAX || chars > CHARS_MAX || Date.now() - atMs > AGE_MS_MAX;
  });
  if (goes.length) await change((store) => goes.forEach(({ id }) => void store.delete(id)));
  return items.filter((item) => !goes.includes(item));
};

/**
 * Keeps an answer before it is sent: `id`, `revision`, `url`, `type` and `text`. A newer revision
 * takes the place of an older one. Resolved when it is on disk, or after a moment.
 */
export const keep = (item) => {
  const now = Date.now();
  const kept = { __proto__: null, ...item, atMs: now, attempts: 0, dueMs: now + LEASE_MS };
  const isKept = change((store) => store.put(kept));
  isKept.then(tidy).catch(() => {}); // nobody waits for that
  return tried(isKept);
};

/** Forgets an answer that has arrived or never will, unless a newer revision has come. */
export const drop = (id, revision) =>
  tried(
    change((store) => {
      const request = store.get(id);
      request.onsuccess = () => request.result?.revision <= revision && store.delete(id);
    }),
  );

/** Puts an item back, unless a newer revision has come or it is gone. */
const replace = (item) =>
  change((store) => {
    const request = store.get(item.id);
    request.onsuccess = () => request.result?.revision === item.revision && store.put(item);
  });

/** One attempt of everything that is due; returned is when the next one is, if any is left. */
const attempt = async ({ post, isPassing, pauseMs }) => {
  let nextMs = Infinity;
  for (const item of await tidy()) {
    if (item.dueMs <= Date.now()) {
      const [status, afterMs] = await post(item);
      if (!isPassing(status)) {
        await drop(item.id, item.revision);
        continue;
      }
      item.attempts += 1;
      item.dueMs = Date.now() + pauseMs(item.attempts, afterMs);
      await replace(item);
    }
    nextMs = Math.min(nextMs, item.dueMs);
  }
  return nextMs;
};

let timer;

/**
 * Sends what earlier pages left behind, one tab at a time, for as long as this page lives. `it`
 * makes one attempt, and says whether and when to make another.
 */
export const drain = async (it) => {
  clearTimeout(timer);
  const lock = (run) =>
    navigator.locks
      ? navigator.locks.request(NAME + ":" + STORE, { __proto__: null, ifAvailable: true }, run)
      : run(true);
  try {
    const nextMs = await lock((held) => (held ? attempt(it) : Date.now() + LEASE_MS));
    if (nextMs === Infinity) return void indexedDB.deleteDatabase(NAME);
    const waitMs = Math.min(TURN_MS_MAX, Math.max(TURN_MS_MIN, nextMs - Date.now()));
    timer = setTimeout(() => drain(it), waitMs);
  } catch {
    // storage is blocked: nothing can have been left behind
  }
};
