//! `candor serve`: the server, set up from the command line and the environment.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};
use collector::{ApiToken, Config, Limits, Server};
use tracing_subscriber::filter::LevelFilter;

/// Takes answers, keeps them in one SQLite file, and serves surveys, scores and pages.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Address and port to listen on; port 0 lets the system choose one
    #[arg(long, env = "CANDOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database file; made when it is not there
    #[arg(long, env = "CANDOR_DATABASE", default_value = "candor.db")]
    database: PathBuf,
    /// The folder of survey files (*.json)
    #[arg(long, env = "CANDOR_SURVEYS", default_value = "surveys")]
    surveys: PathBuf,
    /// The folder of scripts, styles and pages to serve besides
    #[arg(long, env = "CANDOR_WWW")]
    www: Option<PathBuf>,
    /// What a reader of single answers must send as `Authorization: Bearer …`; without it they are
    /// shown on this machine alone. Others on this machine can see a command line: better set the
    /// environment variable
    #[arg(long, env = "CANDOR_API_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Scores, segments and periods of fewer answers than this are not shown
    #[arg(long, env = "CANDOR_SUPPRESS_BELOW", default_value_t = 5)]
    suppress_below: u64,
    /// How the log is written to standard error; CANDOR_LOG says how much (info, debug, …)
    #[arg(long, env = "CANDOR_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log: LogFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

impl Arguments {
    fn config(self) -> anyhow::Result<Config> {
        // An empty variable is how an unset one looks in many a deployment.
        let token = self.token.filter(|token| !token.is_empty());
        let api_token = token.as_deref().map(ApiToken::new).transpose();
        Ok(Config {
            listen: self.listen,
            database: self.database,
            surveys: self.surveys,
            www: self.www,
            api_token: api_token.map_err(|fault| anyhow!(fault))?,
            suppress_below: self.suppress_below,
            limits: Limits::STANDARD,
        })
    }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    start_log(arguments.log)?;
    raise_file_limit();
    let config = arguments.config()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stopped = stop_signal()?;
        let server = Server::bind(config).await?;
        // The log may go elsewhere; this line is for the person or program that started us.
        let _ = writeln!(std::io::stdout(), "candor listens on http://{}", server.address());
        server.run(stopped).await;
        anyhow::Ok(ExitCode::SUCCESS)
    })
}

fn start_log(format: LogFormat) -> anyhow::Result<()> {
    let level = match std::env::var("CANDOR_LOG") {
        Ok(level) => level.parse().with_context(|| {
            format!("CANDOR_LOG is {level:?}; it is off, error, warn, info, debug or trace")
        })?,
        Err(_) => LevelFilter::INFO,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

/// Ends when the program is told to stop: by the service manager or by Ctrl-C.
#[cfg(unix)]
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a signal there is no way to be told; run on.
            std::future::pending::<()>().await;
        }
    })
}

/// Allows as many open connections as the system lets us: the usual first limit of 1024 files is
/// fewer than the connections that silent clients can hold open for a few seconds.
#[cfg(unix)]
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit on open files could not be raised");
    }
}

#[cfg(not(unix))]
const fn raise_file_limit() {}
