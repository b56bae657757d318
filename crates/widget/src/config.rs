//! What the loader hands over when the widget takes over: an object whose fields the browser reads.
//! A field of another kind makes the browser throw, and the survey stays what it was.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Everything the widget needs to go on where the loader stands.
    #[derive(Clone)]
    pub type Config;

    /// The survey in the person's language, as the host wrote it down.
    #[wasm_bindgen(method, getter)]
    pub fn sheet(this: &Config) -> Vec<String>;
    /// Sends one revision; the promise holds a list: the status, 0 for none, and for how many
    /// milliseconds the server wants to be left alone.
    #[wasm_bindgen(method)]
    pub fn post(
        this: &Config,
        revision: u32,
        complete: bool,
        rating: i16,
        reasons: Vec<String>,
        comment: &str,
    ) -> Promise;
    /// Sends one revision while the page goes away. Nothing is reported: nobody is left to hear it.
    #[wasm_bindgen(method)]
    pub fn post_leaving(
        this: &Config,
        revision: u32,
        complete: bool,
        rating: i16,
        reasons: Vec<String>,
        comment: &str,
    );
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
