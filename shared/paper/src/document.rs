//! Pages and what is on them. Lengths are points, 72 to an inch, from the top left corner.

use crate::face::Weight;
use crate::line::Line;
use crate::printable::printable;
use crate::wrap::wrap;
use krilla::SerializeSettings;
use krilla::color::{luma, rgb};
use krilla::geom::{Path, PathBuilder, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Paint, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree};
use qrcode::{Color, QrCode};
use std::num::NonZeroU16;

/// A4.
pub const PAGE_WIDTH: f32 = millimetres(210.0);
/// A4.
pub const PAGE_HEIGHT: f32 = millimetres(297.0);
/// White around a QR code, in modules, as ISO/IEC 18004 asks for.
const QUIET_MODULES: f32 = 4.0;
/// How far a curve's handles are from its ends, in radii, to make a quarter of a circle.
const ROUND: f32 = 0.552_285;

/// Points of so many millimetres.
pub const fn millimetres(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f32,
    /// From the top edge.
    pub y: f32,
}

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left edge.
    pub left: f32,
    /// From the top edge.
    pub top: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
}

/// What is printed with. All of it can be told apart on a printer without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What must be read.
    Black,
    /// Labels and notes.
    Grey,
    /// Frames and rules.
    Pale,
    /// Ours, sparingly.
    Accent,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Of an em.
    pub size: f32,
    /// How heavy.
    pub weight: Weight,
    /// In which ink.
    pub ink: Ink,
}

/// How much place a paragraph has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Width {
    /// Of the widest line.
    pub width: f32,
    /// The rest ends in an ellipsis.
    pub lines_max: usize,
    /// From one baseline to the next.
    pub leading: f32,
}

/// What a text is to somebody who hears the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The heading of the page.
    Heading,
    /// Everything else that says something.
    Paragraph,
}

/// Pages with a title.
pub struct Document {
    title: String,
    language: &'static str,
    pages: Vec<Page>,
}

/// One page, A4 upright.
#[derive(Default)]
pub struct Page {
    drawn: Vec<Drawn>,
}

enum Drawn {
    Text { lines: Vec<(Point, Line)>, style: Style, role: Role },
    Fill { path: Path, ink: Ink },
    Stroke { path: Path, ink: Ink, thickness: f32, dash: Option<f32> },
    Figure { path: Path, means: String },
}

impl Style {
    /// How wide this text is on one line.
    pub fn width_of(&self, text: &str) -> f32 {
        Line::shape(&printable(text), self.weight).advance * self.size
    }

    /// How many lines this text takes.
    pub fn line_count(&self, text: &str, width: f32) -> usize {
        wrap(text, self.weight, width / self.size, usize::MAX).len()
    }

    /// The same style, smaller if that is what it takes to bring this text onto one line of this width.
    #[must_use]
    pub fn fitting(self, text: &str, width: f32) -> Self {
        let size = if self.width_of(text) > width { self.size * width / self.width_of(text) } else { self.size };
        Self { size, ..self }
    }
}

impl Document {
    /// Without pages. The title is what a reader shows in its window, the language an IETF tag, as `en`.
    pub fn new(title: &str, language: &'static str) -> Self {
        Self { title: printable(title), language, pages: Vec::new() }
    }

    /// Adds a page.
    pub fn page(&mut self) -> &mut Page {
        self.pages.push(Page::default());
        self.pages.last_mut().expect("one was added")
    }

    /// The page that was added last.
    pub fn last_page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.page();
        }
        self.pages.last_mut().expect("there is one")
    }

    /// All of them, in order.
    pub fn pages(&mut self) -> &mut [Page] {
        &mut self.pages
    }

    /// The PDF. The same pages give the same bytes: no clock, no random number has a part in them.
    pub fn into_pdf(self) -> Vec<u8> {
        let mut document = krilla::Document::new_with(SerializeSettings::default());
        let mut tags = TagTree::new().with_lang(Some(self.language.to_owned()));
        for page in self.pages {
            let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).expect("A4 has a width and a height");
            let mut open = document.start_page_with(settings);
            let mut surface = open.surface();
            page.drawn.into_iter().filter_map(|drawn| drawn.onto(&mut surface)).for_each(|group| tags.push(group));
            surface.finish();
            open.finish();
        }
        document.set_tag_tree(tags);
        document.set_metadata(Metadata::new().title(self.title).language(self.language.to_owned()).creator("Frontrow".to_owned()));
        document.finish().expect("embedded fonts and finite lengths make a document")
    }
}

impl Page {
    /// A paragraph whose first baseline begins at `at`. Returns where the baseline of a next line would be.
    pub fn paragraph(&mut self, at: Point, width: Width, style: Style, role: Role, text: &str) -> f32 {
        let mut y = at.y;
        let mut lines = Vec::new();
        for line in wrap(text, style.weight, width.width / style.size, width.lines_max) {
            lines.push((Point { x: at.x, y }, line));
            y += width.leading;
        }
        self.drawn.push(Drawn::Text { lines, style, role });
        y
    }

    /// One line whose baseline begins at `at`, as long as it is.
    pub fn text(&mut self, at: Point, style: Style, text: &str) {
        let line = Line::shape(&printable(text), style.weight);
        self.drawn.push(Drawn::Text { lines: vec![(at, line)], style, role: Role::Paragraph });
    }

    /// One line whose baseline ends at `at`.
    pub fn text_right(&mut self, at: Point, style: Style, text: &str) {
        self.text(Point { x: at.x - style.width_of(text), y: at.y }, style, text);
    }

    /// A filled rectangle; a flat one is a rule.
    pub fn fill(&mut self, area: Area, ink: Ink) {
        if let Some(path) = rectangles([area]) {
            self.drawn.push(Drawn::Fill { path, ink });
        }
    }

    /// The outline of a rectangle with round corners.
    pub fn frame(&mut self, area: Area, radius: f32, thickness: f32, ink: Ink) {
        if let Some(path) = rounded(area, radius) {
            self.drawn.push(Drawn::Stroke { path, ink, thickness, dash: None });
        }
    }

    /// A line of dashes: here one may fold or tear.
    pub fn dashes(&mut self, from: Point, to: Point, thickness: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        path.move_to(from.x, from.y);
        path.line_to(to.x, to.y);
        if let Some(path) = path.finish() {
            self.drawn.push(Drawn::Stroke { path, ink, thickness, dash: Some(4.0 * thickness) });
        }
    }

    /// A QR code in a square with its quiet zone inside; `means` is what somebody hears who cannot see it. Returns the square
    /// that its modules fill.
    pub fn qr(&mut self, corner: Point, side: f32, code: &QrCode, means: &str) -> Area {
        let modules = code.width();
        let module = side / (length(modules) + 2.0 * QUIET_MODULES);
        let inner = Area {
            left: corner.x + QUIET_MODULES * module,
            top: corner.y + QUIET_MODULES * module,
            width: length(modules) * module,
            height: length(modules) * module,
        };
        let colors = code.to_colors();
        let dark = colors.chunks(modules).enumerate().flat_map(|(row, colors)| {
            dark_stretches(colors).into_iter().map(move |(first, count)| Area {
                left: inner.left + length(first) * module,
                top: inner.top + length(row) * module,
                width: length(count) * module,
                height: module,
            })
        });
        if let Some(path) = rectangles(dark) {
            self.drawn.push(Drawn::Figure { path, means: printable(means) });
        }
        inner
    }
}

impl Drawn {
    /// Draws it and says what it is in the order of reading; decoration is nothing there.
    fn onto(self, surface: &mut Surface<'_>) -> Option<TagGroup> {
        match self {
            Self::Text { lines, style, role } => {
                let spans: Vec<Node> = lines.iter().map(|(at, line)| text(surface, *at, line, style).into()).collect();
                let heading = Tag::Hn(NonZeroU16::MIN, None);
                (!spans.is_empty()).then(|| match role {
                    Role::Heading => TagGroup::with_children(heading, spans),
                    Role::Paragraph => TagGroup::with_children(Tag::P, spans),
                })
            }
            Self::Figure { path, means } => {
                let identifier = surface.start_tagged(ContentTag::Other);
                fill(surface, &path, Ink::Black);
                surface.end_tagged();
                Some(TagGroup::with_children(Tag::Figure(Some(means)), vec![identifier.into()]))
            }
            Self::Fill { path, ink } => {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                fill(surface, &path, ink);
                surface.end_tagged();
                None
            }
            Self::Stroke { path, ink, thickness, dash } => {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                let dash = dash.map(|length| StrokeDash { array: vec![length, length], offset: 0.0 });
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint: ink.paint(), width: thickness, dash, ..Stroke::default() }));
                surface.draw_path(&path);
                surface.end_tagged();
                None
            }
        }
    }
}

impl Ink {
    fn paint(self) -> Paint {
        match self {
            Self::Black => luma::Color::black().into(),
            Self::Grey => luma::Color::new(95).into(),
            Self::Pale => luma::Color::new(190).into(),
            Self::Accent => rgb::Color::new(166, 28, 60).into(),
        }
    }
}

fn text(surface: &mut Surface<'_>, at: Point, line: &Line, style: Style) -> Identifier {
    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: style.ink.paint(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
    let mut x = at.x;
    for run in &line.runs {
        surface.draw_glyphs(krilla::geom::Point::from_xy(x, at.y), &run.glyphs, run.face.font.clone(), &run.text, style.size, false);
        x += run.advance * style.size;
    }
    surface.end_tagged();
    identifier
}

fn fill(surface: &mut Surface<'_>, path: &Path, ink: Ink) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: ink.paint(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
    surface.draw_path(path);
}

/// One path of all of them: where two touch no seam is left.
fn rectangles(areas: impl IntoIterator<Item = Area>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for area in areas {
        path.push_rect(Rect::from_xywh(area.left, area.top, area.width, area.height)?);
    }
    path.finish()
}

fn rounded(Area { left, top, width, height }: Area, radius: f32) -> Option<Path> {
    let (right, bottom, handle) = (left + width, top + height, radius * (1.0 - ROUND));
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    path.close();
    path.finish()
}

/// First module and length of every unbroken stretch of dark ones.
fn dark_stretches(row: &[Color]) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (i, _) in row.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        match stretches.last_mut() {
            Some((first, count)) if *first + *count == i => *count += 1,
            _ => stretches.push((i, 1)),
        }
    }
    stretches
}

#[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules")]
fn length(modules: usize) -> f32 {
    modules as f32
}
