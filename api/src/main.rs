//! `qiyue`: the only program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // What is compiled without optimisation needs more than the library's two megabytes for each thread; what is not used costs nothing.
    tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(8 << 20)
        .enable_all()
        .build()
        .expect("the system has threads")
        .block_on(api::cli::main())
}
