//! The real program with a database of its own, on a free port.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sqlx::{Connection, Row, SqliteConnection};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::{project_path, wait_for};

/// A running collector; stopped when dropped.
pub struct Collector {
    /// Where it listens, without a path: `http://127.0.0.1:40123`.
    pub origin: String,
    port: u16,
    database: PathBuf,
    _folder: TempDir,
    _process: Child,
}

/// One stored answer.
#[derive(Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// The answer's name.
    pub id: String,
    /// The last revision stored.
    pub revision: i64,
    /// Whether Send or Skip was pressed.
    pub complete: bool,
    /// The rating.
    pub value: i64,
    /// The reasons, as JSON.
    pub reasons: String,
    /// The comment.
    pub comment: Option<String>,
    /// What the shop attached, as JSON.
    pub context: String,
}

/// A port that is free now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl Collector {
    /// Starts the program with an empty database and waits until it is ready.
    ///
    /// # Errors
    /// When the program is not built or does not start.
    pub async fn start() -> Result<Self> {
        let program = std::env::var_os("CANDOR_BIN")
            .map_or_else(|| project_path("target/debug/candor"), PathBuf::from);
        let www = std::env::var_os("CANDOR_WWW")
            .map_or_else(|| project_path("target/dist"), PathBuf::from);
        ensure!(
            program.is_file(),
            "{} is missing; run cargo xtask test browsers",
            program.display()
        );
        let folder = TempDir::new()?;
        let database = folder.path().join("candor.db");
        let port = free_port()?;
        let listen = format!("127.0.0.1:{port}");
        let process = Command::new(&program)
            .arg("serve")
            .args(["--listen", &listen])
            .arg("--database")
            .arg(&database)
            .arg("--surveys")
            .arg(project_path("www/surveys"))
            .arg("--www")
            .arg(&www)
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let origin = format!("http://{listen}");
        let started = Self { origin, port, database, _folder: folder, _process: process };
        wait_for("the collector to be ready", async || {
            Ok((started.get("/readyz").await?.0 == 200).then_some(()))
        })
        .await?;
        Ok(started)
    }

    /// Status and body of a plain request.
    ///
    /// # Errors
    /// When the collector cannot be reached or its answer is no HTTP.
    pub async fn get(&self, path: &str) -> Result<(u16, String)> {
        self.request("GET", path, "", "").await
    }

    /// Status and body of a request with a body.
    ///
    /// # Errors
    /// When the collector cannot be reached or its answer is no HTTP.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        media_type: &str,
        body: &str,
    ) -> Result<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).await?;
        let reply = String::from_utf8_lossy(&reply);
        let (head, body) = reply.split_once("\r\n\r\n").context("the answer has no head")?;
        let status = head.split(' ').nth(1).context("the answer has no status")?.parse()?;
        Ok((status, body.to_owned()))
    }

    /// Stores one complete answer the way any client would.
    ///
    /// # Errors
    /// When it is not stored.
    pub async fn answer_nps(&self, value: i64) -> Result<()> {
        let id = uuid::Uuid::now_v7().to_string();
        let event = json!({
            "specversion": "1.0", "type": "candor.response.v1", "id": id,
            "source": "https://shop.example/thanks", "subject": "post-purchase-nps",
            "time": "2026-11-22T09:12:44.120Z", "datacontenttype": "application/json",
            "data": {
                "survey": { "id": "post-purchase-nps", "version": 1 }, "revision": 1,
                "complete": true, "locale": "en",
                "rating": {
                    "metric": "nps", "value": value, "question": "as shown",
                    "scale": { "min": 0, "max": 10, "direction": "higher_is_better" }
                },
                "reasons": []
            }
        });
        let media_type = "application/cloudevents+json";
        let (status, body) =
            self.request("POST", "/v1/responses", media_type, &event.to_string()).await?;
        ensure!(status == 201, "answer {value} got {status}: {body}");
        Ok(())
    }

    /// The report of a survey.
    ///
    /// # Errors
    /// When there is none.
    pub async fn scores(&self, survey: &str) -> Result<Value> {
        let (status, body) = self.get(&format!("/v1/surveys/{survey}/scores")).await?;
        ensure!(status == 200, "scores got {status}: {body}");
        Ok(serde_json::from_str(&body)?)
    }

    /// Every stored answer, read from the database file itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn rows(&self) -> Result<Vec<StoredRow>> {
        let url = format!("sqlite://{}?mode=ro", self.database.display());
        let mut connection = SqliteConnection::connect(&url).await?;
        let rows = sqlx::query(
            "SELECT id, revision, complete, value, reasons, comment, context FROM responses",
        )
        .fetch_all(&mut connection)
        .await?;
        let row = |row: &sqlx::sqlite::SqliteRow| -> Result<StoredRow> {
            Ok(StoredRow {
                id: row.try_get("id")?,
                revision: row.try_get("revision")?,
                complete: row.try_get("complete")?,
                value: row.try_get("value")?,
                reasons: row.try_get("reasons")?,
                comment: row.try_get("comment")?,
                context: row.try_get("context")?,
            })
        };
        rows.iter().map(row).collect()
    }

    /// The one stored answer that has this comment.
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn row_with_comment(&self, comment: &str) -> Result<StoredRow> {
        wait_for("the answer in the database", async || {
            let rows = self.rows().await?;
            Ok(rows.into_iter().find(|row| row.comment.as_deref() == Some(comment)))
        })
        .await
    }
}
