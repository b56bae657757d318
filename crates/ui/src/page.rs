//! The page behind a link: a whole document around the same form, for people without script,
//! without storage, in a frame or from an e-mail.

use std::rc::Rc;

use form::{Draft, Model, Sheet, Start};
use yew::prelude::*;

use crate::form_view::{PageFields, form_view};

/// Where the person stands with the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStage {
    /// The form is to be filled in.
    Asking,
    /// The form was sent without a rating.
    RatingMissing,
    /// The answer is stored.
    Done,
    /// The answer could not be stored; it is still in the form.
    Failed,
}

/// What the page holds besides the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageConfig {
    /// Address the form is sent to.
    pub action: String,
    /// Address of the stylesheet.
    pub stylesheet: String,
    /// The answer's name.
    pub id: String,
    /// What was chosen and typed before.
    pub draft: Draft,
    /// Where the person stands.
    pub stage: PageStage,
}

/// A survey and what its page holds besides.
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    /// The survey in the person's language.
    pub sheet: Rc<Sheet>,
    /// What the page holds besides.
    pub config: PageConfig,
}

/// The whole document of the page behind a link, without its doctype.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let PageProps { sheet, config } = props;
    let start = Start { draft: config.draft.clone(), ..Start::default() };
    let mut view = form::view(&Model::new(Rc::clone(sheet), start));
    match config.stage {
        PageStage::Asking => {}
        PageStage::RatingMissing => {
            view.rating_wanted = true;
            view.status = sheet.words.choose().to_owned();
        }
        PageStage::Done => {
            view.state = form::FormState::Done;
            view.status = sheet.words.sent().to_owned();
        }
        PageStage::Failed => {
            view.state = form::FormState::Failed;
            // Trying again is pressing Send again: without script there is no other button.
            view.can_retry = false;
            view.status = sheet.words.failed().to_owned();
        }
    }
    let fields = PageFields { action: config.action.clone(), id: config.id.clone() };
    html! {
        <html lang={sheet.locale.to_string()} dir={if sheet.locale.is_right_to_left() { "rtl" } else { "ltr" }}>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <title>{ &sheet.question }</title>
                <link rel="stylesheet" href={config.stylesheet.clone()} />
            </head>
            <body class="candor-page">
                <main>{ form_view(&view, &Callback::noop(), Some(&fields)) }</main>
            </body>
        </html>
    }
}
