//! Posters: a sky, a light and what belongs to the category, in colours that follow from the event's number.

use domain::event::Category;
use std::f32::consts::PI;

/// What posters are.
pub(super) const MEDIA_TYPE: &str = "image/png";
const WIDTH: u16 = 800;
const HEIGHT: u16 = 450;

type Colour = [f32; 3];

/// The poster of the event with this number, as PNG.
pub(super) fn poster(index: usize, category: Category) -> Result<Vec<u8>, png::EncodingError> {
    let mut pixels = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    let paint = Paint::new(index, category);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let colour = paint.at(f32::from(x) / f32::from(HEIGHT), f32::from(y) / f32::from(HEIGHT));
            pixels.extend(colour.map(byte));
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, u32::from(WIDTH), u32::from(HEIGHT));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte before")]
fn byte(part: f32) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0) as u8
}

struct Paint {
    category: Category,
    above: Colour,
    below: Colour,
    light: Colour,
    centre: (f32, f32),
    phase: f32,
}

impl Paint {
    fn new(index: usize, category: Category) -> Self {
        let number = f32::from(u8::try_from(index % 200).unwrap_or_default());
        // The golden angle: neighbours in the list differ as much as they can. From teal over blue and pink to orange.
        let hue = 0.5 + 0.58 * (number * 0.381_966).fract();
        Self {
            category,
            above: colour(hue, 0.8, 0.24),
            below: colour(hue + 0.1, 0.65, 0.8),
            light: colour(hue + 0.16, 0.22, 1.0),
            centre: (0.45 + 0.9 * (number * 0.618_034).fract(), 0.3 + 0.12 * (number * 0.7).sin()),
            phase: number * 1.7,
        }
    }

    /// The colour at a point; both coordinates count heights of the picture.
    fn at(&self, x: f32, y: f32) -> Colour {
        let mut colour = mix(self.above, self.below, y);
        let (dx, dy) = (x - self.centre.0, y - self.centre.1);
        let distance = dx.hypot(dy);
        colour = mix(colour, self.light, (0.42 - distance).max(0.0) * 2.0);
        match self.category {
            // Beams of a projector.
            Category::Movie => mix(colour, self.light, stripes(dy.atan2(dx) * 9.0 + self.phase) * 0.35 * (1.1 - distance).max(0.0)),
            // Sound, going out from the stage.
            Category::Concert => mix(colour, self.light, stripes(distance * 42.0) * 0.4 * (0.9 - distance).max(0.0)),
            // A field, mown in stripes, in front of the floodlights.
            Category::Sports if y > 0.62 => mix([0.1, 0.42, 0.18], [0.16, 0.55, 0.24], stripes((x - 0.9) / (y - 0.35) * 14.0)),
            // Curtains, open.
            Category::Theater if !(0.35..1.43).contains(&(x + 0.05 * (y * 3.0).sin())) => {
                mix([0.32, 0.02, 0.05], [0.66, 0.08, 0.12], stripes(x * 60.0))
            }
            // A wall, and a spot on it.
            Category::Comedy if distance < 0.24 => self.light,
            Category::Comedy => mix(colour, [0.0, 0.0, 0.0], bricks(x, y) * 0.35),
            // Windows of a tower.
            Category::Conference => mix(colour, self.light, grid(x * 14.0, y * 14.0) * 0.3 * y),
            // Hills.
            Category::Other if y > 0.7 + 0.09 * (x * 4.0 + self.phase).sin() => mix(self.above, [0.0, 0.0, 0.0], 0.35),
            Category::Other if y > 0.58 + 0.07 * (x * 3.0 - self.phase).sin() => mix(self.above, self.below, 0.3),
            Category::Sports | Category::Theater | Category::Other => colour,
        }
    }
}

fn mix(a: Colour, b: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}

fn stripes(at: f32) -> f32 {
    if at.rem_euclid(2.0 * PI) < PI { 1.0 } else { 0.0 }
}

fn bricks(x: f32, y: f32) -> f32 {
    let (row, shift) = (y * 18.0, if (y * 9.0).fract() < 0.5 { 0.5 } else { 0.0 });
    if row.fract() < 0.12 || (x * 9.0 + shift).fract() < 0.05 { 1.0 } else { 0.0 }
}

fn grid(x: f32, y: f32) -> f32 {
    if x.fract() > 0.25 && y.fract() > 0.35 { 1.0 } else { 0.0 }
}

/// Red, green and blue of a hue, saturation and value between 0 and 1.
fn colour(hue: f32, saturation: f32, value: f32) -> Colour {
    [5.0, 3.0, 1.0].map(|offset: f32| {
        let k = (offset + hue * 6.0) % 6.0;
        value - value * saturation * k.min(4.0 - k).clamp(0.0, 1.0)
    })
}
