//! The frame of the console: which of its views is shown, kept in the address so that it can be
//! bookmarked.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::live::Live;
use crate::preview::Preview;

/// Which view is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Live,
    Preview,
}

impl Tab {
    const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Live, "#live", "Live"), (Self::Preview, "#preview", "File preview")];

    fn of_address() -> Self {
        let hash = web_sys::window().and_then(|window| window.location().hash().ok());
        if hash.is_some_and(|hash| hash.starts_with("#preview")) {
            Self::Preview
        } else {
            Self::Live
        }
    }
}

/// What the page hands over.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// Makes the worker that counts files.
    pub(crate) make_worker: js_sys::Function,
}

/// The console.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let make_worker = props.make_worker.clone();
    let tab = use_state_eq(Tab::of_address);
    let listening = tab.clone();
    use_effect_with((), move |()| {
        let window = web_sys::window().expect("the console runs in a window");
        let listener =
            EventListener::new(&window, "hashchange", move |_| listening.set(Tab::of_address()));
        move || drop(listener)
    });
    // Both views stay mounted: the preview keeps its file while the live view is looked at.
    let link = |(this, address, title): (Tab, &'static str, &'static str)| {
        let current = (*tab == this).then_some("page");
        html! { <a class="tab" href={address} aria-current={current}>{ title }</a> }
    };
    html! {
        <>
            <nav class="tabs" aria-label="Views">{ for Tab::ALL.into_iter().map(link) }</nav>
            <section hidden={*tab != Tab::Live} aria-label="Live"><Live /></section>
            <section hidden={*tab != Tab::Preview} aria-label="File preview"><Preview {make_worker} is_shown={*tab == Tab::Preview} /></section>
        </>
    }
}
