# Commands for daily work. `just` lists them; each line also works without `just`.

# List all recipes
_:
    @just --list --unsorted

# Start the whole product with demonstration data
demo:
    cargo run -- demo

# Check that everything compiles
check:
    cargo check --workspace --all-targets

# Format and lint
lint:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# Run all tests
test:
    cargo test --workspace

# Run the stories whose names contain WORD, on both databases
stories WORD:
    cargo test --workspace --test suite -- {{WORD}}

# Test pages in a real browser; screenshots in target/screenshots
browser WORD="":
    QIYUE_PICTURES=1 cargo test --workspace --test browser -- {{WORD}}

# Regenerate the schema of the API, then review the difference
schema:
    UPDATE_SCHEMA=1 cargo test --workspace --test schema
    git diff --stat api/schema.graphql

# Regenerate the table of permissions, then review the difference
permissions:
    UPDATE_PERMISSIONS=1 cargo test --workspace --lib -- permissions
    git diff --stat api/permissions.txt

# Measure the performance on this machine
benchmarks:
    docs/benchmarks.sh

# Everything that a change must pass
ci:
    .ci/run
