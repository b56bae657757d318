//! Builds again when a migration changes: they are put into the program while it compiles.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
