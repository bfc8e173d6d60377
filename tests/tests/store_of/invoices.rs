//! Invoices: numbers without gaps, whatever happens at the same time or in between.

use domain::booking::Booking;
use domain::invoice::{Document, DocumentContent, DocumentKind, FinancialYear, Sale};
use domain::ledger::Posting;
use domain::organization::InvoicePrefix;
use jiff::Timestamp;
use store::{DatabaseError, IssueDocumentError, Store, Tables};
use tests::emulator;
use tests::interruption::killed;
use tests::world::{World, noon, somebody};

/// A booking that was sold, as its posting and what its invoice says.
fn sold(world: &World, at: Timestamp) -> (Booking, Posting, DocumentContent) {
    let booking = world.booking_of(&world.hold(&somebody(), &["S-A-1", "S-A-2"], noon()), noon());
    let posting = Posting::sold(&booking, at);
    let organization = world.organization();
    let sale = Sale { posting: &posting, booking: &booking, show: &world.show, held: None, organization: &organization, buyer: None };
    let content = DocumentContent::invoice(&sale).unwrap();
    (booking, posting, content)
}

fn prefix() -> InvoicePrefix {
    InvoicePrefix::default()
}

/// Issues as the queue does: a message that met too many others comes again.
async fn issue(store: &Store, content: &DocumentContent) -> Document {
    loop {
        match store.issue_document(content, &prefix()).await {
            Ok(document) => return document,
            Err(IssueDocumentError::Database(DatabaseError::Contended { .. })) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// All numbers of the invoices of a year, as the organization's list has them.
async fn serials(world: &World, kind: DocumentKind, year: &FinancialYear) -> Vec<u32> {
    let (mut serials, mut after) = (vec![], None);
    loop {
        let page = world.store.documents_of_organization(&world.show.organization, kind, year, after, 30).await.unwrap();
        serials.extend(page.items.iter().map(|document| document.serial));
        after = page.next;
        if after.is_none() {
            return serials;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_the_same_time_have_the_numbers_from_one_to_a_hundred() {
    let world = World::new(emulator::store().await).await;
    let mut issuing = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (store, (_, _, content)) = (world.store.clone(), sold(&world, noon()));
        issuing.spawn(async move { issue(&store, &content).await });
    }
    let mut documents = issuing.join_all().await;
    documents.sort_by_key(|document| document.serial);
    let year = documents[0].content.financial_year.clone();
    assert_eq!(documents.iter().map(|document| document.serial).collect::<Vec<_>>(), (1..=100).collect::<Vec<_>>());
    assert_eq!(documents[99].number.as_str(), "FR/26-27/000100");
    assert_eq!(serials(&world, DocumentKind::Invoice, &year).await, (1..=100).collect::<Vec<_>>(), "the list agrees");
}

#[tokio::test]
async fn a_posting_has_one_document_however_often_it_is_issued() {
    let world = World::new(emulator::store().await).await;
    let (_, posting, content) = sold(&world, noon());
    let first = issue(&world.store, &content).await;
    let later = DocumentContent { title: "Renamed".parse().unwrap(), ..content };
    assert_eq!(issue(&world.store, &later).await, first, "what was issued stays as it is");
    let both = tokio::join!(issue(&world.store, &later), issue(&world.store, &later));
    assert_eq!(both, (first.clone(), first.clone()));
    assert_eq!(world.store.documents_of(&posting.payment).await.unwrap(), [first]);
    let (.., next) = sold(&world, noon());
    assert_eq!(issue(&world.store, &next).await.serial, 2, "the repeats used no number");
}

#[tokio::test]
async fn every_kind_and_year_counts_for_itself() {
    let world = World::new(emulator::store().await).await;
    let (booking, posting, content) = sold(&world, noon());
    let invoice = issue(&world.store, &content).await;
    let (.., next_year) = sold(&world, "2027-03-31T18:30:00Z".parse().unwrap());
    assert_eq!(issue(&world.store, &next_year).await.number.as_str(), "FR/27-28/000001");
    let mut before = 0;
    for (i, rate) in [5_000, 10_000].into_iter().enumerate() {
        let split = booking.quote.split().share(rate / 2, true).unwrap();
        let returned = Posting::returned(&booking, &format!("part-{i}"), &split, noon());
        let note = issue(&world.store, &DocumentContent::credit_note(&invoice, &returned, before).unwrap()).await;
        assert_eq!(note.number.as_str(), format!("FR/26-27/C00000{}", i + 1));
        before += note.content.tax();
    }
    let kinds: Vec<_> = world.store.documents_of(&posting.payment).await.unwrap().iter().map(|document| document.content.kind).collect();
    assert_eq!(kinds, [DocumentKind::Invoice, DocumentKind::CreditNote, DocumentKind::CreditNote]);
    assert_eq!(serials(&world, DocumentKind::CreditNote, &content.financial_year).await, [1, 2]);
}

#[tokio::test]
async fn who_dies_while_issuing_leaves_no_gap() {
    let tables: Tables = emulator::tables().await;
    let world = World::new(Store::new(emulator::client(), tables.clone())).await;
    let mut expected = 0;
    for requests in 0.. {
        let (_, posting, content) = sold(&world, noon());
        let died = killed(&tables, requests, async |store: Store| store.issue_document(&content, &prefix()).await).await;
        let left = world.store.documents_of(&posting.payment).await.unwrap();
        expected += 1;
        let document = issue(&world.store, &content).await;
        assert_eq!(document.serial, expected, "after a death before request {requests}");
        assert!(left.is_empty() || left == [document]);
        if !died {
            assert_eq!(requests, 2, "it reads the next number and writes");
            break;
        }
    }
    let (.., content) = sold(&world, noon());
    let last = issue(&world.store, &content).await;
    assert_eq!(serials(&world, DocumentKind::Invoice, &content.financial_year).await, (1..=last.serial).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_series_that_is_full_gives_no_number_twice() {
    let tables: Tables = emulator::tables().await;
    let world = World::new(Store::new(emulator::client(), tables.clone())).await;
    let (_, posting, content) = sold(&world, noon());
    let key = format!("ORG#{}", world.show.organization);
    let counter = [("pk", key.as_str()), ("sk", "SERIES#INVOICE#2026-27")];
    let mut request = emulator::client().put_item().table_name(&tables.main);
    for (name, value) in counter {
        request = request.item(name, aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned()));
    }
    request.item("next", aws_sdk_dynamodb::types::AttributeValue::N("10000000".to_owned())).send().await.unwrap();
    let refused = world.store.issue_document(&content, &prefix()).await;
    assert!(matches!(refused, Err(IssueDocumentError::SeriesFull(..))), "{refused:?}");
    assert!(world.store.documents_of(&posting.payment).await.unwrap().is_empty());
    let shorter = world.store.issue_document(&content, &"F".parse().unwrap()).await.unwrap();
    assert_eq!(shorter.number.as_str(), "F/26-27/10000000", "a shorter prefix makes room");
}
