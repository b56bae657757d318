/*
 * The take-over: a second form, drawn by the widget's WebAssembly beside the plain one, and swapped
 * with it while both say the same.
 *
 * Fetched by answer.js when the page is idle. Must not live here: the plain form, sending.
 */

// File names put in by the build. In development they are left as they are and there is no widget.
import start, { mount } from "./__WIDGET_JS__";
const WASM_FILE = "__WIDGET_WASM__";

const DRAW_TURNS_MAX = 20; // how long the widget may take to draw, in turns of the event loop

let ready;

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** What is chosen and typed, to be compared. */
const said = ({ rating, reasons, comment }) => [rating, reasons, comment].join("\n");

/** Mounts a second form beside the first and swaps them; neither when that has to wait. */
const swap = async (form, sheet) => {
  const { box, root, about } = form;
  const before = form.draft();
  const place = document.createElement("div");
  place.hidden = true;
  box.append(place);
  let isIn = false;

  const given = (revision, isComplete, rating, reasons, comment) =>
    form.make(revision, isComplete, { rating, reasons, comment });
  const config = {
    __proto__: null, sheet, ...form.sent(), ...before,
    post: (...answer) => form.post(given(...answer)),
    post_leaving: (...answer) => form.hand(given(...answer)),
  };
  const hear = (name, detail) => {
    if (!isIn) return;
    const { mark, close, tell } = form;
    if (name === "state") mark(detail);
    else if (name === "close") close();
    else if (name === "failed") tell(name, { reason: detail });
    else if (name === "completed") tell(name, form.last().told);
    else tell(name, { rating: +detail, bucket: place.querySelector(`[value="${detail}"]`).dataset.bucket });
  };

  const widget = mount(place, config, hear);
  for (let n = 0; n < DRAW_TURNS_MAX && !place.querySelector("section form"); n++) await turn();
  const next = place.querySelector("section");
  if (!next || form.isBusy() || said(form.draft()) !== said(before)) {
    widget.unmount();
    place.remove();
    if (!next) throw place;
    return false;
  }
  isIn = true;
  const focused = root.activeElement;
  place.hidden = false;
  for (const same of next.querySelectorAll("input,button")) {
    if (same.name === focused?.name && same.value === focused.value) same.focus({ preventScroll: true });
  }
  // By these the stylesheet knows how many points stand beside each other.
  const { min, max } = about;
  Object.assign(next.querySelector("form").dataset, { __proto__: null, min, max });
  form.adopt(next, widget);
  return true;
};

/** What to call whenever the plain form may have a quiet moment. */
export const prepare = async (form) => {
  // An object like any other, since the loading code takes one without a prototype for a request.
  ready ||= start({ module_or_path: new URL(WASM_FILE, import.meta.url) });
  const [, reply] = await Promise.all([ready, form.ask(form.file + ".json")]);
  const sheet = await reply.json();
  let isOver = false;
  return async () => {
    if (isOver || form.isBusy()) return;
    isOver = true;
    try {
      isOver = await swap(form, sheet);
    } catch {
      // The widget did not draw: the plain form stays.
    }
  };
};
