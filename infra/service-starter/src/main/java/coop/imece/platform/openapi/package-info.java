/// The OpenAPI document of a service, made from its controllers when somebody asks for it.
@NullMarked
package coop.imece.platform.openapi;

import org.jspecify.annotations.NullMarked;
