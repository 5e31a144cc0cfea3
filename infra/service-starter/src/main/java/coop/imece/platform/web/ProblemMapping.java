package coop.imece.platform.web;

import coop.imece.platform.aggregate.MessageTooLarge;
import coop.imece.platform.aggregate.OutboxFull;
import coop.imece.platform.store.StoreFailures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.messaging.MessagingException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Which problem an exception is. Input is never a defect; a defect says nothing about itself.
final class ProblemMapping {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapping.class);

    private ProblemMapping() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case HttpMessageNotReadableException e -> unreadable(e);
            case MethodArgumentTypeMismatchException e -> Problem.badParameter(e.getName());
            case MissingServletRequestParameterException e -> Problem.badParameter(e.getParameterName());
            case BindException e -> {
                var field = e.getFieldError();
                yield Problem.badParameter(field == null ? e.getObjectName() : field.getField());
            }
            case HttpRequestMethodNotSupportedException e -> {
                var allowed = e.getSupportedHttpMethods();
                Problem problem = Problem.of(405, "method-not-allowed", e.getMethod());
                yield allowed == null
                        ? problem
                        : problem.with(
                                HttpHeaders.ALLOW,
                                allowed.stream().map(Object::toString).sorted().collect(Collectors.joining(", ")));
            }
            case HttpMediaTypeNotSupportedException e ->
                Problem.of(415, "unsupported-media-type")
                        .with(HttpHeaders.ACCEPT, MediaType.toString(e.getSupportedMediaTypes()));
            case MultipartException _ -> Problem.of(400, "malformed");
            // Tomcat takes parameters apart when somebody first asks for one.
            case InvalidParameterException e -> ofStatus(e.getErrorCode());
            case DatabindException e -> Problem.invalid(List.of(refused(e)));
            case MessageTooLarge _ -> Problem.of(413, "too-large");
            case OutboxFull e -> unavailable(e).with("Retry-After", "30");
            case OptimisticLockingFailureException _ -> Problem.of(409, "busy").with("Retry-After", "1");
            case DataAccessException e -> unavailable(e);
            case MessagingException e -> unavailable(e);
            case ErrorResponse e -> ofStatus(e.getStatusCode().value());
            default -> StoreFailures.unavailable(failure) ? unavailable(failure) : defect(failure);
        };
    }

    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(400, "malformed");
            case 401 -> Problem.notSignedIn();
            case 403 -> Problem.notAllowed();
            case 404, 410 -> Problem.notFound();
            case 405 -> Problem.of(405, "method-not-allowed", "");
            case 406 -> Problem.of(406, "not-acceptable");
            case 413 -> Problem.of(413, "too-large");
            case 415 -> Problem.of(415, "unsupported-media-type");
            case 429 -> Problem.of(429, "too-many-requests").with("Retry-After", "10");
            case 503 -> Problem.tryLater();
            default -> status >= 400 && status < 500 ? Problem.of(status, "malformed") : Problem.of(500, "defect");
        };
    }

    private static Problem unavailable(Throwable failure) {
        LOG.warn("Answered 503: {}", failure.getClass().getName());
        LOG.debug("Cause of the 503", failure);
        return Problem.tryLater();
    }

    private static Problem defect(Throwable failure) {
        LOG.error("Defect while handling a request", failure);
        return Problem.of(500, "defect");
    }

    private static Problem unreadable(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem.problem();
            }
            if (cause instanceof StreamReadException || cause instanceof java.io.IOException) {
                return Problem.of(400, "malformed");
            }
            if (cause instanceof DatabindException databind) {
                return Problem.invalid(List.of(refused(databind)));
            }
        }
        return Problem.of(400, "malformed");
    }

    /// What is wrong with a value that is JSON, but not the JSON we take.
    static FieldError refused(DatabindException failure) {
        String pointer = pointer(failure);
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return serverOwned(unknown.getReferringClass(), unknown.getPropertyName())
                    ? FieldError.of(pointer, "read-only")
                    : FieldError.of(pointer, "unknown-field", suggestion(unknown));
        }
        if (failure instanceof InvalidFormatException format
                && format.getTargetType().isEnum()) {
            List<String> known = Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            return FieldError.of(
                    pointer,
                    "unknown-code",
                    String.join(", ", NearestCodes.of(String.valueOf(format.getValue()), known)));
        }
        return FieldError.of(pointer, "wrong-type");
    }

    private static boolean serverOwned(@Nullable Class<?> type, String property) {
        if (type == null) {
            return false;
        }
        ServerOwned owned = AnnotatedElementUtils.findMergedAnnotation(type, ServerOwned.class);
        return owned != null && List.of(owned.value()).contains(property);
    }

    private static String suggestion(UnrecognizedPropertyException unknown) {
        Collection<Object> known =
                Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of());
        return String.join(
                ", ",
                NearestCodes.of(
                        unknown.getPropertyName(),
                        known.stream().map(String::valueOf).toList()));
    }

    private static String pointer(DatabindException failure) {
        List<String> steps = new ArrayList<>();
        for (JacksonException.Reference step : failure.getPath()) {
            String name = step.getPropertyName();
            steps.add(
                    name == null
                            ? String.valueOf(step.getIndex())
                            : name.replace("~", "~0").replace("/", "~1"));
        }
        return steps.isEmpty() ? "#" : "#/" + String.join("/", steps);
    }
}
