//! Reads what was printed back: the text as somebody copies it, and the codes as a scanner sees them.
//!
//! Only the few operators that our pages are made of. Everything comes out of the finished file, nothing from what made it.

use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::dict::keys::{ACTUAL_TEXT, MCID, TO_UNICODE};
use hayro_syntax::object::{Dict, Number, Object, Stream, String as PdfString};
use hayro_syntax::page::Page;
use std::collections::BTreeMap;

/// Pixels per point: 216 to an inch, as a cheap printer and a cheap camera have it.
const PIXELS_PER_POINT: f64 = 3.0;
/// Below it a grey counts as dark.
const DARK: f64 = 0.5;

/// A page that was read back.
pub struct Printed {
    /// One entry per line of text, in the order of reading.
    pub lines: Vec<String>,
    /// Glyphs that stand for a character which the font has not.
    pub missing_glyphs: usize,
    /// How far right the widest line reaches, in points.
    pub widest: f64,
    /// Where the lowest line stands, in points from the bottom edge.
    pub lowest: f64,
    /// How wide and high the page is, in points.
    pub size: (f64, f64),
    /// What is dark on it.
    pub raster: Raster,
}

/// Black and white.
pub struct Raster {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Raster {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, dark: vec![false; width * height] }
    }

    /// Darkens every pixel whose middle lies in this rectangle.
    fn fill(&mut self, [left, top, right, bottom]: [f64; 4]) {
        for y in pixels(top, bottom, self.height) {
            for x in pixels(left, right, self.width) {
                self.dark[y * self.width + x] = true;
            }
        }
    }

    /// What a scanner reads in it.
    pub fn codes(&self) -> Vec<String> {
        let grey = |x: usize, y: usize| if self.dark[y * self.width + x] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, grey);
        image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    }

    /// A picture as `tickets::qr_svg` draws it: one path of rectangles, `M8 8h7v7H8V8`.
    pub fn of_svg(svg: &str) -> Self {
        let side = svg.split_once("viewBox=\"0 0 ").expect("a view box").1;
        let side = side.split([' ', '"']).next().and_then(|side| side.parse().ok()).expect("a length");
        let mut raster = Self::new(side, side);
        let path = svg.rsplit_once(" d=\"").expect("a path").1.split('"').next().expect("its end");
        for rectangle in path.split('M').skip(1) {
            let numbers: Vec<f64> = rectangle.split([' ', 'h', 'v', 'H', 'V']).map(|number| number.parse().expect("a number")).collect();
            let [left, top, width, height, ..] = numbers[..] else { panic!("{rectangle} is no rectangle") };
            raster.fill([left, top, left + width, top + height]);
        }
        raster
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "pages are small")]
fn pixels(from: f64, to: f64, max: usize) -> std::ops::Range<usize> {
    let bounded = |at: f64| (at + 0.5).floor().clamp(0.0, max as f64) as usize;
    bounded(from)..bounded(to)
}

/// Reads a file of one page.
pub fn read(pdf: Vec<u8>) -> Printed {
    let mut pages = read_pages(pdf);
    assert_eq!(pages.len(), 1, "pages");
    pages.remove(0)
}

/// Reads a file, page by page.
pub fn read_pages(pdf: Vec<u8>) -> Vec<Printed> {
    let pdf = Pdf::new(pdf).expect("a PDF");
    pdf.pages().iter().map(|page| Reader::new(page).read(page)).collect()
}

/// The state of the page's interpreter, as far as our pages need it.
struct Reader {
    printed: Printed,
    fonts: BTreeMap<String, BTreeMap<u16, String>>,
    widths: BTreeMap<String, BTreeMap<u16, f64>>,
    font: String,
    size: f64,
    matrix: [f64; 6],
    saved: Vec<([f64; 6], f64)>,
    grey: f64,
    path: Vec<Vec<(f64, f64)>>,
    is_curved: bool,
    marked: Vec<Marked>,
}

enum Marked {
    /// A line of text, or a figure.
    Line,
    /// Instead of its glyphs' own text.
    Actual,
    Other,
}

impl Reader {
    fn new(page: &Page<'_>) -> Self {
        let (width, height) = page.base_dimensions();
        let size = (f64::from(width), f64::from(height));
        let all = |length: f64| pixels(0.0, length * PIXELS_PER_POINT, usize::MAX >> 11).end;
        let raster = Raster::new(all(size.0), all(size.1));
        let printed = Printed { lines: vec![], missing_glyphs: 0, widest: 0.0, lowest: size.1, size, raster };
        Self {
            printed,
            fonts: BTreeMap::new(),
            widths: BTreeMap::new(),
            font: String::new(),
            size: 0.0,
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            saved: vec![],
            grey: 0.0,
            path: vec![],
            is_curved: false,
            marked: vec![],
        }
    }

    fn read(mut self, page: &Page<'_>) -> Printed {
        let mut operations = page.typed_operations();
        let mut text_at = [0.0; 6];
        while let Some(operation) = operations.next() {
            match operation {
                Op::SaveState(_) => self.saved.push((self.matrix, self.grey)),
                Op::RestoreState(_) => (self.matrix, self.grey) = self.saved.pop().expect("what was saved"),
                Op::Transform(m) => self.matrix = product(numbers([m.0, m.1, m.2, m.3, m.4, m.5]), self.matrix),
                Op::NonStrokeColorDeviceGray(grey) => self.grey = grey.0.as_f64(),
                Op::NonStrokeColorDeviceRgb(color) => self.grey = (color.0.as_f64() + color.1.as_f64() + color.2.as_f64()) / 3.0,
                Op::NonStrokeColor(color) => self.grey = mean(color.0.iter().map(Number::as_f64)),
                Op::NonStrokeColorNamed(color) => self.grey = mean(color.0.iter().map(Number::as_f64)),
                Op::RectPath(r) => {
                    let [x, y, width, height] = numbers([r.0, r.1, r.2, r.3]);
                    self.path.push(vec![self.at(x, y), self.at(x + width, y + height)]);
                }
                Op::MoveTo(p) => self.path.push(vec![self.at(p.0.as_f64(), p.1.as_f64())]),
                Op::LineTo(p) => {
                    let at = self.at(p.0.as_f64(), p.1.as_f64());
                    self.path.last_mut().expect("a path begins with a move").push(at);
                }
                Op::CubicTo(_) => self.is_curved = true,
                Op::FillPathNonZero(_) => self.fill_path(),
                Op::StrokePath(_) | Op::EndPath(_) => self.forget_path(),
                Op::TextFont(font) => {
                    font.0.as_str().clone_into(&mut self.font);
                    self.size = font.1.as_f64();
                    self.load(page);
                }
                Op::SetTextMatrix(m) => text_at = numbers([m.0, m.1, m.2, m.3, m.4, m.5]),
                Op::ShowText(shown) => self.show(text_at, [Object::String(shown.0.clone())]),
                Op::ShowTexts(shown) => self.show(text_at, shown.0.iter::<Object<'_>>()),
                Op::BeginMarkedContentWithProperties(tag) => self.begin(tag.1),
                Op::BeginMarkedContent(_) => self.marked.push(Marked::Other),
                Op::EndMarkedContent(_) => drop(self.marked.pop()),
                _ => {}
            }
        }
        self.printed
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let m = self.matrix;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// Fills rectangles; what has curves is decoration.
    fn fill_path(&mut self) {
        let height = self.printed.size.1;
        for corners in self.path.iter().filter(|_| self.grey < DARK && !self.is_curved) {
            let (xs, ys) = (corners.iter().map(|(x, _)| *x), corners.iter().map(|(_, y)| height - y));
            let (left, right) = (xs.clone().fold(f64::MAX, f64::min), xs.fold(f64::MIN, f64::max));
            let (top, bottom) = (ys.clone().fold(f64::MAX, f64::min), ys.fold(f64::MIN, f64::max));
            self.printed.raster.fill([left, top, right, bottom].map(|length| length * PIXELS_PER_POINT));
        }
        self.forget_path();
    }

    fn forget_path(&mut self) {
        self.path.clear();
        self.is_curved = false;
    }

    fn begin(&mut self, properties: &Object<'_>) {
        let Object::Dict(properties) = properties else { return self.marked.push(Marked::Other) };
        if let Some(text) = properties.get::<PdfString<'_>>(ACTUAL_TEXT) {
            self.printed
                .lines
                .last_mut()
                .expect("a line is open")
                .push_str(&utf16(text.as_bytes().strip_prefix(&[0xFE, 0xFF]).unwrap_or(&text)));
            self.marked.push(Marked::Actual);
        } else if properties.contains_key(MCID) {
            self.printed.lines.push(String::new());
            self.marked.push(Marked::Line);
        } else {
            self.marked.push(Marked::Other);
        }
    }

    fn show<'a>(&mut self, text_at: [f64; 6], shown: impl IntoIterator<Item = Object<'a>>) {
        let [scale, _, _, _, x, y] = product(text_at, self.matrix);
        let is_spelled_out = self.marked.iter().any(|marked| matches!(marked, Marked::Actual));
        let mut advance = 0.0;
        for part in shown {
            match part {
                Object::String(codes) => {
                    for code in codes.as_bytes().chunks_exact(2).map(|code| u16::from_be_bytes([code[0], code[1]])) {
                        self.printed.missing_glyphs += usize::from(code == 0);
                        advance += self.widths[&self.font].get(&code).copied().unwrap_or(0.0);
                        if !is_spelled_out && let Some(text) = self.fonts[&self.font].get(&code) {
                            self.printed.lines.last_mut().expect("a line is open").push_str(text);
                        }
                    }
                }
                Object::Number(back) => advance -= back.as_f64(),
                _ => {}
            }
        }
        self.printed.widest = self.printed.widest.max(x + advance / 1000.0 * self.size * scale);
        self.printed.lowest = self.printed.lowest.min(y);
    }

    /// What the codes of a font mean and how wide they are.
    fn load(&mut self, page: &Page<'_>) {
        if self.fonts.contains_key(&self.font) {
            return;
        }
        let fonts: Dict<'_> = page.resources().fonts.clone();
        let font: Dict<'_> = fonts.get(self.font.as_bytes()).expect("a font of the page");
        let meanings: Stream<'_> = font.get(TO_UNICODE).expect("meanings");
        let meanings = meanings.decoded().expect("a readable stream");
        self.fonts.insert(self.font.clone(), meanings_of(std::str::from_utf8(&meanings).expect("text")));
        let descendants: hayro_syntax::object::Array<'_> = font.get("DescendantFonts").expect("its glyphs");
        let descendant: Dict<'_> = descendants.iter().next().expect("one");
        let widths: hayro_syntax::object::Array<'_> = descendant.get("W").expect("widths");
        self.widths.insert(self.font.clone(), widths_of(widths.iter().collect()));
    }
}

/// `[1 [500 600] 7 9 250]`: a run of widths from a code on, or one width for a range of codes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codes have two bytes")]
fn widths_of(listed: Vec<Object<'_>>) -> BTreeMap<u16, f64> {
    let mut widths = BTreeMap::new();
    let mut listed = listed.into_iter();
    while let (Some(Object::Number(first)), Some(next)) = (listed.next(), listed.next()) {
        let first = first.as_f64() as u16;
        match next {
            Object::Array(run) => widths.extend((first..).zip(run.iter::<Number>().map(|width| width.as_f64()))),
            Object::Number(last) => {
                let Some(Object::Number(width)) = listed.next() else { panic!("a range has a width") };
                widths.extend((first..=last.as_f64() as u16).map(|code| (code, width.as_f64())));
            }
            _ => panic!("widths are numbers"),
        }
    }
    widths
}

/// The `bfchar` and `bfrange` lines of a `ToUnicode` map: `<0003> <0041>`.
fn meanings_of(map: &str) -> BTreeMap<u16, String> {
    let mut meanings = BTreeMap::new();
    for line in map.lines() {
        let hex: Vec<Vec<u8>> = line.split(['<', '>']).skip(1).step_by(2).map(bytes).collect();
        match &hex[..] {
            [code, text] if code.len() == 2 => drop(meanings.insert(u16::from_be_bytes([code[0], code[1]]), utf16(text))),
            [first, last, text] if first.len() == 2 && last.len() == 2 => {
                let (first, last) = (u16::from_be_bytes([first[0], first[1]]), u16::from_be_bytes([last[0], last[1]]));
                let text = utf16(text).chars().next().map_or(0, u32::from);
                let texts = (text..).filter_map(char::from_u32).map(String::from);
                meanings.extend((first..=last).zip(texts));
            }
            _ => {}
        }
    }
    meanings
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).filter_map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()).collect()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn numbers<const N: usize>(operands: [Number; N]) -> [f64; N] {
    operands.map(|operand| operand.as_f64())
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / f64::from(u8::try_from(values.len().max(1)).expect("few colours"))
}

/// First `m`, then `n`.
fn product(m: [f64; 6], n: [f64; 6]) -> [f64; 6] {
    let turned = |x: f64, y: f64| [x * n[0] + y * n[2], x * n[1] + y * n[3]];
    let ([right, down], origin) = ([turned(m[0], m[1]), turned(m[2], m[3])], turned(m[4], m[5]));
    [right[0], right[1], down[0], down[1], origin[0] + n[4], origin[1] + n[5]]
}
