# What people of this project type every day. `just` lists it; each line works without `just`, too.

# Names of recipes
_:
    @just --list --unsorted

# The whole product on a demonstration
demo:
    cargo run -- demo

# Whether everything compiles
check:
    cargo check --workspace --all-targets

# Format and lints, as every change must pass them
lint:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# Everything that Rust alone can prove
test:
    cargo test --workspace

# The stories whose names contain WORD, on both databases
stories WORD:
    cargo test --workspace --test suite -- {{WORD}}

# Pages before a real browser; pictures in target/screenshots
browser WORD="":
    cargo test --workspace --test browser -- {{WORD}}

# Write the schema of the API anew, then read what changed
schema:
    UPDATE_SCHEMA=1 cargo test --workspace --test schema
    git diff --stat api/schema.graphql

# Write the table of permissions anew, then read what changed
permissions:
    UPDATE_PERMISSIONS=1 cargo test --workspace --lib -- permissions
    git diff --stat api/permissions.txt

# How fast it is on this machine
benchmarks:
    docs/benchmarks.sh

# What every change must pass
ci:
    .ci/run
