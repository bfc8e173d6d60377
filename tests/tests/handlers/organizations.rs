//! Settings of organizations: who sees and changes them, and what they count for.

use super::{Stage, fixture};
use domain::organization::Organization;
use serde_json::{Value, json};

async fn settings(stage: &Stage) -> Organization {
    stage.store.organization(&stage.world.show.organization).await.unwrap().unwrap()
}

fn with_body(body: &Value) -> Value {
    let mut event = fixture("organizations-update", "updated");
    event["body"] = json!(body.to_string());
    event
}

#[tokio::test]
async fn organizers_see_and_change_what_their_organization_has_set() {
    let stage = Stage::with_draft().await;
    let found = stage.invoke("organizations-get-own", &fixture("organizations-get-own", "found")).await;
    assert_eq!(found.status, 200, "{}", found.body);
    assert_eq!(found.body["tax"], json!({"scheme": "GST_INDIA", "rate": 1_800, "registration": "27AAPFU0939F1ZV"}));
    assert_eq!((&found.body["invoicePrefix"], &found.body["region"]), (&json!("FR"), &json!("IN-MH")));

    let updated = stage.invoke("organizations-update", &fixture("organizations-update", "updated")).await;
    assert_eq!((updated.status, &updated.body["tax"]["rate"]), (200, &json!(2_800)), "{}", updated.body);
    let after = settings(&stage).await;
    assert_eq!((after.region.unwrap().as_str(), after.invoice_prefix.as_str(), after.revision), ("IN-KA", "RH", 2));
    assert_eq!((after.fee_rate, after.refund_terms.steps.len(), after.name.as_str()), (250, 2, "Royal Productions"));
}

#[tokio::test]
async fn nobody_else_does() {
    let stage = Stage::with_draft().await;
    let before = settings(&stage).await;
    for function in ["organizations-get-own", "organizations-update"] {
        let refused = stage.invoke(function, &fixture(function, "forbidden")).await;
        assert_eq!((refused.status, refused.problem()), (403, "forbidden"), "{function}");
    }
    assert_eq!(settings(&stage).await, before);
}

#[tokio::test]
async fn settings_that_contradict_each_other_are_refused_with_their_place() {
    let stage = Stage::with_draft().await;
    let before = settings(&stage).await;
    let refused = stage.invoke("organizations-update", &fixture("organizations-update", "invalid-request")).await;
    assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (400, &json!("/tax/registration")), "a wrong check sign");
    let gst = |registration: &str| json!({"scheme": "GST_INDIA", "registration": registration});
    for (body, pointer) in [
        (json!({"tax": gst("29AAGCB7383J1Z4")}), "/tax/registration"),
        (json!({"region": "IN-KA"}), "/tax/registration"),
        (json!({"region": null}), "/region"),
        (json!({"region": "IN-XX"}), "/region"),
        (json!({"tax": {"scheme": "GST_INDIA", "rate": 5_001}}), "/tax/rate"),
        (json!({"tax": {"scheme": "GST_INDIA", "label": "VAT"}}), "/tax/label"),
        (json!({"tax": {"scheme": "OTHER", "rate": 700}}), "/tax/label"),
        (json!({"tax": {"scheme": "OTHER", "label": "VAT"}}), "/tax/rate"),
        (json!({"tax": {"scheme": "NONE", "rate": 700}}), "/tax/rate"),
        (json!({"tax": {"scheme": "NONE", "registration": "1"}}), "/tax/registration"),
        (json!({"tax": {"scheme": "SALES"}}), "/tax/scheme"),
        (json!({"tax": {"scheme": "NONE", "other": 1}}), "/tax/other"),
        (json!({"feeRate": 5_001}), "/feeRate"),
        (json!({"feeRate": -1}), "/feeRate"),
        (json!({"invoicePrefix": "ABCD"}), "/invoicePrefix"),
        (json!({"invoicePrefix": null}), "/invoicePrefix"),
        (json!({"refundTerms": {"steps": [{"untilHours": 1, "rate": 0}], "feeBack": true}}), "/refundTerms/steps"),
        (json!({"name": ""}), "/name"),
        (json!({"revision": 7}), "/revision"),
    ] {
        let refused = stage.invoke("organizations-update", &with_body(&body)).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{body}: {}", refused.body);
    }
    assert_eq!(settings(&stage).await, before, "nothing of it was written");
    for good in
        [json!({}), json!({"tax": {"scheme": "NONE"}, "region": null}), json!({"tax": {"scheme": "OTHER", "label": "VAT", "rate": 700}})]
    {
        assert_eq!(stage.invoke("organizations-update", &with_body(&good)).await.status, 200, "{good}");
    }
}

#[tokio::test]
async fn a_draft_is_sold_by_the_terms_that_its_organization_has_when_it_is_edited() {
    let stage = Stage::with_draft().await;
    let terms = async || {
        let show = stage.store.shows_by_id(std::slice::from_ref(&stage.world.show.id)).await.unwrap().remove(0);
        (show.charges.fee_rate, show.charges.tax_rate, show.refund_terms.steps.len())
    };
    stage.invoke("organizations-update", &fixture("organizations-update", "updated")).await;
    assert_eq!(terms().await, (0, 1_800, 1), "what is written stays until somebody edits it");
    let edited = stage.invoke("events-update", &fixture("events-update", "updated")).await;
    assert_eq!(edited.status, 200, "{}", edited.body);
    assert_eq!(terms().await, (250, 2_800, 2));
    let shown = &edited.body["shows"][0];
    assert_eq!((&shown["feeRate"], &shown["taxRate"], &shown["refundTerms"]["feeBack"]), (&json!(250), &json!(2_800), &json!(false)));

    for (function, outcome) in [("events-submit", "submitted"), ("events-approve", "approved"), ("events-publish", "published")] {
        assert_eq!(stage.invoke(function, &fixture(function, outcome)).await.status, 200, "{function}");
    }
    stage.invoke("organizations-update", &with_body(&json!({"feeRate": 0, "tax": {"scheme": "NONE"}}))).await;
    assert_eq!(terms().await, (250, 2_800, 2), "what is published is sold by the terms it was published with");
    let seen = stage.invoke("shows-get", &fixture("shows-get", "found")).await;
    assert_eq!((&seen.body["taxRate"], &seen.body["refundTerms"]["steps"][1]["rate"]), (&json!(2_800), &json!(5_000)), "{}", seen.body);
}
