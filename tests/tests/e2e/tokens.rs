//! Tokens that were good once, are another pool's, are for something else, or are nobody's: 401, and nothing is done.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::backstage::Backstage;
use tests::cloud::{Cloud, PASSWORD, Person, shared};

/// Long enough to be used once on a busy machine.
const VALID_SECONDS: u32 = 4;

/// The same person, with this token.
fn with_token<'a>(person: &Person<'a>, token: &Value) -> Person<'a> {
    Person { token: token.as_str().expect("a token").to_owned(), ..person.clone() }
}

/// Signs in at Cognito itself, through this client.
async fn initiate(backstage: &Backstage<'_>, client: &str, email: &str) -> Value {
    let parameters = json!({"USERNAME": email, "PASSWORD": PASSWORD});
    let input = json!({"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters});
    backstage.cognito("InitiateAuth", &input).await["AuthenticationResult"].clone()
}

/// A further client of this pool, like ours.
async fn another_client(backstage: &Backstage<'_>, pool: &str) -> String {
    let input = json!({"UserPoolId": pool, "ClientName": "another", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]});
    backstage.cognito("CreateUserPoolClient", &input).await["UserPoolClient"]["ClientId"].as_str().expect("an id").to_owned()
}

/// Asks for what this token must not have: the owner's profile, and a change of it.
async fn assert_refused(person: &Person<'_>, what: &str) {
    let read = person.get("/v1/me").await;
    assert_eq!((read.status, read.problem()), (401, "unauthenticated"), "{what}: {}", read.body);
    let write = person.send("PATCH", "/v1/me", Some(&json!({"name": "Mallory"}))).await;
    assert_eq!((write.status, write.problem()), (401, "unauthenticated"), "{what}: {}", write.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_doors_until_it_expires() {
    // A cloud of its own: the lifetime of everybody's tokens is changed.
    let cloud = Cloud::start(&["--no-demo"]).await;
    let backstage = Backstage::of(&cloud).await;
    let units = json!({"AccessToken": "seconds", "IdToken": "minutes", "RefreshToken": "days"});
    let short = json!({
        "UserPoolId": backstage.pool(), "ClientId": backstage.client(), "AccessTokenValidity": VALID_SECONDS, "TokenValidityUnits": units,
    });
    backstage.cognito("UpdateUserPoolClient", &short).await;

    let bela = cloud.demo("buyer").await;
    assert_eq!(bela.get("/v1/me").await.expect(200)["name"], "Bela Buyer");
    let expired = || async { Some(bela.get("/v1/me").await).filter(|answer| answer.status == 401) };
    cloud.eventually("a token that has expired", expired).await;
    assert_refused(&bela, "expired").await;

    let body = json!({"refreshToken": bela.refresh_token});
    let fresh = cloud.send("POST", "/v1/auth/refresh", Some(&body)).await.expect(200);
    assert_eq!(fresh["expiresIn"], VALID_SECONDS);
    assert_eq!(with_token(&bela, &fresh["accessToken"]).get("/v1/me").await.expect(200)["name"], "Bela Buyer");
    assert!(cloud.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_another_pool_or_client_open_nothing() {
    let cloud = shared().await;
    let backstage = Backstage::of(cloud).await;
    let anna = cloud.somebody().await;

    let pool = backstage.cognito("CreateUserPool", &json!({"PoolName": "elsewhere", "UsernameAttributes": ["email"]})).await;
    let pool = pool["UserPool"]["Id"].as_str().expect("an id");
    let client = another_client(&backstage, pool).await;
    let user = json!({"UserPoolId": pool, "Username": anna.email, "MessageAction": "SUPPRESS"});
    backstage.cognito("AdminCreateUser", &user).await;
    let password = json!({"UserPoolId": pool, "Username": anna.email, "Password": PASSWORD, "Permanent": true});
    backstage.cognito("AdminSetUserPassword", &password).await;
    let foreign = initiate(&backstage, &client, &anna.email).await;
    assert_refused(&with_token(&anna, &foreign["AccessToken"]), "another pool's").await;

    let client = another_client(&backstage, backstage.pool()).await;
    let foreign = initiate(&backstage, &client, &anna.email).await;
    assert_refused(&with_token(&anna, &foreign["AccessToken"]), "another client's").await;

    let ours = initiate(&backstage, backstage.client(), &anna.email).await;
    let anna = with_token(&anna, &ours["AccessToken"]);
    assert_eq!(anna.get("/v1/me").await.expect(200)["name"], "Some Body", "made the same way, with our client");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_token_says_who_somebody_is_and_opens_nothing() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let tokens = cloud.send("POST", "/v1/auth/sign-in", Some(&json!({"email": anna.email, "password": PASSWORD}))).await.expect(200);
    assert_refused(&with_token(&anna, &tokens["idToken"]), "an id token").await;
    assert_refused(&with_token(&anna, &tokens["refreshToken"]), "a refresh token").await;
    with_token(&anna, &tokens["accessToken"]).get("/v1/me").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn unsigned_altered_and_garbage_tokens_open_nothing() {
    let cloud = shared().await;
    let anna = cloud.somebody().await;
    let parts: Vec<&str> = anna.token.split('.').collect();
    let decoded = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON");
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let (header, claims) = (decoded(parts[0]), decoded(parts[1]));
    let with = |value: &Value, name: &str, to: Value| {
        let mut value = value.clone();
        value[name] = to;
        encoded(&value)
    };
    let admin = with(&claims, "cognito:groups", json!(["admin"]));
    let later = with(&claims, "exp", json!(claims["exp"].as_i64().expect("seconds") + 86_400));
    for (what, token) in [
        ("unsigned", format!("{}.{}.", parts[0], parts[1])),
        ("alg none", format!("{}.{}.", with(&header, "alg", json!("none")), parts[1])),
        ("alg none, signed", format!("{}.{}.{}", with(&header, "alg", json!("none")), parts[1], parts[2])),
        ("alg HS256", format!("{}.{}.{}", with(&header, "alg", json!("HS256")), parts[1], parts[2])),
        ("an unknown key", format!("{}.{}.{}", with(&header, "kid", json!("another")), parts[1], parts[2])),
        ("more groups", format!("{}.{admin}.{}", parts[0], parts[2])),
        ("a longer life", format!("{}.{later}.{}", parts[0], parts[2])),
        ("another signature", format!("{}.{}.{}", parts[0], parts[1], "A".repeat(parts[2].len()))),
        ("a part too few", format!("{}.{}", parts[0], parts[1])),
        ("garbage", "garbage".to_owned()),
        ("dots", "..".to_owned()),
        ("nothing", String::new()),
        ("64 KB", "x".repeat(60_000)),
    ] {
        assert_refused(&Person { token, ..anna.clone() }, what).await;
    }
    for scheme in ["Basic", "Token"] {
        let request = cloud.http.get(format!("{}/v1/me", cloud.base)).header("authorization", format!("{scheme} {}", anna.token));
        assert_eq!(tests::cloud::Answer::of(request).await.status, 401, "{scheme}");
    }
    assert_eq!(anna.get("/v1/me").await.expect(200)["name"], "Some Body");
}
