//! Prints the description of the API, for `cargo xtask openapi`.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

fn main() {
    print!("{}", tests::openapi::openapi());
}
