//! A DynamoDB on loopback, one per test process; a pair of tables per test.

use crate::meter::Meter;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType, ScalarAttributeType,
};
use aws_smithy_runtime_api::client::http::HttpClient;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Store, Tables};

static ADDRESS: OnceLock<String> = OnceLock::new();
static TABLES: AtomicU32 = AtomicU32::new(0);

/// The address of the emulator, started at the first call.
pub fn address() -> &'static str {
    ADDRESS.get_or_init(|| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        listener.set_nonblocking(true).expect("sockets can be polled");
        let database = dynoxide::Database::memory().expect("memory");
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                dynoxide::server::serve_on(listener, database).await;
            });
        });
        address
    })
}

/// A client of the emulator.
pub fn client() -> Client {
    client_with(None)
}

/// A client whose consumption is metered.
pub fn client_with(meter: Option<Meter>) -> Client {
    let mut config = config();
    if let Some(meter) = meter {
        config = config.interceptor(meter);
    }
    Client::from_conf(config.build())
}

/// A client whose requests go through this.
pub fn client_through(http: impl HttpClient + 'static) -> Client {
    Client::from_conf(config().http_client(http).build())
}

fn config() -> aws_sdk_dynamodb::config::Builder {
    aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(address())
        .region(Region::new("local"))
        .credentials_provider(Credentials::new("local", "local", None, None, "tests"))
}

/// A store on tables of its own.
pub async fn store() -> Store {
    let (client, tables) = (client(), tables().await);
    Store::new(client, tables)
}

/// Fresh tables as the template describes them.
pub async fn tables() -> Tables {
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let tables = Tables { inventory: format!("inventory-{number}"), main: format!("main-{number}") };
    let client = client();
    create(&client, &tables.inventory, &[]).await;
    create(&client, &tables.main, &[("gsi1", "gsi1pk", "gsi1sk"), ("due", "due_shard", "due_at")]).await;
    tables
}

async fn create(client: &Client, name: &str, indexes: &[(&str, &str, &str)]) {
    let text =
        |name: &str| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build().expect("complete");
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("complete");
    let mut request = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(text("pk"))
        .attribute_definitions(text("sk"))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range));
    for (index, hash, range) in indexes {
        let projected = if *index == "due" { ProjectionType::KeysOnly } else { ProjectionType::All };
        let projection = Projection::builder().projection_type(projected).build();
        let index = GlobalSecondaryIndex::builder()
            .index_name(*index)
            .key_schema(key(hash, KeyType::Hash))
            .key_schema(key(range, KeyType::Range))
            .projection(projection)
            .build()
            .expect("complete");
        request = request.attribute_definitions(text(hash)).attribute_definitions(text(range)).global_secondary_indexes(index);
    }
    request.send().await.expect("a new table");
}
