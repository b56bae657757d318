//! `/livez`: the program runs. `/readyz`: it can take answers; names the probe that failed.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::AppError;

pub(crate) async fn livez() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

pub(crate) async fn readyz(State(app): State<App>) -> Result<Json<Value>, AppError> {
    if *app.stopping.borrow() {
        return Err(AppError::NotReady { probe: "stopping: the server was told to stop" });
    }
    if !app.writer.is_well() {
        let probe = "writer: the task that stores answers has ended or is stuck in a commit";
        return Err(AppError::NotReady { probe });
    }
    let read = tokio::time::timeout(app.config.limits.commit_wait, app.store.probe()).await;
    if !matches!(read, Ok(Ok(()))) {
        return Err(AppError::NotReady { probe: "reader: the database could not be read" });
    }
    Ok(Json(json!({ "status": "ready" })))
}
