/*
 * The live score of a survey, drawn by WebAssembly in place of the words inside an element.
 *
 * Fetched by candor.js where a page has a `<candor-score>`. Must not live here: how a score is
 * worked out or drawn.
 */

// File names put in by the build. In development they are left as they are and there is no score.
import start, { mount } from "./__BADGE_JS__";
const WASM_FILE = "__BADGE_WASM__";

let ready;

/** Draws the live score of a survey in `element`, in place of the words inside. */
export const mountScore = async ({ element, survey, files, liveUrl, sheet: style, ask }) => {
  await (ready ||= start({ module_or_path: new URL(WASM_FILE, import.meta.url) }));
  let sheet;
  for (const file of files) {
    const reply = sheet ? {} : await ask(file);
    if (reply.ok) sheet = await reply.json();
  }
  if (element.candorEnd || !element.isConnected) return;
  const place = document.createElement("div");
  const handle = mount(place, sheet, liveUrl);
  // The score counts at once what the person beside it has just answered.
  const count = ({ detail }) => detail.survey === survey && handle.given?.(detail.rating);
  addEventListener("candor:answered", count);
  element.candorEnd = () => {
    element.candorEnd = null;
    removeEventListener("candor:answered", count);
    handle.unmount();
  };
  const root = element.shadowRoot || element.attachShadow({ __proto__: null, mode: "open" });
  root.adoptedStyleSheets = [style];
  root.replaceChildren(place);
};
