//! What all routes share, put together once at start, and the table of routes.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use report::ScoreOptions;
use survey::{Definition, Locale, SurveyId};
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::config::Config;
use crate::error::AppError;
use crate::http::Document;
use crate::live::Live;
use crate::pages;
use crate::routes::{
    comments, files, fragments, health, live, log, page, responses, scores, surveys,
};
use crate::store::{Population, SharedStore};
use crate::surveys::Surveys;
use crate::writer::{Writer, WriterLimits, WriterTask};

/// The time in milliseconds since 1970, as this server sees it.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How long a browser may remember that our public routes may be asked from any page. Browsers cap
/// it at two hours themselves.
const PREFLIGHT_MAX_AGE_S: u64 = 7200;
/// Speed matters more than the last percent: most of what is large is compressed ahead of time.
const COMPRESSION_LEVEL: i32 = 4;

/// What all routes share, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What an [`App`] holds.
pub struct Shared {
    pub(crate) config: Config,
    pub(crate) surveys: Surveys,
    /// What is fetched of each survey, made at start.
    pub(crate) published: BTreeMap<SurveyId, Published>,
    pub(crate) survey_list: Document,
    pub(crate) stylesheet: String,
    pub(crate) store: SharedStore,
    pub(crate) writer: Writer,
    pub(crate) live: Arc<Live>,
    pub(crate) files: Option<files::Files>,
    pub(crate) clock: Clock,
    pub(crate) stopping: watch::Receiver<bool>,
}

/// What is fetched of one survey.
pub(crate) struct Published {
    pub(crate) definition: Document,
    /// Fragment and sheet, by language.
    pub(crate) sheets: BTreeMap<Locale, PublishedSheet>,
}

pub(crate) struct PublishedSheet {
    pub(crate) html: Document,
    pub(crate) json: Document,
    /// All of it in one script, where the scripts and styles are there.
    pub(crate) js: Option<Document>,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What goes on beside the requests, for the one who stops it.
pub struct Background {
    writer: WriterTask,
    stopping: watch::Sender<bool>,
}

impl Background {
    /// Announces the stop on `/readyz` and ends the streams that would never end by themselves.
    pub fn announce_stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Returns when every answer taken is on disk.
    pub async fn drain(self) {
        self.announce_stop();
        self.writer.drain().await;
    }
}

impl App {
    /// Starts the writer and the live scores, and renders every survey.
    #[must_use]
    pub fn start(
        config: Config,
        surveys: Surveys,
        store: SharedStore,
        clock: Clock,
    ) -> (Self, Background) {
        let (stop, stopping) = watch::channel(false);
        let populations = surveys.iter().map(|definition| {
            let options = score_options(&config, definition);
            (Population::of(definition.outline()), options)
        });
        let live = Arc::new(Live::start(&store, populations));
        let limits = WriterLimits {
            queue_rows_max: config.limits.queue_rows_max,
            wait: config.limits.commit_wait,
        };
        let to_tell = Arc::clone(&live);
        let (writer, task) =
            Writer::start(Arc::clone(&store), limits, move |survey| to_tell.mark(survey));
        let bundle = config.www.as_deref().map(|www| www.join(pages::BUNDLE_FILE));
        let bundle = bundle.and_then(|path| std::fs::read_to_string(path).ok());
        let shared = Shared {
            published: surveys.iter().map(|survey| publish(survey, bundle.as_deref())).collect(),
            survey_list: surveys::list_document(&surveys),
            stylesheet: pages::stylesheet(config.www.as_deref()),
            files: config.www.as_deref().map(files::Files::new),
            config,
            surveys,
            store,
            writer,
            live,
            clock,
            stopping,
        };
        (Self(Arc::new(shared)), Background { writer: task, stopping: stop })
    }
}

impl Shared {
    /// The survey of that name.
    pub(crate) fn definition(&self, name: &str) -> Result<&Definition, AppError> {
        self.surveys.get(name).ok_or_else(|| AppError::SurveyUnknown {
            given: name.to_owned(),
            known: self.surveys.names(),
        })
    }

    /// How scores of a survey are made here.
    pub(crate) fn score_options(&self, definition: &Definition) -> ScoreOptions {
        score_options(&self.config, definition)
    }
}

fn score_options(config: &Config, definition: &Definition) -> ScoreOptions {
    ScoreOptions {
        bands: Some(definition.outline().question.bands),
        suppress_below: config.suppress_below,
        ..ScoreOptions::STANDARD
    }
}

fn publish(definition: &Definition, bundle: Option<&str>) -> (SurveyId, Published) {
    let mut sheets = BTreeMap::new();
    for locale in definition.texts().keys() {
        let rendered = pages::render(definition, locale);
        let js = bundle.map(|bundle| pages::script(bundle, definition, &rendered));
        let js = js.map(|text| Document::new(text, "text/javascript; charset=utf-8"));
        let html = Document::new(rendered.html, "text/html; charset=utf-8");
        let json = Document::new(rendered.json, "application/json");
        sheets.insert(rendered.locale, PublishedSheet { html, json, js });
    }
    let definition_json = wire::encode_definition(definition).to_string();
    let published =
        Published { definition: Document::new(definition_json, "application/json"), sheets };
    (definition.outline().id.clone(), published)
}

/// Every route of the server.
pub fn router(app: App) -> Router {
    // Asked from the pages of shops: any origin, and never with a cookie.
    let public = Router::new()
        .route("/v1/responses", post(responses::receive))
        .route("/v1/surveys", get(surveys::list))
        .route("/v1/surveys/{survey}", get(surveys::show))
        .route("/v1/surveys/{survey}/scores", get(scores::show))
        .route("/v1/surveys/{survey}/live", get(live::stream))
        .route("/e/{survey}/{file}", get(fragments::show))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(cors());
    // Asked by people, by the console on our own origin, and by the operator's machines.
    let own = Router::new()
        .route("/v1/surveys/{survey}/responses", get(comments::list))
        .route("/s/{survey}", get(page::show).post(page::receive))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .method_not_allowed_fallback(method_not_allowed);
    let no_sniffing = SetResponseHeaderLayer::if_not_present(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    public
        .merge(own)
        .fallback(files::serve)
        .layer(no_sniffing)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(COMPRESSION_LEVEL)))
        .layer(CatchPanicLayer::custom(|_| AppError::Internal.into_response()))
        .layer(axum::middleware::from_fn(log::note))
        .with_state(app)
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::CONTENT_TYPE, HeaderName::from_static("last-event-id")])
        .expose_headers([header::RETRY_AFTER, header::ETAG])
        .max_age(std::time::Duration::from_secs(PREFLIGHT_MAX_AGE_S))
}

async fn method_not_allowed() -> AppError {
    AppError::MethodNotAllowed
}
