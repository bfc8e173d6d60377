//! Posters: drawn by `infra/local/posters/draw.mjs`, one per event of the programme.

/// What posters are.
pub(super) const MEDIA_TYPE: &str = "image/webp";

macro_rules! posters {
    ($($name:literal)+) => { [$(include_bytes!(concat!("../../posters/", $name, ".webp")).as_slice()),+] };
}

#[rustfmt::skip]
const POSTERS: [&[u8]; super::PROGRAMME.len()] = posters!(
    "00" "01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14" "15" "16" "17" "18" "19"
    "20" "21" "22" "23" "24" "25" "26" "27" "28" "29" "30" "31" "32" "33" "34" "35" "36" "37" "38" "39"
);

/// The poster of the event with this number.
pub(super) fn poster(index: usize) -> Vec<u8> {
    POSTERS[index].to_vec()
}
