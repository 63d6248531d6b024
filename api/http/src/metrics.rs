//! What a Prometheus server reads, at an address of its own: how the doors are used, and what the runner counts.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, State as FromState},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::session::rules::SignInError;
use futures::future::BoxFuture;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// Labels of a meter: names of ours, never an id, an address or a text of people.
type Labels<const N: usize> = [(&'static str, String); N];
type Histograms<const N: usize> = Family<Labels<N>, Histogram, fn() -> Histogram>;

/// The meters of the doors.
#[derive(Clone, Debug)]
pub struct Meters {
    requests: Histograms<3>,
    operations: Histograms<1>,
    errors: Family<Labels<2>, Counter>,
    refused: Family<Labels<1>, Counter>,
    sign_ins: Family<Labels<1>, Counter>,
}

impl Default for Meters {
    fn default() -> Self {
        let histogram: fn() -> Histogram =
            || Histogram::new([0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]);
        Self {
            requests: Family::new_with_constructor(histogram),
            operations: Family::new_with_constructor(histogram),
            errors: Family::default(),
            refused: Family::default(),
            sign_ins: Family::default(),
        }
    }
}

impl Meters {
    /// Names all meters to the registry that is asked for them.
    pub fn register(&self, registry: &mut Registry) {
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        registry.register("build", "What runs here", Info::new(version));
        registry.register_with_unit(
            "http_request_duration",
            "How long requests took",
            Unit::Seconds,
            self.requests.clone(),
        );
        registry.register_with_unit(
            "graphql_operation_duration",
            "How long operations took, by the one field at the root",
            Unit::Seconds,
            self.operations.clone(),
        );
        registry.register(
            "graphql_errors",
            "Errors in answers of the API",
            self.errors.clone(),
        );
        registry.register(
            "graphql_refused",
            "Operations that a limit refused",
            self.refused.clone(),
        );
        registry.register(
            "auth_attempts",
            "Attempts to sign in",
            self.sign_ins.clone(),
        );
    }

    pub(super) fn answered(
        &self,
        route: Option<&MatchedPath>,
        method: &Method,
        status: StatusCode,
        took: Duration,
    ) {
        const METHODS: [Method; 5] = [
            Method::GET,
            Method::POST,
            Method::HEAD,
            Method::DELETE,
            Method::OPTIONS,
        ];
        let method = METHODS.contains(method).then_some(method.as_str());
        let labels = [
            (
                "route",
                route.map_or("none", MatchedPath::as_str).to_owned(),
            ),
            ("method", method.unwrap_or("other").to_owned()),
            ("status", status.as_u16().to_string()),
        ];
        let histogram = self.requests.get_or_create(&labels);
        histogram.observe(took.as_secs_f64());
    }

    pub(super) fn executed(
        &self,
        operation: &str,
        response: &async_graphql::Response,
        took: Duration,
    ) {
        let labels = [("operation", operation.to_owned())];
        let histogram = self.operations.get_or_create(&labels);
        histogram.observe(took.as_secs_f64());
        for error in &response.errors {
            let code = error.extensions.as_ref().and_then(|all| all.get("code"));
            let code = match code {
                Some(async_graphql::Value::String(code)) => code.clone(),
                _ => "BAD_REQUEST".to_owned(),
            };
            let labels = [("operation", operation.to_owned()), ("code", code)];
            self.errors.get_or_create(&labels).inc();
        }
    }

    pub(super) fn refused(&self, reason: &'static str) {
        let labels = [("reason", reason.to_owned())];
        self.refused.get_or_create(&labels).inc();
    }

    pub(super) fn signed_in(&self, refused: Option<&SignInError>) {
        let result = match refused {
            None => "success",
            Some(SignInError::WrongCredentials) => "wrong",
            Some(SignInError::TooManyAttempts { .. } | SignInError::Queue) => "too_many",
        };
        let labels = [("result", result.to_owned())];
        self.sign_ins.get_or_create(&labels).inc();
    }
}

/// Sets the meters that show how things stand.
pub type Measure = Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

/// The one route of the address for figures.
pub fn router(registry: Registry, measure: Measure) -> Router {
    Router::new()
        .route("/metrics", get(scrape))
        .with_state(Arc::new((registry, measure)))
}

async fn scrape(FromState(shared): FromState<Arc<(Registry, Measure)>>) -> Response {
    let (registry, measure) = shared.as_ref();
    measure().await;
    let mut text = String::new();
    if let Err(error) = encode(&mut text, registry) {
        tracing::error!(%error, "the meters cannot be written");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}
