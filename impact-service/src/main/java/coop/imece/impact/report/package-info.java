/// Yearly reports of cooperatives: filled in, submitted, reviewed by somebody else.
@NullMarked
package coop.imece.impact.report;

import org.jspecify.annotations.NullMarked;
