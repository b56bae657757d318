/*
 * Counts a file away from the page: reads it slice by slice and hands the bytes to WebAssembly.
 * Messages from the page: { file } looks at a file, { choice } counts it by that choice, and
 * { stop } gives up. To the page: { ready }, { inspected }, { share }, { counted } and { fault }.
 * What is counted, and what it means, must not live here.
 */

// File names put in by the build, beside the folder of this script.
import start, { Preview } from "../__PREVIEW_JS__";
const PREVIEW_WASM = "__PREVIEW_WASM__";

const HEAD_BYTES = 1 << 18;
const SLICE_BYTES = 1 << 20;

const ready = start({ module_or_path: new URL(`../${PREVIEW_WASM}`, import.meta.url) });
let file;
let preview;
// Which count is under way; an older one stops at its next slice.
let turn = 0;

const bytesOf = async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());

const look = async () => {
  await ready;
  preview?.free();
  preview = undefined;
  preview = new Preview(await bytesOf(0, HEAD_BYTES));
  postMessage({ inspected: preview.inspection() });
};

const count = async (choice) => {
  const mine = (turn += 1);
  preview.begin(choice);
  // The next slice is read while the one before is counted.
  let next = bytesOf(0, SLICE_BYTES);
  let told = 0;
  for (let from = 0; from < file.size; from += SLICE_BYTES) {
    const bytes = await next;
    if (mine !== turn) return;
    next = bytesOf(from + SLICE_BYTES, from + 2 * SLICE_BYTES);
    preview.push(bytes);
    const share = Math.min(1, (from + SLICE_BYTES) / file.size);
    if (share - told >= 0.01) postMessage({ share: (told = share) });
  }
  if (mine === turn) postMessage({ counted: preview.finish() });
};

const answer = async ({ data }) => {
  try {
    if (data.file) {
      turn += 1;
      file = data.file;
      await look();
    } else if (data.choice) await count(data.choice);
    else turn += 1;
  } catch (error) {
    const isGone = error instanceof DOMException;
    postMessage({ fault: isGone ? `${file.name} can no longer be read; choose it again.` : error.message });
  }
};

addEventListener("message", answer);
ready.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ fault: `What counts files could not be loaded (${error.message}). Reload the page.` }),
);
