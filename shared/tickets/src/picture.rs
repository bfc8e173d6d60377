//! Pictures of codes.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Smallest side of the picture, so that a scanner reads it from a phone at arm's length.
const SIDE_PIXELS_MIN: u32 = 280;

/// The QR code of this text: readable with up to 15 % of it dirty or torn away.
pub fn qr(code: &str) -> QrCode {
    QrCode::with_error_correction_level(code, EcLevel::M).expect("a ticket code fits into a QR code")
}

/// The same as SVG, black on white with its quiet zone.
pub fn qr_svg(code: &str) -> String {
    let picture = qr(code);
    let colors = (svg::Color("#000000"), svg::Color("#ffffff"));
    picture.render::<svg::Color<'_>>().min_dimensions(SIDE_PIXELS_MIN, SIDE_PIXELS_MIN).dark_color(colors.0).light_color(colors.1).build()
}
