//! Organizations: written once, changed by one at a time, listed by pages.

use domain::id::OrganizationId;
use domain::organization::Organization;
use domain::tax::Tax;
use store::UpdateOrganizationError;
use tests::emulator;
use tests::world::{World, entropy};

fn fresh() -> Organization {
    Organization::new(OrganizationId::from_entropy(entropy()), "A hall".parse().unwrap())
}

#[tokio::test]
async fn what_was_set_stays_when_an_organization_is_written_again() {
    let world = World::new(emulator::store().await).await;
    let full = world.organization();
    assert_eq!(world.store.organization(&full.id).await.unwrap(), None);
    world.store.create_organization(&full).await.unwrap();
    world.store.create_organization(&Organization::new(full.id.clone(), "Another".parse().unwrap())).await.unwrap();
    assert_eq!(world.store.organization(&full.id).await.unwrap(), Some(full));
}

#[tokio::test]
async fn of_two_who_change_the_settings_at_once_one_has_their_way() {
    let store = emulator::store().await;
    let before = fresh();
    store.create_organization(&before).await.unwrap();
    let untaxed = store.update_organization(&before, &Organization { tax: Tax::None, ..before.clone() }).await.unwrap();
    assert_eq!((&untaxed.tax, untaxed.revision), (&Tax::None, before.revision + 1));
    let late = store.update_organization(&before, &Organization { fee_rate: 100, ..before.clone() }).await;
    assert!(matches!(late, Err(UpdateOrganizationError::Overtaken)), "{late:?}");
    assert_eq!(store.organization(&before.id).await.unwrap(), Some(untaxed));

    let missing = store.update_organization(&fresh(), &before).await;
    assert!(matches!(missing, Err(UpdateOrganizationError::Overtaken)), "nothing is made by a change: {missing:?}");
}

#[tokio::test]
async fn every_organization_is_on_one_page_of_the_list() {
    let store = emulator::store().await;
    let mut expected: Vec<Organization> = (0..5).map(|_| fresh()).collect();
    for organization in &expected {
        store.create_organization(organization).await.unwrap();
    }
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    let (mut found, mut after) = (vec![], None);
    loop {
        let page = store.organizations(after.as_ref(), 2).await.unwrap();
        assert!(page.items.len() <= 2);
        found.extend(page.items);
        let Some(next) = page.next else { break };
        after = Some(next.parse().unwrap());
    }
    assert_eq!(found, expected);
}
