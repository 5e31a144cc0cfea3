package coop.imece.platform.page;

import org.jspecify.annotations.Nullable;

/// A named address, for breadcrumbs and tabs.
///
/// @param href where it leads; null for the page the reader is on
/// @param label what the reader sees
public record Link(@Nullable String href, String label) {

    /// The page the reader is on.
    public static Link here(String label) {
        return new Link(null, label);
    }
}
