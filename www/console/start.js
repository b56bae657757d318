/*
 * Starts the console: fetches its WebAssembly and hands over the page, or says why it cannot.
 * What the console shows must not live here.
 */

// File names put in by the build, beside the folder of this script.
const CONSOLE_JS = "__CONSOLE_JS__";
const CONSOLE_WASM = "__CONSOLE_WASM__";

const NOT_BUILT = new Error("not built");

const above = (file) => new URL(`../${file}`, import.meta.url).href;
const root = document.querySelector("#console");
const part = (name) => root.querySelector(`[data-part=${name}]`);

/** A sentence for the person about what went wrong. */
const reasonOf = (error) => {
  if (error === NOT_BUILT) return "These are the sources, not the built pages. Run: cargo xtask serve";
  if (typeof WebAssembly !== "object") {
    return "This browser has WebAssembly switched off, and the console is written in it. Allow it for this site, or use another browser.";
  }
  if (error instanceof WebAssembly.CompileError) {
    return "This browser would not compile the console. If the page is served with a content security policy, its script-src has to hold 'wasm-unsafe-eval'.";
  }
  return `Its files could not be loaded (${error.message}). Check the connection, then reload the page.`;
};

try {
  if (/^__/.test(CONSOLE_JS)) throw NOT_BUILT;
  const module = await import(above(CONSOLE_JS));
  await module.default({ module_or_path: above(CONSOLE_WASM) });
  const place = document.createElement("div");
  root.append(place);
  module.mount(place, () => new Worker(new URL("count.js", import.meta.url), { type: "module" }));
  part("loading").remove();
} catch (error) {
  part("loading").hidden = true;
  part("unable-reason").textContent = reasonOf(error);
  part("unable").hidden = false;
}
