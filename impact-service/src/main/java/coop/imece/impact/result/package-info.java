/// What the network achieves in public: totals of approved values, with their coverage.
@NullMarked
package coop.imece.impact.result;

import org.jspecify.annotations.NullMarked;
