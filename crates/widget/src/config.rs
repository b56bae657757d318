//! What the loader hands over when the widget takes over: an object whose fields the browser reads.
//! A field of another kind makes the browser throw, and the survey stays what it was.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Everything the widget needs to go on where the loader stands.
    pub type Config;

    /// The survey in the person's language, as the host wrote it down.
    #[wasm_bindgen(method, getter)]
    pub fn sheet(this: &Config) -> Vec<String>;
    /// Sends a body; the promise holds a list: the status, 0 for none, and for how many
    /// milliseconds the server wants to be left alone.
    #[wasm_bindgen(method)]
    pub fn post(this: &Config, body: &str) -> Promise;
    /// Sends a body while the page goes away. Nothing is reported: nobody is left to hear it.
    #[wasm_bindgen(method)]
    pub fn post_leaving(this: &Config, body: &str);
    /// Whether answers are flat objects instead of CloudEvents.
    #[wasm_bindgen(method, getter)]
    pub fn flat(this: &Config) -> bool;
    /// The answer's name.
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Config) -> String;
    /// Address of the page.
    #[wasm_bindgen(method, getter)]
    pub fn source(this: &Config) -> String;
    /// When the survey was shown, in milliseconds since 1970.
    #[wasm_bindgen(method, getter)]
    pub fn opened_ms(this: &Config) -> f64;
    /// What the shop attached: a name, its text, a name, its text.
    #[wasm_bindgen(method, getter)]
    pub fn context(this: &Config) -> Vec<String>;
    /// The last revision sent; 0 when none was.
    #[wasm_bindgen(method, getter)]
    pub fn revision(this: &Config) -> u32;
    /// The rating in that revision.
    #[wasm_bindgen(method, getter)]
    pub fn sent_rating(this: &Config) -> Option<i16>;
    /// The rating chosen.
    #[wasm_bindgen(method, getter)]
    pub fn rating(this: &Config) -> Option<i16>;
    /// The reasons ticked.
    #[wasm_bindgen(method, getter)]
    pub fn reasons(this: &Config) -> Vec<String>;
    /// The comment typed.
    #[wasm_bindgen(method, getter)]
    pub fn comment(this: &Config) -> String;
}
