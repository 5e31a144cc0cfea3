/// Pages for people: shell, forms, formats and assets shared by every service that shows something.
@NullMarked
package coop.imece.platform.page;

import org.jspecify.annotations.NullMarked;
