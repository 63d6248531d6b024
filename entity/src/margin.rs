//! Margin (授权日数): how far a park lets those who keep its promises go. They are settings.

/// What a park leaves to those who keep its promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// By how many days whoever handles a promise may extend it; what goes beyond is for the service centre.
    pub extension: u32,
    /// Up to how many working days after it was done something may be entered as kept.
    pub backdating: u32,
}

impl Default for Margins {
    fn default() -> Self {
        Self {
            extension: 10,
            backdating: 5,
        }
    }
}
