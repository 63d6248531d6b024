//! `qiyue schema`: the text of the GraphQL schema.

/// The schema in its definition language, as it is committed in `api/schema.graphql`.
pub fn text() -> String {
    api_graphql::sdl()
}
