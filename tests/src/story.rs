//! How a story is run: once on each database.

use std::{
    io::Write,
    process::{Child, Command, Stdio},
    sync::{Mutex, OnceLock},
};

use tokio::runtime::{Builder, Runtime};

use crate::{
    app::Park,
    database::{Backend, Database},
};

/// Writes each story once and runs it on both databases, as `name::on_sqlite` and `name::on_postgres`.
///
/// They begin on a fresh park, or, after `in open;`, on that which the function `open` makes.
#[macro_export]
macro_rules! stories {
    (@on $open:path; $($(#[$attribute:meta])* async fn $name:ident($park:ident: Park) $body:block)*) => {$(
        $(#[$attribute])*
        async fn $name($park: $crate::Park) $body

        mod $name {
            #[test]
            fn on_sqlite() {
                $crate::story::run_in($crate::Backend::Sqlite, $open, super::$name);
            }

            #[test]
            fn on_postgres() {
                $crate::story::run_in($crate::Backend::Postgres, $open, super::$name);
            }
        }
    )*};
    (in $open:ident; $($stories:tt)*) => { $crate::stories! { @on super::$open; $($stories)* } };
    ($($stories:tt)*) => { $crate::stories! { @on $crate::story::fresh; $($stories)* } };
}

/// A fresh park in a fresh database of `backend`.
pub async fn fresh(backend: Backend) -> Park {
    Park::open(Database::fresh(backend).await).await
}

/// Runs a story on a fresh park. Without the server of PostgreSQL the story is counted as not run, which fails when `CI` is set.
pub fn run<F, Story>(backend: Backend, story: Story)
where
    F: Future<Output = ()>,
    Story: FnOnce(Park) -> F + Send,
{
    run_in(backend, fresh, story);
}

/// Runs a story on the park that `open` makes.
pub fn run_in<F, Story>(
    backend: Backend,
    open: impl AsyncFnOnce(Backend) -> Park + Send,
    story: Story,
) where
    F: Future<Output = ()>,
    Story: FnOnce(Park) -> F + Send,
{
    alone(backend, async |backend| {
        let park = Box::pin(open(backend)).await;
        Box::pin(story(park)).await;
    });
}

/// Runs a story that makes its own databases and has no park.
pub fn alone(backend: Backend, story: impl AsyncFnOnce(Backend) + Send) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .expect("a runtime");
    with_stack(backend, || runtime.block_on(Box::pin(story(backend))));
}

/// Runs a story all of whose work is done by one thread.
pub fn on_one_thread(backend: Backend, story: impl FnOnce(&Runtime) + Send) {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    with_stack(backend, || story(&runtime));
}

fn with_stack(backend: Backend, work: impl FnOnce() + Send) {
    if !available(backend) {
        return;
    }
    let name = std::thread::current().name().map(str::to_owned);
    let thread = std::thread::Builder::new()
        .name(name.unwrap_or_default())
        .stack_size(STACK);
    std::thread::scope(|scope| {
        let told = thread.spawn_scoped(scope, work).expect("a thread").join();
        told.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

/// The stack of a story: what is compiled without optimisation needs more of it than a thread of the test harness has.
const STACK: usize = 8 << 20;

/// Whether stories on `backend` can run here; says so loudly when they cannot.
pub fn available(backend: Backend) -> bool {
    match backend.missing() {
        None => true,
        Some(remedy) => {
            let name = std::thread::current()
                .name()
                .unwrap_or("a story")
                .to_owned();
            not_run(&name, remedy);
            false
        }
    }
}

/// Notes that `what` did not run and how to make it run. The list is printed when the test process has ended. With `CI` set
/// nothing may be missing.
pub fn not_run(what: &str, remedy: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "{what} cannot run here, and in CI everything runs: {remedy}"
    );
    // libtest captures what is printed by its macros; this line must be seen.
    let _ = writeln!(std::io::stderr(), "NOT RUN: {what} ({remedy})");
    static LIST: OnceLock<Mutex<Child>> = OnceLock::new();
    // libtest has no hook for the end of a run, so a child waits for the end of this process and prints what it was told.
    let list = LIST.get_or_init(|| {
        Mutex::new(
            Command::new("sh")
                .args([
                    "-c",
                    "list=$(sort); printf '\\nWhat did not run, and how to make it run:\\n%s\\n\\n' \"$list\" >&2",
                ])
                .stdin(Stdio::piped())
                .spawn()
                .expect("sh"),
        )
    });
    if let Some(pipe) = &mut list.lock().expect("the list").stdin {
        let _ = writeln!(pipe, "  {what}: {remedy}");
    }
}
