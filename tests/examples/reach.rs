//! Prints which DynamoDB operations each function reaches.
fn main() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    for c in std::fs::read_dir(root.join("functions")).unwrap() {
        for f in std::fs::read_dir(c.unwrap().path()).unwrap() {
            let f = f.unwrap().path();
            let reach = tests::reach::Reach::read(&tests::template::sources_of(&f));
            println!("{} {:?}", f.file_name().unwrap().to_string_lossy(), reach.operations("handle"));
            for op in std::env::args().skip(1) {
                println!("    {:?}", reach.explain("handle", &op));
            }
        }
    }
}
