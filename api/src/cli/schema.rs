//! `qiyue schema`: the text of the GraphQL schema.

/// The schema in its definition language, as it is committed in `api/schema.graphql`.
pub fn text() -> String {
    api_graphql::sdl()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_schema_is_the_built_one() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
        let built = super::text();
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(file, &built).expect("api/schema.graphql is written");
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            committed == built,
            "api/schema.graphql is not the built schema: run UPDATE_SCHEMA=1 cargo test -p api schema, then read the difference"
        );
    }
}
