//! `POST /v1/events/{eventId}/images`: announces a picture and says how to upload it.

use api::{First, Media, Problem, Reply, Request};
use domain::event::Image;
use domain::id::{EventId, ImageId};
use domain::user::Seller;
use media::UPLOAD_BYTES_MAX;
use wire::{CreateImage, IdempotencyHeader, ImageView, NewImageView, ProblemView, UploadView};

/// Adds a picture to an event, the first is its poster, and answers with the form that S3 takes its bytes by.
#[utoipa::path(
    post, path = "/v1/events/{eventId}/images", operation_id = "images-create", tag = "catalog",
    summary = "Add a picture to an event",
    description = "Answers with a form for `multipart/form-data`: post its fields, then the picture as `file`, to its address within 15 \
                   minutes. S3 refuses another type, another key, and more than 10 MB. An event has at most 8 pictures.",
    params(("eventId" = EventId, Path), IdempotencyHeader), request_body = CreateImage,
    responses(
        (status = 201, body = NewImageView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict`: enough pictures, or called off; `idempotency-in-flight`", body = ProblemView),
        (status = 413, body = ProblemView), (status = 415, body = ProblemView),
        (status = 422, description = "`idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(media: &Media, request: Request) -> Result<Reply, Problem> {
    let app = &media.app;
    let seller = app.seller(&request.caller()?).await?;
    let event_id: EventId = request.path("eventId")?;
    let body: CreateImage = request.json()?;
    if body.bytes.is_some_and(|bytes| !(1..=UPLOAD_BYTES_MAX).contains(&bytes)) {
        return Err(Problem::invalid("/bytes", format!("must be 1 to {UPLOAD_BYTES_MAX}")));
    }

    request.once(app, |first| create(media, first, &seller, &event_id, body)).await
}

async fn create(media: &Media, first: First, seller: &Seller, event_id: &EventId, body: CreateImage) -> Result<Reply, Problem> {
    let app = &media.app;
    app.store.event_of(seller, event_id).await?.ok_or_else(Problem::not_found)?;
    let id = ImageId::from_entropy(first.ids.entropy());
    let image = Image { key: format!("events/{event_id}/{id}.{}", body.content_type.extension()), id, alt: body.alt };
    let form = media.uploads.presign(&image.key, body.content_type.media_type(), app.clock.now()).await?;
    app.store.add_image(event_id, &image).await?;

    let upload = UploadView { url: form.url, fields: form.fields };
    Ok(Reply::created(&NewImageView { image: ImageView::from(&image), upload }))
}
