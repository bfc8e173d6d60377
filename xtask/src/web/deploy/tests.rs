use super::*;

const CONFIG: &str = r#"{"apiBase":"", "live":{"apiKey":"da2-x"},"providers":["sandbox"]}"#;

fn stack() -> BTreeMap<String, String> {
    outputs(&format!("WebBucket\tweb\nWebConfig\t{CONFIG}\nDistributionId\tE1\nLiveApiId\tapi\nLiveKeyId\tkey\nUrl\thttps://a.b\n"))
}

fn lines(outputs: &BTreeMap<String, String>) -> Vec<String> {
    let calls = calls(outputs, SystemTime::UNIX_EPOCH + Duration::from_hours(1)).expect("everything is there");
    calls.iter().map(ToString::to_string).collect()
}

#[test]
fn outputs_are_read_with_their_spaces() {
    assert_eq!(stack()["WebConfig"], CONFIG);
    assert_eq!(stack().len(), 6);
}

#[test]
fn a_stack_of_an_older_template_is_refused_before_anything_is_uploaded() {
    for name in OUTPUTS {
        let mut outputs = stack();
        outputs.remove(name);
        let failure = calls(&outputs, SystemTime::UNIX_EPOCH).expect_err("something is missing");
        assert!(failure.to_string().contains(name), "{failure}");
    }
}

#[test]
fn nobody_meets_a_page_whose_scripts_are_not_there() {
    let lines = lines(&stack());
    let first = |what: &str| lines.iter().position(|line| line.contains(what)).unwrap_or_else(|| panic!("no {what} in {lines:#?}"));
    let page = first("--include index.html");
    assert!(first("s3://web/assets") < page && first("s3://web/config.json") < page);
    assert!(page < first("--include sw.js") && first("--include sw.js") < first("create-invalidation"));
    assert!(lines.iter().all(|line| !line.contains("--delete")), "an earlier page still finds its scripts");
}

#[test]
fn assets_are_kept_for_a_year_and_nothing_else_is() {
    for line in lines(&stack()).iter().filter(|line| line.starts_with("aws s3")) {
        assert_eq!(line.contains("immutable"), line.contains("/assets "), "{line}");
        assert!(line.contains("immutable") || line.contains("no-cache"), "{line}");
    }
}

#[test]
fn the_stacks_configuration_is_uploaded_as_it_is() {
    let lines = lines(&stack());
    let expected = format!("echo '{CONFIG}' | aws s3 cp - s3://web/config.json --content-type application/json --cache-control no-cache");
    assert!(lines.contains(&expected), "{lines:#?}");
    assert!(lines.last().expect("some").ends_with("--api-id api --id key --expires 3600"));
}

#[test]
fn what_is_printed_can_be_typed() {
    assert_eq!(quoted("public, max-age=1"), "'public, max-age=1'");
    assert_eq!(quoted("it's"), r"'it'\''s'");
    assert_eq!(quoted("*"), "'*'");
    assert_eq!(quoted(""), "''");
    assert_eq!(quoted("s3://web/assets"), "s3://web/assets");
}
