//! Renders components to HTML on the host. Nothing here reaches the browser's WebAssembly.

use std::rc::Rc;

use form::{Model, Sheet, Start, View};
use yew::{Callback, Html, LocalServerRenderer, Properties, component};

use crate::form_view::form_view;
use crate::page::{Page, PageConfig, PageProps};

/// The survey as an HTML fragment, nothing chosen yet: what the loader puts into a page.
///
/// Equal sheets give equal bytes.
#[must_use]
pub fn render_form(sheet: &Sheet) -> String {
    let view = form::view(&Model::new(Rc::new(sheet.clone()), Start::default()));
    let renderer = LocalServerRenderer::<Fragment>::with_props(FragmentProps { view });
    let renderer = renderer.hydratable(false);
    pollster::block_on(renderer.render())
}

/// The whole document of the page behind a link.
#[must_use]
pub fn render_page(sheet: &Sheet, config: &PageConfig) -> String {
    let props = PageProps { sheet: Rc::new(sheet.clone()), config: config.clone() };
    let renderer = LocalServerRenderer::<Page>::with_props(props).hydratable(false);
    format!("<!doctype html>{}", pollster::block_on(renderer.render()))
}

#[derive(Clone, PartialEq, Properties)]
struct FragmentProps {
    view: View,
}

/// The form by itself: a renderer takes components only.
#[component]
fn Fragment(props: &FragmentProps) -> Html {
    form_view(&props.view, &Callback::noop(), None)
}
