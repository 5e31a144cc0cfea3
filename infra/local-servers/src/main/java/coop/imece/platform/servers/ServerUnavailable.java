package coop.imece.platform.servers;

/// A server that cannot be had on this machine; the message is one line for a person and says what to do.
public final class ServerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerUnavailable(String message) {
        super(message);
    }

    public ServerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
