//! Sockets: accepts connections, gives each a deadline for its request heads, and stops without
//! losing anything. Knows no route.
//!
//! `axum::serve` cannot bound the time a client takes to send its head, so a few thousand silent
//! connections would hold it for ever; connections are therefore driven here.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::app::{App, Background, router};
use crate::config::{Config, Limits};
use crate::store::{OpenError, SharedStore, SqliteStore};
use crate::surveys::{Surveys, SurveysError};

/// The largest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// The pause after a connection could not be accepted, as when no file descriptor is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The survey files are not all right.
    #[error("the surveys cannot be used:\n{0}")]
    Surveys(#[from] SurveysError),
    /// The folder of scripts and pages is not there.
    #[error("the folder {0} does not exist; give another --www")]
    NoWww(PathBuf),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
}

/// A server that has everything it needs and listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
    router: Router,
    background: Background,
    store: SharedStore,
}

/// Starts the server and runs it until `shutdown` ends, then stops without losing an answer.
///
/// # Errors
/// [`StartError`] when it could not start.
pub async fn serve(
    config: Config,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), StartError> {
    Server::bind(config).await?.run(shutdown).await;
    Ok(())
}

impl Server {
    /// Reads the surveys, opens the store and listens.
    ///
    /// # Errors
    /// [`StartError`] with everything that is wrong.
    pub async fn bind(config: Config) -> Result<Self, StartError> {
        let surveys = Surveys::load(&config.surveys)?;
        if let Some(www) = config.www.as_ref().filter(|www| !www.is_dir()) {
            return Err(StartError::NoWww(www.clone()));
        }
        let store: SharedStore = Arc::new(SqliteStore::open(&config.database).await?);
        let at = |error| StartError::Listen { address: config.listen, error };
        let listener = TcpListener::bind(config.listen).await.map_err(at)?;
        let address = listener.local_addr().map_err(at)?;
        let limits = config.limits.clone();
        let (app, background) = App::start(config, surveys, Arc::clone(&store), Arc::new(now_ms));
        Ok(Self { listener, address, limits, router: router(app), background, store })
    }

    /// The address it listens on, with the port that the system chose where none was given.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Runs until `shutdown` ends. Then `/readyz` says so, new connections are refused, requests
    /// under way are finished, and every answer taken is stored before this returns.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let connections = Connections {
            graceful: GracefulShutdown::new(),
            permits: Arc::new(Semaphore::new(self.limits.connections_max)),
            service: TowerToHyperService::new(self.router),
            head_wait: self.limits.head_wait,
        };
        let announced = async {
            shutdown.await;
            tracing::info!("stopping");
            self.background.announce_stop();
            tokio::time::sleep(self.limits.notice_wait).await;
        };
        tokio::select! {
            () = connections.accept(&self.listener) => {}
            () = announced => {}
        }
        drop(self.listener);
        let n_open = connections.graceful.count();
        let finished = connections.graceful.shutdown();
        if tokio::time::timeout(self.limits.drain_wait, finished).await.is_err() {
            tracing::warn!(n_open, "some requests were cut off");
        }
        self.background.drain().await;
        self.store.close().await;
        tracing::info!("stopped");
    }
}

/// The open connections.
struct Connections {
    graceful: GracefulShutdown,
    permits: Arc<Semaphore>,
    service: TowerToHyperService<Router>,
    head_wait: Duration,
}

impl Connections {
    /// Accepts connections until it is dropped.
    async fn accept(&self, listener: &TcpListener) {
        loop {
            let Ok(permit) = Arc::clone(&self.permits).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let connection = self.connection(stream);
                    tokio::spawn(async move {
                        connection.await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Everything that happens on one connection.
    fn connection(&self, stream: TcpStream) -> impl Future<Output = ()> + use<> {
        // Without this small answers may wait for the client's acknowledgement of the last one.
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_wait)
            .max_buf_size(HEAD_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), self.service.clone());
        let watched = self.graceful.watch(connection);
        async move {
            if let Err(error) = watched.await {
                // A client that went away or was too slow: nothing to do, rarely of interest.
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }
}

/// Milliseconds since 1970 by this machine's clock.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
