//! What wakes somebody, what the page for whoever is woken says, and what the code really tells.

use serde_json::Value as Json;
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::reach::rust_files;
use tests::template::root;

/// The resources of one type, by their logical ids.
fn resources(of_type: &str) -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(root().join("template.yaml")).unwrap();
    let template: Value = serde_yaml_ng::from_str(&text).unwrap();
    let resources = template["Resources"].as_mapping().unwrap().iter();
    let wanted = resources.filter(|(_, resource)| resource["Type"] == of_type);
    wanted.map(|(id, resource)| (id.as_str().unwrap().to_owned(), resource["Properties"].clone())).collect()
}

/// A text, whatever CloudFormation does with it.
fn text(value: &Value) -> &str {
    match value {
        Value::Tagged(tagged) => text(&tagged.value),
        other => other.as_str().unwrap_or_default(),
    }
}

/// The alarms, by their names without the stage.
fn alarms() -> BTreeMap<String, Value> {
    let alarms = resources("AWS::CloudWatch::Alarm").into_iter();
    let named = |(id, alarm): (String, Value)| {
        let name = text(&alarm["AlarmName"]).strip_prefix("frontrow-${Stage}-").unwrap_or_else(|| panic!("{id} has no name")).to_owned();
        (name, alarm)
    };
    alarms.map(named).collect()
}

#[test]
fn every_alarm_has_its_section_in_the_runbook_and_every_section_its_alarm() {
    let page = std::fs::read_to_string(root().join("docs/runbook.md")).unwrap();
    let chapter = page.split("\n## ").find(|chapter| chapter.starts_with("Alarms\n")).unwrap();
    let sections: BTreeMap<&str, &str> = chapter.split("\n### ").skip(1).filter_map(|section| section.split_once('\n')).collect();
    let alarms = alarms();
    assert_eq!(alarms.keys().map(String::as_str).collect::<BTreeSet<_>>(), sections.keys().copied().collect());
    for (name, section) in sections {
        for part in ["**Means.**", "**Look", "o.**", "**Over** when"] {
            assert!(section.contains(part), "{name} does not say {part}");
        }
    }
    for (name, alarm) in alarms {
        assert!(text(&alarm["AlarmDescription"]).ends_with(&format!("; docs/runbook.md#{name}")), "{name}");
        for actions in ["AlarmActions", "OKActions"] {
            assert_eq!(text(&alarm[actions][0]), "AlarmTopic", "{name}: {actions}");
        }
    }
}

#[test]
fn links_into_the_runbook_and_within_it_lead_somewhere() {
    let page = std::fs::read_to_string(root().join("docs/runbook.md")).unwrap();
    let anchor = |heading: &str| {
        let kept = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || " -".contains(*c)).collect::<String>();
        kept.trim().replace(' ', "-")
    };
    let anchors: BTreeSet<String> =
        page.lines().filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect();
    let mut links = 0;
    for (file, start) in [("docs/runbook.md", "](#"), ("docs/security.md", "](runbook.md#"), ("docs/payments.md", "](runbook.md#")] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        for link in text.split(start).skip(1).map(|rest| rest.split(')').next().unwrap()) {
            assert!(anchors.contains(link), "{file}: {link} is not one of {anchors:?}");
            links += 1;
        }
    }
    assert!(links > 10, "{links}");
}

/// Every dead-letter queue and everything else that is broken without anybody asking for it.
#[test]
fn nothing_dies_in_silence() {
    let alarms = resources("AWS::CloudWatch::Alarm");
    let watched = |id: &str| alarms.values().any(|alarm| serde_yaml_ng::to_string(alarm).unwrap().contains(id));
    let queues = resources("AWS::SQS::Queue");
    for queue in queues.keys().filter(|id| id.ends_with("DeadLetterQueue") || id.ends_with("FailuresQueue")) {
        assert!(watched(&format!("{queue}.QueueName")), "nobody hears of {queue}");
    }
    for table in resources("AWS::DynamoDB::Table").keys() {
        assert!(watched(table), "nobody hears of {table}");
    }
    for (id, function) in resources("AWS::Serverless::Function") {
        let events = function["Events"].as_mapping().into_iter().flatten();
        if events.into_iter().any(|(_, event)| event["Type"] != "HttpApi") {
            assert!(watched(&id), "nobody hears of {id}");
        }
    }
}

#[test]
fn the_dashboard_is_json_and_shows_every_alarm() {
    let dashboard = resources("AWS::CloudWatch::Dashboard").remove("Dashboard").unwrap();
    let body = text(&dashboard["DashboardBody"]);
    let body: Json = serde_json::from_str(body).unwrap();
    let widgets = body["widgets"].as_array().unwrap();
    let shown: BTreeSet<&str> = widgets[0]["properties"]["alarms"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    let alarms: BTreeSet<String> = resources("AWS::CloudWatch::Alarm").keys().map(|id| format!("${{{id}.Arn}}")).collect();
    assert_eq!(shown, alarms.iter().map(String::as_str).collect());
    for (i, one) in widgets.iter().enumerate() {
        let edges = |widget: &Json| ["x", "y", "width", "height"].map(|edge| widget[edge].as_u64().unwrap());
        let [x, y, width, height] = edges(one);
        assert!(x + width <= 24, "{one}");
        for other in &widgets[i + 1..] {
            let [left, top, w, h] = edges(other);
            assert!(x + width <= left || left + w <= x || y + height <= top || top + h <= y, "{one} covers {other}");
        }
    }
}

/// A metric of ours that nobody writes is an alarm that never goes off.
#[test]
fn every_metric_of_ours_that_is_looked_at_is_written() {
    let folders = ["shared", "functions"].map(|folder| root().join(folder));
    let sources: String = folders.iter().flat_map(|folder| rust_files(folder)).map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let filters = resources("AWS::Logs::MetricFilter");
    let mut made = BTreeSet::new();
    for filter in filters.values() {
        let pattern = filter["FilterPattern"].as_str().unwrap();
        let word = pattern.split('"').nth(1).unwrap();
        assert!(sources.contains(&format!("metric = \"{word}\"")), "nothing logs {word}");
        made.insert(text(&filter["MetricTransformations"][0]["MetricName"]).to_owned());
    }
    for (name, alarm) in alarms().into_iter().filter(|(_, alarm)| alarm["Namespace"] == "Frontrow") {
        let metric = text(&alarm["MetricName"]).to_owned();
        assert!(made.contains(&metric) || sources.contains(&format!("\"{metric}\"")), "{name} waits for {metric}");
    }
}
