//! Share (占比): a part of a whole, as people read it. The one rule of rounding for letters, pages, files and the API: half up, and never so that
//! a part looks like all or like nothing. So the same counts give the same figure everywhere.

/// `part` of `whole` in so many steps: 1000 are tenths of a percent, 100 are percents. None of nothing there is no share.
fn steps(part: u64, whole: u64, steps: u64) -> Option<u64> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
    let nearest = (part * u128::from(steps) * 2 + whole) / (whole * 2);
    let least = u128::from(part > 0);
    let most = u128::from(steps) - u128::from(part < whole);
    u64::try_from(nearest.clamp(least, most)).ok()
}

/// The share in tenths of a percent, rounded half up; only all are 1000, and only none is 0. None when there is no whole.
pub fn tenths(part: u64, whole: u64) -> Option<u32> {
    steps(part, whole, 1000).and_then(|share| share.try_into().ok())
}

/// The share in percent to one decimal, as a number: for whoever computes with it.
pub fn percent(part: u64, whole: u64) -> Option<f64> {
    tenths(part, whole).map(|share| f64::from(share) / 10.0)
}

/// The share in whole percent, by the same rule.
pub fn whole_percent(part: u64, whole: u64) -> Option<u32> {
    steps(part, whole, 100).and_then(|share| share.try_into().ok())
}

/// Tenths of a percent in words: "66.7%".
pub fn in_words(tenths: u32) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_as_they_are_told() {
        for (part, whole, expected, in_percent) in [
            (0, 0, None, None),
            (0, 3, Some(0), Some(0)),
            (1, 3, Some(333), Some(33)),
            (2, 3, Some(667), Some(67)),
            (3, 3, Some(1000), Some(100)),
            // Exactly between two tenths it goes up.
            (1, 8, Some(125), Some(13)),
            (1, 16, Some(63), Some(6)),
            // Nearly all are not all, and a few are not none.
            (1999, 2000, Some(999), Some(99)),
            (1, 3000, Some(1), Some(1)),
            (u64::MAX - 1, u64::MAX, Some(999), Some(99)),
        ] {
            assert_eq!(tenths(part, whole), expected, "{part} of {whole}");
            assert_eq!(whole_percent(part, whole), in_percent, "{part} of {whole}");
        }
        assert_eq!(in_words(667), "66.7%");
        assert_eq!(in_words(1000), "100.0%");
        assert_eq!(percent(2, 3), Some(66.7));
    }

    proptest! {
        #[test]
        fn a_share_is_the_nearest_tenth_and_more_is_never_told_as_less(whole in 1_u64..5000, part in 0_u64..5000) {
            let part = part.min(whole);
            let told = f64::from(tenths(part, whole).unwrap()) / 10.0;
            let exact = part as f64 * 100.0 / whole as f64;
            prop_assert!((told - exact).abs() <= 0.1, "{told} for {exact}");
            if exact > 0.05 && exact < 99.95 {
                prop_assert!((told - exact).abs() <= 0.05 + 1e-9, "{told} for {exact}");
            }
            prop_assert!(part == whole || tenths(part, whole) <= tenths(part + 1, whole));
            prop_assert_eq!(tenths(part, whole) == Some(1000), part == whole);
            prop_assert_eq!(tenths(part, whole) == Some(0), part == 0);
        }
    }
}
