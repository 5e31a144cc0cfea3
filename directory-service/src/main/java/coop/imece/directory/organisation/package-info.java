/// Organisations: cooperatives, their unions, clusters and supporters; registered by their people, verified by
/// reviewers.
@NullMarked
package coop.imece.directory.organisation;

import org.jspecify.annotations.NullMarked;
