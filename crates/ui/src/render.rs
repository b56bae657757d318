//! Renders components to HTML on the host. Nothing here reaches the browser's WebAssembly.

use std::rc::Rc;

use form::{Model, Sheet, Start};
use yew::LocalServerRenderer;

use crate::form_view::{FormView, FormViewProps};
use crate::page::{Page, PageConfig, PageProps};

/// The survey as an HTML fragment, nothing chosen yet: what the loader puts into a page.
///
/// Equal sheets give equal bytes.
#[must_use]
pub fn render_form(sheet: &Sheet) -> String {
    let view = form::view(&Model::new(Rc::new(sheet.clone()), Start::default()));
    let props = FormViewProps { view, on_event: yew::Callback::noop(), page: None };
    let renderer = LocalServerRenderer::<FormView>::with_props(props).hydratable(false);
    pollster::block_on(renderer.render())
}

/// The whole document of the page behind a link.
#[must_use]
pub fn render_page(sheet: &Sheet, config: &PageConfig) -> String {
    let props = PageProps { sheet: Rc::new(sheet.clone()), config: config.clone() };
    let renderer = LocalServerRenderer::<Page>::with_props(props).hydratable(false);
    format!("<!doctype html>{}", pollster::block_on(renderer.render()))
}
