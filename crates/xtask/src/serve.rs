//! `cargo xtask serve`: builds everything, says where it will be, and becomes the server.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::args::Serve;
use crate::dist::Program;
use crate::workspace::Workspace;
use crate::{dist, progress, wasm};

/// Where things are on the address that is served. What the collector answers is its own matter;
/// these are the places to begin.
const PLACES: [(&str, &str); 8] = [
    ("/", "a shop with the survey on it"),
    ("/resolved/", "a page after a resolved ticket"),
    ("/return/", "a page after a return"),
    ("/console/", "scores from a file, and the dashboard"),
    ("/s/{survey}", "a survey as a page of its own"),
    ("/e/{survey}/{locale}.html", "a survey as the script tag fetches it"),
    ("/v1/responses", "the collector: POST an answer"),
    ("/v1/surveys", "the definitions; below each {id}: /scores and /live"),
];

/// Builds everything and serves it until it is told to stop.
///
/// # Errors
/// When the port is taken, something cannot be built, or the server fails.
pub(crate) fn serve(workspace: &Workspace, options: &Serve) -> Result<()> {
    need_port(options.port)?; // before a build that takes minutes
    let choice = options.std.unwrap_or_else(|| wasm::quickest(workspace));
    let program = if options.release { Program::Optimised } else { Program::Plain };
    let candor = dist::build(workspace, choice, program)?;
    let database = workspace.target.join("demo/candor.db");
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).context("creating the folder of the database")?;
    }
    need_port(options.port)?;
    announce(workspace, options.port, &database);
    become_server(server(workspace, options, &candor, &database))
}

/// The server's command line.
fn server(workspace: &Workspace, options: &Serve, candor: &Path, database: &Path) -> Command {
    let mut command = Command::new(candor);
    command.current_dir(&workspace.root).arg("serve");
    command.arg("--listen").arg(format!("127.0.0.1:{}", options.port));
    command.arg("--database").arg(database);
    command.arg("--surveys").arg(workspace.surveys());
    command.arg("--www").arg(workspace.dist());
    if options.sample {
        command.arg("--sample");
    }
    command.args(&options.rest);
    command
}

fn announce(workspace: &Workspace, port: u16, database: &Path) {
    progress::heading(&format!("http://127.0.0.1:{port}"));
    for (path, what) in PLACES {
        progress::note(&format!("{path:26} {what}"));
    }
    progress::note(&format!("{:26} {}", "database", workspace.show(database)));
    progress::note("Ctrl-C ends it.");
}

/// Succeeds when nothing listens on `port`.
fn need_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program; stop that one, or choose another port: \
             `cargo xtask serve --port {}`",
            port.checked_add(1).unwrap_or(8080)
        ),
        Err(error) => Err(error).with_context(|| format!("port {port} cannot be used")),
    }
}

/// Replaces this process by the server, so that signals reach it and its exit status is ours.
#[cfg(unix)]
fn become_server(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(error).context("starting candor")
}

/// Runs the server until it ends; a Ctrl-C in the console reaches it as well.
#[cfg(not(unix))]
fn become_server(mut command: Command) -> Result<()> {
    let status = command.status().context("starting candor")?;
    anyhow::ensure!(status.success(), "candor ended with {status}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_explained_with_a_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = taken.local_addr().expect("an address").port();
        let error = need_port(port).expect_err("it is taken").to_string();
        assert!(error.contains(&format!("port {port} is taken")), "{error}");
        assert!(error.contains("--port"), "{error}");
        drop(taken);
        assert!(need_port(port).is_ok());
    }

    #[test]
    fn the_server_is_told_where_everything_is() {
        let workspace =
            Workspace { root: "/shop".into(), target: "/shop/target".into(), members: Vec::new() };
        let options = Serve {
            port: 9000,
            release: false,
            sample: true,
            std: None,
            rest: vec!["--log".into(), "debug".into()],
        };
        let database = Path::new("/shop/target/demo/candor.db");
        let command =
            server(&workspace, &options, Path::new("/shop/target/debug/candor"), database);
        assert_eq!(
            crate::run::line(&command),
            "candor serve --listen 127.0.0.1:9000 --database /shop/target/demo/candor.db \
             --surveys /shop/www/surveys --www /shop/target/dist --sample --log debug"
        );
    }
}
