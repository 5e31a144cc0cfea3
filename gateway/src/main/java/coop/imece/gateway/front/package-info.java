/// Pages that belong to no service: home, desk, help, explanations of problems.
@NullMarked
package coop.imece.gateway.front;

import org.jspecify.annotations.NullMarked;
