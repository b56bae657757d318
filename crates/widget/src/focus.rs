//! Moves the focus to a part of the form, unless the person is busy elsewhere on the page.

use form::Part;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

/// Moves the focus to `part` if it is inside `root` now, or was lost because the part that held
/// it went out of sight.
pub(crate) fn move_to(root: &Element, part: Part) {
    let Ok(shadow) = root.get_root_node().dyn_into::<ShadowRoot>() else { return };
    let host = shadow.host();
    let Some(document) = root.owner_document() else { return };
    let active = document.active_element();
    let here = active.as_ref().is_none_or(|element| {
        *element == host || document.body().is_some_and(|body| *element == *body)
    });
    if !here {
        return;
    }
    let selector = match part {
        Part::Rating => "input[name=rating]",
        Part::Thanks => "[data-part=thanks]",
        Part::Failure => "[data-part=failed]",
    };
    let target = root.query_selector(selector).ok().flatten();
    if let Some(target) = target.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // A browser that cannot focus it leaves the focus where it is.
        drop(target.focus());
    }
}
