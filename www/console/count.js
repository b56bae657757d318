/*
 * Counts a file away from the page: reads it piece by piece and hands the bytes to WebAssembly.
 * Messages from the page: { file } looks at a file, { choice } counts it by that choice, and
 * { stop } gives up. To the page: { ready }, { inspected }, { share }, { counted } and { fault }.
 * What is counted, and what it means, must not live here.
 */

// File names put in by the build, beside the folder of this script.
import start, { Preview } from "../__PREVIEW_JS__";
const PREVIEW_WASM = "__PREVIEW_WASM__";

const HEAD_BYTES = 1 << 18;
const SLICE_BYTES = 1 << 20;
// So much is handed over at once: what is copied and counted stays in the processor's cache.
const CACHED_BYTES = 1 << 18;

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

// What reads a file, and whether it does so into a buffer of ours, which not every browser can.
const readerOf = (stream) => {
  try {
    return { reader: stream.getReader({ mode: "byob" }), isOurs: true };
  } catch {
    return { reader: stream.getReader(), isOurs: false };
  }
};

// Hands over every piece of the file in order, until `use` says that it wants no more.
const eachPiece = async (use) => {
  const { reader, isOurs } = readerOf(file.stream());
  let buffer = isOurs ? new ArrayBuffer(SLICE_BYTES) : undefined;
  for (;;) {
    const { value, done } = await (isOurs ? reader.read(new Uint8Array(buffer)) : reader.read());
    if (done) return;
    if (!use(value)) return void reader.cancel();
    buffer = value.buffer;
  }
};

const count = async (choice) => {
  const mine = (turn += 1);
  preview.begin(choice);
  let counted = 0;
  let told = 0;
  await eachPiece((bytes) => {
    if (mine !== turn) return false;
    for (let from = 0; from < bytes.length; from += CACHED_BYTES) {
      preview.push(bytes.subarray(from, from + CACHED_BYTES));
    }
    counted += bytes.length;
    const share = counted / file.size;
    if (share - told >= 0.01) postMessage({ share: (told = share) });
    return true;
  });
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
