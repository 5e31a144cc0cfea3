/// What is measured, and how: versioned definitions of indicators.
@NullMarked
package coop.imece.impact.indicator;

import org.jspecify.annotations.NullMarked;
