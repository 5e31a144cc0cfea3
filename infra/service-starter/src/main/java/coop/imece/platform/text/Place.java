package coop.imece.platform.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Where something is.
///
/// @param country ISO 3166-1 alpha-2
/// @param region ISO 3166-2, for Slovenia NUTS-3 (code list `regions`)
/// @param locality town or district, as people write it
/// @param point coordinates, if known
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(
        String country,
        @Nullable String region,
        @Nullable String locality,
        @Nullable Point point) {

    /// WGS 84 coordinates in degrees.
    public record Point(double lat, double lon) {}
}
