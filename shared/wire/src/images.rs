//! Pictures of events.

use domain::event::Image;
use domain::id::ImageId;
use domain::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A picture of an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageView {
    /// Key.
    pub image_id: ImageId,
    /// Where it is served.
    #[schema(example = "/media/events/evt_0123456789abcdef/img_0123456789abcdef.png")]
    pub url: String,
    /// For those who do not see it.
    pub alt: Text<1, 200>,
}

impl From<&Image> for ImageView {
    fn from(image: &Image) -> Self {
        Self { image_id: image.id.clone(), url: format!("/media/{}", image.key), alt: image.alt.clone() }
    }
}

/// A picture to be uploaded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateImage {
    /// Of which format.
    pub content_type: ImageFormat,
    /// How large it is, if that is known; at most 10 MB.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub bytes: Option<u64>,
    /// For those who do not see it.
    pub alt: Text<1, 200>,
}

/// Formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum ImageFormat {
    /// Photographs.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Drawings.
    #[serde(rename = "image/png")]
    Png,
    /// Both, smaller.
    #[serde(rename = "image/webp")]
    Webp,
}

impl ImageFormat {
    /// As HTTP names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// As files are named.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }
}

/// A picture that waits for its bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewImageView {
    /// What it will be.
    #[serde(flatten)]
    pub image: ImageView,
    /// How to send it.
    pub upload: UploadView,
}

/// A form for `multipart/form-data`: these fields first, in any order, then the picture as the field `file`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UploadView {
    /// Where to post it.
    pub url: String,
    /// What to send along.
    pub fields: BTreeMap<String, String>,
}
