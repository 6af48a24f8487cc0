//! The versions of OpenAPI, and sets of them.

/// A version of OpenAPI, by what its documents may hold. Patch versions say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 2.0, Swagger.
    V2,
    /// 3.0
    V30,
    /// 3.1
    V31,
    /// 3.2
    V32,
}

impl Version {
    /// As people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Version::V2 => "2.0",
            Version::V30 => "3.0",
            Version::V31 => "3.1",
            Version::V32 => "3.2",
        }
    }
}

/// A set of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions(u8);

impl Versions {
    /// No version.
    pub const NONE: Versions = Versions(0);
    /// Every version.
    pub const ALL: Versions = Versions(0b1111);
    /// 2.0
    pub const V2: Versions = Versions(0b0001);
    /// 3.0
    pub const V30: Versions = Versions(0b0010);
    /// 2.0 and 3.0
    pub const TO_30: Versions = Versions(0b0011);
    /// 3.0 and later
    pub const FROM_30: Versions = Versions(0b1110);
    /// 3.1 and later
    pub const FROM_31: Versions = Versions(0b1100);
    /// 3.0 and 3.1
    pub const V30_31: Versions = Versions(0b0110);
    /// 2.0, 3.0 and 3.1
    pub const TO_31: Versions = Versions(0b0111);
    /// 3.2
    pub const V32: Versions = Versions(0b1000);

    /// Whether a version is one of them.
    pub const fn contains(self, version: Version) -> bool {
        self.0 & (1 << version as u8) != 0
    }

    /// The oldest of them.
    pub fn first(self) -> Option<Version> {
        [Version::V2, Version::V30, Version::V31, Version::V32].into_iter().find(|&it| self.contains(it))
    }

    /// The newest of them.
    pub fn last(self) -> Option<Version> {
        [Version::V32, Version::V31, Version::V30, Version::V2].into_iter().find(|&it| self.contains(it))
    }
}
