//! The schema as it is committed.

#[test]
fn the_committed_schema_is_the_built_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let built = api_graphql::sdl();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(file, &built).expect("api/schema.graphql is written");
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        committed == built,
        "api/schema.graphql is not the built schema: run `just schema`, then read the difference"
    );
}
