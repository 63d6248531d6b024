//! `qiyue`: the only program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Answers are many small pieces that live as long as a request: this allocator serves them faster than the system's and gives memory back.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // What is compiled without optimisation needs more than the library's two megabytes for each thread; what is not used costs nothing.
    tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(8 << 20)
        .enable_all()
        .build()
        .expect("the system has threads")
        .block_on(api::cli::main())
}
