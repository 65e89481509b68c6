//! The program `relucert`.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    relucert::cli::main()
}
