//! Real sockets: what cannot be seen in one process is how slow and silent clients are treated and
//! what becomes of open connections when the server stops.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::common::{config, definition, raw};
use collector::store::{CountsQuery, Population, SqliteStore, Store};
use collector::{Config, Server, StartError};
use survey::RawSubmission;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running server and how to stop it.
struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
    folder: TempDir,
}

impl Running {
    async fn start(configure: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path());
        configure(&mut config);
        let server = Server::bind(config).await.unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), task, folder }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Everything the server says until it closes.
    async fn say(&self, text: &str) -> String {
        let mut socket = self.connect().await;
        // What closes early is seen in what it says.
        let _ = socket.write_all(text.as_bytes()).await;
        read_all(&mut socket).await
    }
}

async fn read_all(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset after the answer is as good as an end.
    let _ = socket.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

fn post(raw: &RawSubmission) -> String {
    let body = wire::encode_cloudevent(raw);
    format!(
        "POST /v1/responses HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

const READY: &str = "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_connection_whose_head_does_not_come_is_closed() {
    let server =
        Running::start(|config| config.limits.head_wait = Duration::from_millis(300)).await;
    for sent in ["", "GET /readyz HT", "GET /readyz HTTP/1.1\r\nhost: x\r\n"] {
        let mut socket = server.connect().await;
        socket.write_all(sent.as_bytes()).await.unwrap();
        let begin = Instant::now();
        let told = read_all(&mut socket).await;
        let waited = begin.elapsed();
        assert!(!told.contains("200 OK"), "{told}");
        assert!((200..10_000).contains(&waited.as_millis()), "{sent:?} closed after {waited:?}");
    }
    assert!(server.say(READY).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let server =
        Running::start(|config| config.limits.body_wait = Duration::from_millis(300)).await;
    let head = "POST /v1/responses HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"spec";
    let begin = Instant::now();
    let told = server.say(head).await;
    assert!(told.starts_with("HTTP/1.1 408"), "{told}");
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn silent_connections_do_not_hold_up_others() {
    let server = Running::start(|_| {}).await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        let mut socket = server.connect().await;
        socket.write_all(b"POST /v1/responses HTTP/1.1\r\nhost:").await.unwrap();
        silent.push(socket);
    }
    let told = server.say(&post(&raw(1, 9))).await;
    assert!(told.starts_with("HTTP/1.1 201"), "{told}");
}

#[tokio::test]
async fn a_server_that_stops_finishes_what_it_has_begun() {
    let mut server = Running::start(|config| {
        config.limits.notice_wait = Duration::from_secs(4);
    })
    .await;
    assert!(server.say(READY).await.starts_with("HTTP/1.1 200"));
    let mut stream = server.connect().await;
    let live = b"GET /v1/surveys/shop-nps/live HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(live).await.unwrap();
    let whole = post(&raw(1, 9));
    let (first, rest) = whole.split_at(whole.len() - 10);
    let mut begun = server.connect().await;
    begun.write_all(first.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    server.stop.take().unwrap().send(()).unwrap();
    let mut told = String::new();
    for _ in 0..100 {
        // It may hear of the stop a little later than it is told.
        told = server.say(READY).await;
        if told.starts_with("HTTP/1.1 503") {
            break;
        }
    }
    assert!(told.starts_with("HTTP/1.1 503") && told.contains("stopping"), "{told}");
    let mut is_refused = false;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        is_refused = TcpStream::connect(server.address).await.is_err();
        if is_refused {
            break;
        }
    }
    assert!(is_refused, "new connections are refused");

    begun.write_all(rest.as_bytes()).await.unwrap();
    let told = read_all(&mut begun).await;
    assert!(told.starts_with("HTTP/1.1 201"), "{told}");
    assert!(read_all(&mut stream).await.contains("event: score"));
    tokio::time::timeout(Duration::from_secs(20), server.task).await.unwrap().unwrap();

    let store = SqliteStore::open(&server.folder.path().join("candor.db")).await.unwrap();
    let query = CountsQuery::all(Population::of(definition("shop-nps").outline()));
    assert_eq!(store.counts(&query).await.unwrap().overall.counts.n(), 1);
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_off_when_the_server_stops() {
    let mut server = Running::start(|config| {
        config.limits.notice_wait = Duration::ZERO;
        config.limits.drain_wait = Duration::from_millis(300);
    })
    .await;
    let mut begun = server.connect().await;
    let whole = post(&raw(1, 9));
    begun.write_all(&whole.as_bytes()[..whole.len() - 10]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.take().unwrap().send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(20), server.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_is_wrong_is_said_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = config(folder.path());
    wrong.surveys = folder.path().to_owned();
    std::fs::write(folder.path().join("broken.json"), "{}").unwrap();
    let error = Server::bind(wrong).await.err().unwrap();
    let told = error.to_string();
    assert!(matches!(error, StartError::Surveys(_)));
    assert!(told.contains("broken.json: /id is missing"), "{told}");
    assert!(!folder.path().join("candor.db").exists());

    let mut wrong = config(folder.path());
    wrong.www = Some(folder.path().join("nowhere"));
    let told = Server::bind(wrong).await.err().unwrap().to_string();
    assert!(told.contains("nowhere does not exist"), "{told}");

    let running = Running::start(|_| {}).await;
    let mut taken = config(folder.path());
    taken.listen = running.address;
    let told = Server::bind(taken).await.err().unwrap().to_string();
    assert!(told.starts_with("cannot listen on 127.0.0.1:"), "{told}");
}
