package coop.imece.launcher;

import java.io.PrintStream;
import java.util.Locale;

/// Told what happens, one line each, with the seconds since the start.
public final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void line(String text) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds(), text);
        out.flush();
    }

    void plain(String text) {
        out.println(text);
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
