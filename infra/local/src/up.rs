//! `up`: starts everything in order, says so, and ends everything again.

mod options;
mod services;
mod settings;

pub use options::{FunctionsMode, Options};

use crate::demo;
use crate::demo_accounts::{self, AccountError, DemoAccount};
use crate::dynamo::{CallError, Dynamo};
use crate::functions::{Functions, LinkError, Linker, sdk_config};
use crate::gateway::{self, Authorizer, Gateway, Inspector, Live, Policies, Routes};
use crate::helper::{Helper, HelperProcess, HelperSettings, ProvisionError, StartError, provision};
use crate::linked;
use crate::template::{Template, TemplateError};
use crate::watch::{Watch, WatchError};
use api::{App, Context, Settings};
use aws_config::SdkConfig;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// The local cloud cannot start or cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum UpError {
    /// Somebody else listens there.
    #[error("port {0} is taken: end what listens there, or choose another with --port")]
    PortTaken(u16),
    /// A file or socket failed.
    #[error("{0}")]
    Io(String, #[source] std::io::Error),
    /// The template is not understood.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The database does not work.
    #[error(transparent)]
    Database(#[from] CallError),
    /// The helper process does not start.
    #[error(transparent)]
    Helper(#[from] StartError),
    /// It does not do what it should.
    #[error(transparent)]
    Provision(#[from] ProvisionError),
    /// A function lacks a setting.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// `cargo lambda watch` does not start.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// Demo accounts cannot be made.
    #[error(transparent)]
    Accounts(#[from] AccountError),
    /// Demo data cannot be made.
    #[error("the demo cannot be seeded: {0}")]
    Demo(String),
}

/// Starts everything, prints `ready`, and serves until SIGINT or SIGTERM.
pub async fn run(options: Options) -> Result<(), UpError> {
    let (listener, port) = listen(options.port).await?;
    let template = Arc::new(Template::read(&options.root.join("template.yaml"))?);
    if let Some(data) = &options.data {
        std::fs::create_dir_all(data).map_err(|error| UpError::Io(format!("{} cannot be made", data.display()), error))?;
    }
    let dynamo = Arc::new(open_database(&options)?);
    let tables = tokio::spawn({
        let (dynamo, template) = (dynamo.clone(), template.clone());
        async move { dynamo.create_tables(&template).await }
    });
    let (process, helper_url) = start_helper(&options).await?;
    tables.await.expect("making tables does not panic")?;
    let outcome = serve(&options, listener, port, template, dynamo, &helper_url).await;
    if let Some(process) = process {
        process.stop().await;
    }
    outcome
}

async fn listen(port: u16) -> Result<(TcpListener, u16), UpError> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|_| UpError::PortTaken(port))?;
    let port = listener.local_addr().map_err(|error| UpError::Io("the port is unknown".to_owned(), error))?.port();
    Ok((listener, port))
}

fn open_database(options: &Options) -> Result<Dynamo, CallError> {
    match (&options.dynamodb, &options.data) {
        (Some(url), _) => Ok(Dynamo::remote(url)),
        (None, Some(data)) => Dynamo::file(&data.join("dynamodb.sqlite")),
        (None, None) => Dynamo::memory(),
    }
}

async fn start_helper(options: &Options) -> Result<(Option<HelperProcess>, String), UpError> {
    if let Some(url) = &options.helper {
        return Ok((None, url.trim_end_matches('/').to_owned()));
    }
    let state = options.data.clone().unwrap_or_else(|| options.root.join(".frontrow"));
    std::fs::create_dir_all(&state).map_err(|error| UpError::Io(format!("{} cannot be made", state.display()), error))?;
    let log = state.join(format!("helper-{}.log", std::process::id()));
    let settings = HelperSettings { python: &options.python(), data: options.data.as_deref(), log: &log };
    let process = HelperProcess::start(&settings).await?;
    let url = process.url.clone();
    Ok((Some(process), url))
}

/// From here on everything that runs is told to stop when this function ends.
async fn serve(
    options: &Options,
    listener: TcpListener,
    port: u16,
    template: Arc<Template>,
    dynamo: Arc<Dynamo>,
    helper_url: &str,
) -> Result<(), UpError> {
    let config = sdk_config(&dynamo, "local-cloud", helper_url);
    let helper = Arc::new(provision(helper_url, &config, &template).await?);
    let settings = settings::of_functions(&template, &helper, port);
    let mut services = services::Services::default();
    let dynamodb_url = services.serve_database(&dynamo).await?;

    let mut watching = None;
    let functions = match options.functions {
        FunctionsMode::Linked => {
            let mut linker = Linker::new(&template, &settings, &dynamo, helper_url);
            linked::link(&mut linker).await?;
            linker.finish()
        }
        FunctionsMode::Watch => {
            let watch = watching.insert(Watch::start(options, &settings, &dynamodb_url).await?);
            Functions::watched(&watch.url)
        }
    };
    let app = App::from_env(&Settings::from_map(settings.clone()), &sdk_config(&dynamo, "demo", helper_url)).await;
    let app = app.map_err(|error| UpError::Demo(error.to_string()))?;
    let accounts = demo_accounts(options, &config, &helper, &app).await?;

    services.start(&services::Parts {
        options,
        template: &template,
        dynamo: &dynamo,
        functions: &functions,
        helper: &helper,
        config: &config,
    });
    let media_bucket = settings.get("MEDIA_BUCKET").cloned().unwrap_or_default();
    let info = json!({
        "gateway": format!("http://127.0.0.1:{port}"), "dynamodb": dynamodb_url, "helper": helper_url,
        "region": crate::REGION, "accessKeyId": crate::ACCESS_KEY, "secretAccessKey": crate::SECRET_KEY,
        "tables": template.tables.iter().map(|table| &table.name).collect::<Vec<_>>(),
        "queues": helper.queue_urls, "buckets": template.buckets.iter().map(|bucket| &bucket.name).collect::<Vec<_>>(),
        "invoke": watching.as_ref().map(|watch| &watch.url),
        "userPoolId": helper.accounts.pool_id, "userPoolClientId": helper.accounts.client_id,
        "live": { "realtime": format!("ws://{}/event/realtime", helper.live_realtime_host), "host": helper.live_host, "key": helper.live_key },
        "pid": std::process::id(), "accounts": accounts, "password": demo_accounts::PASSWORD,
    });
    let live = Arc::new(Live::default());
    services.run(live.clone().run(helper.clone()));
    let inspector = Inspector {
        live,
        dynamo: dynamo.clone(),
        pollers: services.pollers.clone(),
        queue_urls: services.queue_urls.clone(),
        sqs: aws_sdk_sqs::Client::new(&config),
        info,
        accounts: accounts.clone(),
    };
    let gateway = Arc::new(Gateway {
        routes: Routes::new(&template),
        cors: template.cors.clone(),
        authorizer: Authorizer::new(helper_url, &helper.accounts),
        functions: functions.clone(),
        helper: helper.clone(),
        media_bucket: media_bucket.clone(),
        web: options.web(),
        config: settings::of_web_client(&helper),
        policies: Policies::new(&template, &helper, &media_bucket)?,
        inspector,
        requests: 1.into(),
    });
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(gateway::serve(listener, gateway, until(stopped)));

    let interrupted = interrupted(options.end_with_stdin)?;
    let prepare = async {
        if !options.no_demo {
            seed(&app, &helper, &media_bucket, &accounts).await?;
        }
        announce(port, &accounts, &dynamodb_url, &not_linked(&template, &functions));
        Ok::<_, UpError>(())
    };
    tokio::pin!(interrupted);
    let outcome = tokio::select! {
        prepared = prepare => match prepared {
            Ok(()) => {
                interrupted.await;
                Ok(())
            }
            Err(error) => Err(error),
        },
        () = &mut interrupted => Ok(()),
    };
    let _ = stop.send(true);
    services.give_clients_a_moment(serving).await;
    services.stop().await;
    if let Some(watch) = watching {
        watch.stop().await;
    }
    outcome
}

async fn demo_accounts(options: &Options, config: &SdkConfig, helper: &Helper, app: &App) -> Result<Vec<DemoAccount>, AccountError> {
    let cognito = aws_sdk_cognitoidentityprovider::Client::new(config);
    demo_accounts::make(&cognito, &helper.accounts, app, options.buyers).await
}

async fn seed(app: &App, helper: &Helper, bucket: &str, accounts: &[DemoAccount]) -> Result<(), UpError> {
    let Some(organizer) = accounts.iter().find(|account| account.groups.iter().any(|group| group == "organizer")) else { return Ok(()) };
    let upload = async |key: String, media_type: &'static str, bytes: Vec<u8>| {
        let url = format!("{}/{bucket}/{key}", helper.url);
        // As the forms with which organizers upload say it.
        let headers = [("content-type", media_type), ("cache-control", "public, max-age=31536000, immutable")];
        helper.aws.ask("s3", reqwest::Method::PUT, &url, &headers, bytes).await?;
        Ok(())
    };
    let progress = |step: &str| tracing::info!(step, "seeding");
    let seeded = demo::seed(&app.store, &organizer.user_id, upload, app.clock.now(), &progress).await;
    seeded.map(|_| ()).map_err(|error| UpError::Demo(error.to_string()))
}

/// Functions that the template names and nobody linked: routes that answer 501.
fn not_linked(template: &Template, functions: &Functions) -> Vec<String> {
    let names = template.functions.iter().map(|function| function.name.clone());
    names.filter(|name| !functions.knows(name)).collect()
}

fn interrupted(end_with_stdin: bool) -> Result<impl Future<Output = ()>, UpError> {
    let failed = |error| UpError::Io("signals cannot be received".to_owned(), error);
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            () = stdin_ended(), if end_with_stdin => {}
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits until whoever holds the other end of standard input is gone.
async fn stdin_ended() {
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(sender);
    });
    let _ = receiver.await;
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

#[expect(clippy::print_stdout, reason = "this is what people and tests wait for")]
fn announce(port: u16, accounts: &[DemoAccount], dynamodb_url: &str, not_linked: &[String]) {
    if !not_linked.is_empty() {
        println!("not linked, answered with 501: {}", not_linked.join(", "));
    }
    println!("Frontrow          http://127.0.0.1:{port}");
    println!("mail and codes    http://127.0.0.1:{port}/_local/mail");
    println!("DynamoDB          {dynamodb_url}");
    if !accounts.is_empty() {
        println!("demo accounts     password {}", demo_accounts::PASSWORD);
        print!("{}", demo_accounts::list(accounts));
    }
    println!("ready http://127.0.0.1:{port}");
}

/// The folder of the project, as it was when this was built.
pub(crate) fn project_root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
